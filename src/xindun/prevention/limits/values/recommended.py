"""A recommended limit with every formula that led to it.

What a reader would get wrong: a recommendation grants nothing. And a formula that is not
available has no amount and a reason instead; it never counts as zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from xindun.prevention.scoring.values import Stamp, decimal_or_none


@dataclass(frozen=True, slots=True)
class Formula:
    """One way to a limit; ``reason`` says why it is not available."""

    code: str
    available: bool
    amount: Decimal | None
    reason: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LimitRecommendation:
    """``amount`` in ``currency``, by the formula ``binding``; both None when none was available."""

    buyer_id: int
    currency: str
    stamp: Stamp
    amount: Decimal | None
    binding: str | None
    formulas: tuple[Formula, ...]


def formulas_of(rows: Sequence[Sequence[Any]] | None) -> tuple[Formula, ...]:
    """Read formulas from their stored form: a list each, fields in the class's order."""
    return tuple(
        Formula(code, bool(available), decimal_or_none(amount), reason, params or {})
        for code, available, amount, reason, params in rows or ()
    )
