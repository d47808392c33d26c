"""Values that cross the border of this context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final


class Purpose(StrEnum):
    """What a model answers; each purpose has one champion.

    Company grades are made by the champion of DEFAULT_RISK; LISTED also reads the market value
    and serves the commands; LATE_PAYMENT has none until a company trains one.
    """

    DEFAULT_RISK = "default_risk"
    LISTED = "default_risk_listed"
    LATE_PAYMENT = "late_payment"


SHIPPED: Final[Mapping[str, Purpose]] = {
    "shipped-private": Purpose.DEFAULT_RISK,
    "shipped-listed": Purpose.LISTED,
}
"""References of the models that come with the package."""


class ModelRole(StrEnum):
    """Where a version stands."""

    CHAMPION = "champion"
    CHALLENGER = "challenger"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class CheckedModel:
    """What is read from a model's file.

    Attributes:
        digest: names the content; equal models have equal digests.
        card: everything that a reader may want, without the numbers that make the model.
    """

    name: str
    version: str
    digest: str
    card: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A version as the registry lists it.

    Attributes:
        reference: its public id, or one of SHIPPED.
        file_sha256: of the bytes in the company's files; empty for a shipped model.
        since: when it got its role; None for a shipped model that was never replaced.
        report: its newest validation; None when it has none. A shipped model's is in its card.
    """

    reference: str
    purpose: Purpose
    name: str
    version: str
    digest: str
    file_sha256: str
    card: Mapping[str, Any]
    role: ModelRole
    since: datetime | None
    report: Mapping[str, Any] | None = None
    reported_at: datetime | None = None

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with the package."""
        return self.reference in SHIPPED


class DriftVerdict(StrEnum):
    """What a month's drift asks for; TOO_FEW where chance alone would reach the first bound."""

    QUIET = "quiet"
    WATCH = "watch"
    ACT = "act"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class DriftFigure:
    """One input's, or the score's, movement: a PSI and what chance alone gives."""

    name: str
    psi: float
    noise: float
    verdict: DriftVerdict


@dataclass(frozen=True, slots=True)
class DriftMonth:
    """The champion's drift in a month, against the rows that it learnt from.

    Attributes:
        month: its first day.
        as_of: the day whose rows were looked at.
        verdict: the worst of the figures; TOO_FEW as well when there were no rows at all.
    """

    purpose: Purpose
    month: date
    as_of: date
    digest: str
    version: str
    rows: int
    verdict: DriftVerdict
    figures: tuple[DriftFigure, ...]
