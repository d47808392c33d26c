"""Risk of a country and of a sector as values that cross the border of this context.

What a reader would get wrong: ``label`` is what the public sources give and ``in_force`` what
counts for this company, which may be its own override. None is "not known", never "medium".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class RiskLabel(StrEnum):
    """How risky, in four steps."""

    LOW = "low"
    MEDIUM = "medium"
    SENSITIVE = "sensitive"
    HIGH = "high"


class RiskKind(StrEnum):
    """What is labelled."""

    COUNTRY = "country"
    SECTOR = "sector"


class Pillar(StrEnum):
    """What a sector's label looks at."""

    DEMAND = "demand"
    PROFITABILITY = "profitability"
    LIQUIDITY = "liquidity"
    BUSINESS_ENVIRONMENT = "business_environment"


@dataclass(frozen=True, slots=True)
class RiskOverride:
    """A company's own label.

    Attributes:
        starts_on: its first day.
        expires_on: the first day on which it no longer counts.
    """

    kind: RiskKind
    code: str
    label: RiskLabel
    reason: str
    starts_on: date
    expires_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CountryRisk:
    """One country's slot.

    Attributes:
        country: ISO 3166-1 alpha-2.
        oecd_class: "0" to "7", "HIC", "NC", or None where the OECD's list does not name it.
        transfer: label of the first part, by the class; None where there is no class 0 to 7.
        governance_mean: mean of four World Bank estimates, −2.5 to 2.5, higher is better.
        governance: label of the second part.
        label: the worse of the two parts that are known; None where neither is.
        wgi_year: the year that the four estimates describe.
    """

    country: str
    oecd_class: str | None
    oecd_previous: str | None
    oecd_note: str
    oecd_as_of: date | None
    oecd_source: str
    transfer: RiskLabel | None
    governance_mean: Decimal | None
    governance: RiskLabel | None
    wgi_year: int | None
    wgi_source: str
    label: RiskLabel | None
    override: RiskOverride | None = None

    @property
    def in_force(self) -> RiskLabel | None:
        """The label that counts for this company."""
        return self.override.label if self.override else self.label


@dataclass(frozen=True, slots=True)
class Observation:
    """How often firms of a sector failed in one country and period.

    Attributes:
        relative: to all sectors of the same source; 1 is as often.
        covers: the part of the sector that the source counted.
    """

    country: str
    period: str
    relative: Decimal
    covers: str
    publisher: str
    source: str


@dataclass(frozen=True, slots=True)
class SectorRisk:
    """One sector's slot.

    Attributes:
        sector: section letter of NACE Rev. 2 (the same as ISIC Rev. 4).
        gbt: section letter of GB/T 4754-2017 that holds most of it; None without one.
        pillars: label of each pillar; None where no source is at hand.
        relative: mean insolvency frequency relative to all sectors, behind the business
            environment's label.
        label: the worst of the known pillars; None where none is.
    """

    sector: str
    gbt: str | None
    name_en: str
    name_zh: str
    pillars: Mapping[Pillar, RiskLabel | None]
    relative: Decimal | None
    observations: tuple[Observation, ...]
    label: RiskLabel | None
    override: RiskOverride | None = None

    @property
    def in_force(self) -> RiskLabel | None:
        """The label that counts for this company."""
        return self.override.label if self.override else self.label

    @property
    def known_pillars(self) -> int:
        """How many of the four pillars have a source."""
        return sum(label is not None for label in self.pillars.values())
