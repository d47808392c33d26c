"""A score as it was given: grade, health score, reasons and what would change it.

What a reader would get wrong: grade and health score point in opposite directions (grade 1 is
best, score 100 is best), which is why every score carries its scale. And a sentence is never
stored: reasons are codes with parameters, which the edges put into the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """What a grade means: its range, its direction, and how far ahead it looks."""

    scale_id: str
    direction: str
    horizon_days: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One additive contribution: Σ points over a score's reasons = its health score exactly."""

    code: str
    points: Decimal
    max_points: Decimal
    value: Decimal | None = None
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """One change of behaviour, alone, and the grade it would reach."""

    code: str
    factor: str
    from_value: Decimal | None
    to_value: Decimal | None
    gain_points: Decimal
    reaches_grade: int | None
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Under what a decision was made: the two time axes, the ledger, the model and the run."""

    as_of: date
    known_at: datetime
    ledger_version: int
    model_version: str
    run_id: UUID


@dataclass(frozen=True, slots=True)
class Score:
    """One account's score. ``grade`` is None exactly when ``not_rated_reason`` says why."""

    buyer_id: int
    currency: str
    stamp: Stamp
    scale: Scale
    grade: int | None
    not_rated_reason: str | None
    health_score: Decimal | None
    payment_index: Decimal | None
    confidence: str | None
    reasons: tuple[Reason, ...]
    counterfactuals: tuple[Counterfactual, ...]


def reasons_of(rows: Sequence[Sequence[Any]] | None) -> tuple[Reason, ...]:
    """Read reasons from their stored form: a list a reason, fields in the class's order."""
    return tuple(
        Reason(code, Decimal(points), Decimal(max_points), decimal_or_none(value), params or {})
        for code, points, max_points, value, params in rows or ()
    )


def counterfactuals_of(rows: Sequence[Sequence[Any]] | None) -> tuple[Counterfactual, ...]:
    """Read counterfactuals from their stored form (see :func:`reasons_of`)."""
    return tuple(
        Counterfactual(
            code,
            factor,
            decimal_or_none(from_value),
            decimal_or_none(to_value),
            Decimal(gain),
            grade,
            params or {},
        )
        for code, factor, from_value, to_value, gain, grade, params in rows or ()
    )


def decimal_or_none(text: str | None) -> Decimal | None:
    """Numbers are stored as strings, so that no reader turns them into floats."""
    return None if text is None else Decimal(text)
