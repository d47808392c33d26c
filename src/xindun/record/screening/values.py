"""Values that cross the border of this context: lists, entries, screenings, hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class ListCode(StrEnum):
    """Which list: four publishers' and the company's own."""

    OFAC = "ofac"
    UN = "un"
    EU = "eu"
    UK = "uk"
    WATCH = "watch"


PUBLIC_LISTS = (ListCode.OFAC, ListCode.UN, ListCode.EU, ListCode.UK)


class EntryKind(StrEnum):
    """What an entry is, as its publisher says."""

    PERSON = "person"
    COMPANY = "company"
    VESSEL = "vessel"
    UNKNOWN = "unknown"


class NameQuality(StrEnum):
    """How far a publisher trusts a name; a weak alias is one it calls low quality."""

    MAIN = "main"
    ALIAS = "alias"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class EntryName:
    """One name of an entry, in any script."""

    text: str
    quality: NameQuality = NameQuality.MAIN


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its publisher states it.

    Attributes:
        key: the publisher's own number, the same from version to version.
        countries: ISO 3166-1 alpha-2 of nationality, registration and addresses.
        days: of birth or registration; ISO, cut where less is known (``1952``, ``1952-10``).
        identifiers: passport, tax, register and bank numbers as written.
        programmes: under which measures it is listed.
    """

    key: str
    kind: EntryKind
    names: tuple[EntryName, ...]
    countries: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A list file that was read whole.

    Attributes:
        published_on: by the publisher; None where the file does not say.
        sha256: of the file, or of its parts in order, in hex.
    """

    code: ListCode
    published_on: date | None
    sha256: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ListVersion:
    """A version of a list as it was loaded."""

    id: int
    code: ListCode
    published_on: date | None
    sha256: str
    entries: int
    added: int
    changed: int
    removed: int
    loaded_at: datetime


class Occasion(StrEnum):
    """Why a party was screened."""

    ONBOARDING = "onboarding"
    ORDER = "order"
    RECEIPT = "receipt"
    LIST_CHANGE = "list_change"
    REVIEW = "review"


class Role(StrEnum):
    """What was compared: the party itself, somebody behind it, or a bank it pays through."""

    PARTY = "party"
    OWNER = "owner"
    OFFICER = "officer"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to compare with the lists.

    Attributes:
        names: every name that is known, each in any script.
        kind: UNKNOWN compares with every kind of entry alike.
        day: of birth or registration, ISO, possibly cut.
    """

    role: Role
    names: tuple[str, ...]
    kind: EntryKind = EntryKind.UNKNOWN
    country: str | None = None
    day: str | None = None
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How alike is a hit; points of 100 that each field adds or takes away.

    The defaults are documented in docs/reference/screening.md; a company may change them.

    Attributes:
        hit: at least so many points are a hit.
        valid_days: a screening older than this no longer counts.
    """

    hit: int = 85
    country_agrees: int = 3
    country_differs: int = -7
    day_agrees: int = 5
    day_differs: int = -20
    kind_differs: int = -10
    weak_alias: int = -8
    valid_days: int = 90


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of the explanation.

    Attributes:
        field: name, country, day, identifier, kind or alias.
        ours: what the party's file says.
        theirs: what the list says.
        points: what it adds; of the name, the points to begin with.
    """

    field: str
    ours: str
    theirs: str
    points: int


@dataclass(frozen=True, slots=True)
class Match:
    """How alike a subject and an entry are; ``points`` is the sum of the fields', 0 to 100."""

    points: int
    fields: tuple[Compared, ...]


class HitState(StrEnum):
    """Where a hit stands.

    SUPERSEDED is computed, never stored: the entry was changed or removed, or the party is no
    longer like it. Confirmed hits are not superseded, they end by two people only.
    """

    OPEN = "open"
    CLEARED = "cleared"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a screening found, with the entry as it was then.

    Attributes:
        party_id: row id of the party; ``party`` is its public id.
        reason: of the decision that counts.
    """

    public_id: UUID
    party_id: int
    party: UUID
    party_name: str
    role: Role
    subject: str
    list: ListCode
    entry: Entry
    points: int
    fields: tuple[Compared, ...]
    state: HitState
    found_at: datetime
    occasion: Occasion
    decided_by: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class HitsPage:
    """One page of hits."""

    rows: tuple[Hit, ...]
    total: int
    page: int
    pages: int


class StandingState(StrEnum):
    """What may be said of a party; the worst that is true."""

    CONFIRMED = "confirmed"
    OPEN = "open"
    NOT_SCREENED = "not_screened"
    OUTDATED = "outdated"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a party stands with the lists.

    Attributes:
        screened_at: of the last screening of this party; None if there was none.
        covered_at: when it was last known to be compared with the newest lists, by its own
            screening or by one of what had changed.
        behind: lists whose newest version it was not compared with.
        due: whether it should be screened (again), whatever was found.
    """

    state: StandingState
    screened_at: datetime | None = None
    covered_at: datetime | None = None
    behind: tuple[ListCode, ...] = ()
    due: bool = True
    open_hits: int = 0
    confirmed_hits: int = 0


@dataclass(frozen=True, slots=True)
class Screened:
    """What one screening came to.

    Attributes:
        versions: list → id of the version that was used.
        new_hits: hits that nobody had seen before.
    """

    parties: int
    subjects: int
    versions: Mapping[str, Any]
    new_hits: int
    open_hits: int
