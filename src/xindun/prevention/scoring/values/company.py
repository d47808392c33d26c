"""A company grade as it was given, what it was made from, and what people decided about it.

What a reader would get wrong: ``grade`` is the model's. ``override`` is a person's, and what counts
is :attr:`CompanyGrade.in_force`; the model's grade stays beside it, so that both can be judged by
what happened later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from xindun.prevention.scoring.values.payment import Scale


@dataclass(frozen=True, slots=True)
class CompanyReason:
    """One additive part; Σ log-odds over the reasons is the grade's log-odds exactly."""

    code: str
    dimension: str
    log_odds: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """One input as it is and as it would have to be."""

    code: str
    from_value: float | bool
    to_value: float | bool


@dataclass(frozen=True, slots=True)
class Lift:
    """Changes that together reach a better grade."""

    changes: tuple[Change, ...]
    reaches_grade: int


@dataclass(frozen=True, slots=True)
class GradeInputs:
    """What a grade is made from.

    Attributes:
        columns: the expression's inputs by name; left out is not known.
        sources: where each came from, for readers; it decides nothing.
    """

    columns: Mapping[str, Any]
    sources: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GradeOverride:
    """A grade that people put over the model's.

    Attributes:
        expires_on: the first day on which it no longer counts.
        model_grade: the model's when it was set.
    """

    public_id: UUID
    buyer_id: int
    grade: int
    model_grade: int | None
    reason: str
    starts_on: date
    expires_on: date
    proposed_by: str
    approved_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CompanyGrade:
    """One buyer's grade; ``grade`` is None exactly when ``not_rated_reason`` says why.

    Attributes:
        log_odds: of failure within the scale's horizon; the sum of the reasons.
        pd_12m, pd_low, pd_high: probability and interval (80 %, stated by policy).
        pd_180d: derived from ``pd_12m`` by a constant hazard, not estimated.
        calibrated: whether the model was fitted where the buyer is; else it raises no limit.
        dimensions: the probability by each dimension alone; None where it is missing.
        method: hash of model and policy, under which the stored method is found.
    """

    public_id: UUID
    buyer_id: int
    as_of: date
    known_at: datetime
    scale: Scale
    model_version: str
    policy_version: str
    method: str
    grade: int | None
    not_rated_reason: str | None
    log_odds: Decimal
    pd_12m: Decimal | None
    pd_low: Decimal | None
    pd_high: Decimal | None
    pd_180d: Decimal | None
    health_score: Decimal | None
    confidence: str | None
    calibrated: bool
    cap: str | None
    country: str | None
    sector: str | None
    dimensions: Mapping[str, Decimal | None]
    reasons: tuple[CompanyReason, ...]
    lifts: tuple[Lift, ...]
    inputs: GradeInputs
    input_hash: str
    output_hash: str
    trigger: str
    override: GradeOverride | None = None

    @property
    def in_force(self) -> int | None:
        """The grade that counts."""
        return self.override.grade if self.override else self.grade


class Outcome(StrEnum):
    """What became of a buyer after its grade was overridden."""

    FAILED = "failed"
    LATE = "late"
    FINE = "fine"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class OverrideOutcome:
    """An override and what became of the buyer since."""

    override: GradeOverride
    buyer_name: str
    buyer_public_id: UUID
    outcome: Outcome
    payment_before: Decimal | None
    payment_since: Decimal | None


@dataclass(frozen=True, slots=True)
class Peers:
    """The buyer among the company's graded buyers of its sector and country.

    Attributes:
        n: how many, the buyer included; the figures are None below five.
        better: how many of them have a lower probability.
        counts: companies in each grade 1 to 10.
    """

    country: str | None
    sector: str | None
    n: int
    median_pd: Decimal | None
    better: int | None
    counts: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Regraded:
    """What a run of grades did."""

    looked_at: int
    graded: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """A stored grade computed again from its stored inputs."""

    public_id: UUID
    same: bool
    recorded_hash: str
    computed_hash: str
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReplayedBlock:
    """The grades of one record of evidence, computed again.

    Attributes:
        root: the Merkle root over the hashes of what came out now.
        differing: the first grades that are not stored as they come out.
    """

    grades: int
    root: str
    differing: tuple[UUID, ...]
