"""Limits and sales orders for some buyers of the sample ledger, and the policy they meet.

What a reader would get wrong: the sample ledger ends on a day that is long past, so on any day that
somebody looks, what is open in it is long overdue. The demo's policy only warns about lateness and
about the checklist; a real one should not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from xindun.prevention.credit_policy.values import CheckRule, CreditPolicy, Reaction, RuleCode

WARNED_ONLY: Final = frozenset(
    {
        RuleCode.OLDEST_OPEN_ITEM,
        RuleCode.OVERDUE_SHARE,
        RuleCode.KYB_MISSING,
        RuleCode.STATIC_LIMIT,
    }
)


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """One order as a share of the room that the buyer's limit leaves.

    Attributes:
        days: until it is delivered.
        delivered: share of the order that has left the house.
        prepaid: the whole order, with cleared cash.
        let_through: share that the demo's first person releases on a condition, if it is held.
    """

    number: str
    share: Decimal
    days: int
    terms_days: int | None = None
    delivered: Decimal = Decimal(0)
    prepaid: bool = False
    let_through: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SampleLimit:
    """A limit as what the buyer owes, rounded up to ``step``, and ``room`` more; its orders."""

    buyer_key: str
    currency: str
    room: Decimal
    step: Decimal
    orders: tuple[SampleOrder, ...]


def _order(number: str, share: str, days: int, **more: object) -> SampleOrder:
    return SampleOrder(number, Decimal(share), days, **more)  # type: ignore[arg-type]


LIMITS: Final = (
    SampleLimit(
        "C000065", "EUR", Decimal(60_000), Decimal(5_000),
        (
            _order("SO-1001", "0.45", 7, delivered=Decimal("0.5")),
            _order("SO-1002", "0.35", 20),
            _order("SO-1003", "0.4", 12),
            _order("SO-1004", "0.05", 25, terms_days=90),
            _order("SO-1005", "0.15", 90),
        ),
    ),
    SampleLimit(
        "C000094", "EUR", Decimal(20_000), Decimal(5_000),
        (
            _order("SO-1011", "0.3", 14),
            _order("SO-1012", "0.25", 5, prepaid=True),
            _order("SO-1013", "0.9", 10, let_through=Decimal("0.8")),
        ),
    ),
    SampleLimit(
        "C000021", "CNY", Decimal(400_000), Decimal(50_000),
        (_order("SO-1021", "0.3", 14),),
    ),
)  # fmt: skip
"""Limits that the demo's people grant, and the orders that its ERP asks about, in this order."""


def demo_policy(before: CreditPolicy) -> CreditPolicy:
    """The policy in force, with what the sample ledger's age makes pointless turned to warnings."""
    segments = tuple(
        replace(segment, rules=tuple(_warned(segment.rules))) for segment in before.segments
    )
    return replace(before, segments=segments)


def _warned(rules: tuple[CheckRule, ...]) -> Iterator[CheckRule]:
    """The rules, those of ``WARNED_ONLY`` once and as a warning."""
    seen: set[RuleCode] = set()
    for rule in rules:
        if rule.code not in WARNED_ONLY:
            yield rule
        elif rule.code not in seen:
            seen.add(rule.code)
            yield replace(rule, reaction=Reaction.WARN)
