"""What the exposure context tells others.

What a reader would get wrong: a balance knows no date. It holds what is recorded by now, also an
invoice dated next week; the figures as of a day come from the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xindun.record.parties.values import BuyerValue, Group, GroupMember

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


@dataclass(frozen=True, slots=True)
class CompanyExposure:
    """A company of a group, the buyers that it is, and what it owes, a pair a currency.

    Attributes:
        owed: currency and net receivables with unbilled deliveries; below zero where it has paid
            more than it owes.
    """

    member: GroupMember
    buyers: tuple[BuyerValue, ...]
    owed: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class GroupExposure:
    """What a group owes: a line a company, and a sum a currency that never mixes two.

    Attributes:
        totals: currency and sum; what one company has paid too much is not set against what
            another one owes, because they are two debtors.
    """

    group: Group
    companies: tuple[CompanyExposure, ...]
    totals: tuple[tuple[str, Decimal], ...]


COMMITTED = ("ordered", "delivered", "billed", "prepaid")
"""What orders commit the company to: not delivered yet, delivered without an invoice, invoiced
without the invoice in the ledger (these three less what was prepaid), and the prepaid cash."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What the orders of one buyer stand for, in one currency, for delivery on one day."""

    buyer_id: int
    currency: str
    due_on: date
    ordered: Decimal = Decimal(0)
    delivered: Decimal = Decimal(0)
    billed: Decimal = Decimal(0)
    prepaid: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Owed:
    """What some buyers owe by the ledger, and what their orders commit."""

    balances: tuple[Balance, ...]
    commitments: tuple[Committed, ...]
