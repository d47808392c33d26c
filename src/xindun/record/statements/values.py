"""What the statements context takes in and tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from xindun.engine.figures import BALANCES, FLOWS, LINES, Figures

__all__ = [
    "BALANCES",
    "FLOWS",
    "LINES",
    "UNITS",
    "AuditOpinion",
    "Balance",
    "Figures",
    "NewStatement",
    "Scope",
    "SourceLine",
    "Standard",
    "Statement",
]

UNITS = (1, 1_000, 10_000, 1_000_000, 100_000_000)
"""What a sheet may be written in: 元, 千元, 万元, 百万元, 亿元."""


class Standard(StrEnum):
    """Under which rules the accounts were drawn up."""

    CAS = "cas"
    IFRS = "ifrs"
    US_GAAP = "us_gaap"
    OTHER = "other"


class Scope(StrEnum):
    """Whose figures: the company's with its subsidiaries', or its own alone."""

    CONSOLIDATED = "consolidated"
    SINGLE = "single"


class AuditOpinion(StrEnum):
    """What the auditor said; ``NONE_STATED`` is not the same as ``UNAUDITED``."""

    UNQUALIFIED = "unqualified"
    QUALIFIED = "qualified"
    ADVERSE = "adverse"
    DISCLAIMER = "disclaimer"
    UNAUDITED = "unaudited"
    NONE_STATED = "none_stated"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line as its sheet names it, and which of ours it became; None: none of ours.

    Attributes:
        amount: in whole currency units, like the figures.
    """

    name: str
    amount: Decimal
    line: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatement:
    """A statement to record.

    Attributes:
        starts_on, ends_on: the period, both days inside it.
        unit: what the sheet was written in, one of UNITS. ``figures`` are whole units already;
            the unit says how far a sum may be off for rounding, and is kept.
        source: who published it or where it was got from.
        source_lines: every line of the sheet, those that nothing became included.
        document_sha256: hash in hex of the stored file.
        filed_on: the day it was published or filed.
        usd_rate: US dollars for one unit of the currency on the last day, if known.
    """

    starts_on: date
    ends_on: date
    standard: Standard
    currency: str
    unit: int
    scope: Scope
    audit_opinion: AuditOpinion
    figures: Figures
    source: str
    source_lines: tuple[SourceLine, ...] = ()
    document_sha256: str | None = None
    filed_on: date | None = None
    usd_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """Two sums that ought to be equal, or the first of them not above the second.

    Attributes:
        code: names the identity.
        tolerance: how far rounding to the sheet's last digit can put them apart.
    """

    code: str
    left: Decimal
    right: Decimal
    tolerance: Decimal
    holds: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A recorded statement.

    Attributes:
        version: 1 for the first of its series; a restatement counts on.
        months: that the flows cover.
        figures: with what followed from the stated lines filled in; see ``derived``.
        derived: names of the lines that were worked out, not stated.
        recorded_at: when it was learned.
    """

    id: int
    public_id: UUID
    party_id: int
    version: int
    starts_on: date
    ends_on: date
    months: int
    standard: Standard
    currency: str
    unit: int
    scope: Scope
    audit_opinion: AuditOpinion
    figures: Figures
    derived: tuple[str, ...]
    source: str
    source_lines: tuple[SourceLine, ...]
    document_sha256: str | None
    filed_on: date | None
    usd_rate: Decimal | None
    recorded_at: datetime
