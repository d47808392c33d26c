"""Values that cross the border of this context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class FactField(StrEnum):
    """What a company states about itself."""

    LEGAL_NAME = "legal_name"
    LEGAL_FORM = "legal_form"
    REGISTERED_ADDRESS = "registered_address"
    USCC = "uscc"
    LEI = "lei"
    VAT = "vat"
    REGISTER_NUMBER = "register_number"
    FOUNDED_ON = "founded_on"
    ACTIVITY = "activity"
    WEBSITE = "website"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement.

    Attributes:
        source: where it can be looked up, such as an extract of the register.
        stated_on: the day of that source.
    """

    field: FactField
    value: str
    source: str
    stated_on: date
    recorded_at: datetime


class CheckState(StrEnum):
    """What the self-check says of a line."""

    GOOD = "good"
    MISSING = "missing"
    WRONG = "wrong"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One field in the self-check; the fact is None where nothing is stated."""

    field: FactField
    state: CheckState
    fact: Fact | None = None


class CorrectionState(StrEnum):
    """Where a request stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Correction:
    """A request to correct data that somebody else holds.

    Attributes:
        holder: at whom.
        wrong: what is wrong, and what is right.
        evidence_name: the name of the document that was attached.
        evidence_hash: its SHA-256 in hex; the document itself stays with the company.
    """

    public_id: UUID
    holder: str
    wrong: str
    asked_on: date
    evidence_name: str
    evidence_hash: str
    state: CorrectionState
    answer: str
    answered_on: date | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """One page of the log."""

    rows: tuple[Correction, ...]
    total: int
    page: int
    pages: int
