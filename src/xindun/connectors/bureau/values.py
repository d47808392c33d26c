"""What a report says, before anybody records it, and what is asked of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class ReportFormat(StrEnum):
    """A format of files that reports come in."""

    GLEIF_LEVEL_1 = "gleif_level_1"
    GLEIF_LEVEL_2 = "gleif_level_2"
    GLEIF_API = "gleif_api"
    COMPANIES_HOUSE = "companies_house"
    SEC_COMPANY_FACTS = "sec_company_facts"
    GENERIC_JSON = "generic_json"
    GENERIC_CSV = "generic_csv"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a report is about, by the report itself.

    Attributes:
        country: ISO 3166-1 alpha-2, empty where the report does not say.
        identifiers: scheme → number, such as ``lei``.
    """

    name: str
    country: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """One fact as the source states it.

    Attributes:
        kind: of the company file's catalogue.
        value: plain JSON in the shape that the kind asks for.
        key: which of several facts of the kind it is, the same in the next report of the source.
    """

    kind: str
    value: Any
    as_of: date
    key: str = ""


@dataclass(frozen=True, slots=True)
class ReportedStatement:
    """One year's statement as it was filed.

    Attributes:
        lines: names of ``engine.figures`` → amount in whole units of ``currency``.
        tags: the same names → what of the source the amount was worked out from.
        filed_on: when it became public, and so could be known.
        restates: whether it says something else than an earlier filing about the same year.
    """

    starts_on: date
    ends_on: date
    standard: str
    currency: str
    filed_on: date
    key: str
    lines: Mapping[str, Decimal]
    tags: Mapping[str, str]
    restates: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader of the report should know; ``code`` is stable."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """What one source says of one company, normalised.

    Attributes:
        sha256: of the bytes it came from.
        as_of: the day that the report as a whole stands for; its age counts from here.
    """

    source: str
    format: ReportFormat
    subject: Subject
    facts: tuple[ReportedFact, ...]
    statements: tuple[ReportedStatement, ...]
    sha256: str
    as_of: date
    notices: tuple[Notice, ...] = ()


class Verdict(StrEnum):
    """What the waterfall does about one source."""

    ASK = "ask"
    NOTHING_LACKING = "nothing_lacking"
    NOT_COVERED = "not_covered"
    TOO_YOUNG = "too_young"
    NO_KEY = "no_key"
    OVER_BUDGET = "over_budget"
    ASKED = "asked"


class Lack(StrEnum):
    """Why a fact is wanted."""

    MISSING = "missing"
    STALE = "stale"


class PurchaseState(StrEnum):
    """What became of an order; only ``FAILED`` costs nothing."""

    ORDERED = "ordered"
    TOLD = "told"
    UNKNOWN_THERE = "unknown_there"
    FAILED = "failed"


class EnquiryState(StrEnum):
    """Where an enquiry stands; ``WAITING`` is a file that somebody has to look at."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Terms:
    """A company's rules for buying reports.

    Attributes:
        order: country → codes of sources, the first asked first; ``*`` for any other country.
        wanted: kinds of facts that a file should hold.
        stale_days: after how many days without a look a fact counts as stale.
        young_days: a report younger than this is not bought again.
        prices: code → what one report costs, in ``currency``; nothing means free.
        budget: most that may be spent in a calendar month; None for no bound.
    """

    order: Mapping[str, tuple[str, ...]]
    wanted: tuple[str, ...]
    stale_days: int
    young_days: int
    prices: Mapping[str, Decimal]
    budget: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What one source could do for one company right now.

    Attributes:
        last_on: when it was last asked about this company with success, None for never.
    """

    code: str
    title: str
    provides: frozenset[str]
    covers: bool
    has_key: bool
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One source in the waterfall, what is done about it, and why.

    Attributes:
        lacking: kinds that it is asked for, each missing or stale.
    """

    code: str
    title: str
    verdict: Verdict
    lacking: Mapping[str, Lack]
    price: Decimal
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report: how much was recorded, and what was refused with its reason.

    Attributes:
        unplaced: kinds that the company file has no place for.
        refused: (what, code, params) of each refusal.
    """

    facts: int = 0
    statements: int = 0
    unplaced: tuple[str, ...] = ()
    refused: tuple[tuple[str, str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class EnquiryValue:
    """An enquiry as it stands.

    Attributes:
        file_name: of a report file; empty for a run of the waterfall.
        report: what waits to be looked at, else None.
        error: code, params and English sentence of the refusal that ended it.
    """

    id: int
    public_id: UUID
    party_id: int
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    state: EnquiryState
    identifiers: Mapping[str, str]
    file_name: str
    file_sha256: str
    report: Report | None
    outcome: Outcome | None
    error: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class PurchaseValue:
    """One order and what became of it."""

    public_id: UUID
    source: str
    title: str
    state: PurchaseState
    price: Decimal
    currency: str
    lacking: Mapping[str, Lack]
    ordered_by: str
    ordered_at: datetime
    settled_at: datetime | None
    facts: int
    statements: int
    error: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class PurchasesPage:
    """One page of purchases; ``sort`` is the order that was applied."""

    rows: tuple[PurchaseValue, ...]
    total: int
    page: int
    pages: int
    sort: str
