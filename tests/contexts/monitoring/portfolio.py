"""A small ledger with one buyer of each sort, and shorthands to review it.

What a reader would get wrong: days count from the importer's clock, which starts on 1 June 2025
and moves one day a file; runs are made in the evening of the day they review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from tests.contexts.receivables.ledgers import Doc, Importer, Paid
from xindun.control.monitoring import actions, reads
from xindun.control.monitoring.values import Run, Trigger
from xindun.kit.tenancy import tenant_scope

ACTOR = "system:test"
DAY = date(2025, 6, 30)
EVENING = datetime.combine(DAY, time(18), tzinfo=UTC)


def monthly(
    key: str, name: str, *, late: int = 0, months: int = 12, amount: str = "1000.00", **more: Any
) -> list[Doc]:
    """One invoice a month in 2024/25, due after 30 days, paid ``late`` days after that.

    What would be paid after the day of review is not paid yet.
    """
    docs = []
    for n in range(months):
        issued = date(2024 + (5 + n) // 12, (5 + n) % 12 + 1, 3)
        due = date.fromordinal(issued.toordinal() + 30)
        paid_on = date.fromordinal(due.toordinal() + late)
        paid = (Paid(amount, paid_on.isoformat()),) if paid_on < DAY else ()
        docs.append(
            Doc(
                f"{key}-{n:02}",
                amount,
                buyer=key,
                name=name,
                issued=issued.isoformat(),
                due=due.isoformat(),
                paid=paid,
                **more,
            )
        )
    return docs


def small_ledger() -> list[Doc]:
    """A good payer, a slow one, a new one, one with two currencies and one in Chinese."""
    return [
        *monthly("GOOD", "Prompt Ltd", late=-2),
        *monthly("SLOW", "Tardy GmbH", late=75, amount="4000.00"),
        Doc(
            "NEW-1",
            "500.00",
            buyer="NEW",
            name="Newcomer SA",
            issued="2025-06-20",
            due="2025-07-20",
        ),
        *monthly("TWO", "Zwei AG", late=10),
        Doc(
            "TWO-USD",
            "700.00",
            buyer="TWO",
            name="Zwei AG",
            currency="USD",
            issued="2025-03-01",
            due="2025-03-31",
        ),
        *monthly("HAN", "北京华信贸易有限公司", late=40),
    ]


@dataclass
class Console:
    """One tenant's ledger and portfolio."""

    importer: Importer

    @property
    def tenant_id(self) -> int:
        return self.importer.tenant_id

    def take(self, *docs: Doc) -> None:
        """Import a file with ``docs``."""
        self.importer.take(*docs)

    def run(self, **more: Any) -> Run:
        """Review the portfolio in the evening of 30 June 2025 unless told otherwise."""
        asked = {"now": EVENING, "actor": ACTOR, "trigger": Trigger.MANUAL, **more}
        return actions.run_portfolio(self.tenant_id, **asked)

    def ask(self, name: str, *args: Any, **more: Any) -> Any:
        """Call one of the reads in the tenant's scope."""
        with tenant_scope(self.tenant_id):
            found = getattr(reads, name)(*args, **more)
            return list(found) if name == "iter_buyers" else found
