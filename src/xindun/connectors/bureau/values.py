"""What a report says, before anybody records it, and what is asked of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


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
