"""What the exposure context tells others.

What a reader would get wrong: a balance knows no date. It holds what is recorded by now, also an
invoice dated next week; the figures as of a day come from the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

COMPONENTS = ("receivables", "credits", "unapplied", "unbilled", "bills")
"""Open invoices and retention, open credit notes, unused receipts, deliveries not yet invoiced,
and (a part of the receivables, not beside them) what live bills cover."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What one buyer owes in one currency; ``net`` = receivables − credits − unapplied."""

    buyer_id: int
    currency: str
    receivables: Decimal
    credits: Decimal
    unapplied: Decimal
    unbilled: Decimal
    bills: Decimal

    @property
    def net(self) -> Decimal:
        """Receivables less credits and unapplied cash."""
        return self.receivables - self.credits - self.unapplied
