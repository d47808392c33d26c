"""Values that cross the border of this context."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from xindun.record.screening.values import StandingState


class Item(StrEnum):
    """One thing to have on file, in the order in which people get them."""

    IDENTITY = "identity"
    IDENTIFIER = "identifier"
    REGISTRATION = "registration"
    OWNERS = "owners"
    ADDRESS = "address"
    BANK = "bank"
    STATEMENT = "statement"
    SCREENING = "screening"
    CONTRACT = "contract"


PROVABLE = (
    *(Item.IDENTIFIER, Item.REGISTRATION, Item.OWNERS, Item.ADDRESS, Item.BANK),
    *(Item.STATEMENT, Item.CONTRACT),
)
"""Items for which somebody may give their word, with a day and a reference."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """When an item is needed, and how old it may be.

    Attributes:
        max_age_days: None for any age.
        above: needed above this amount only, in the company's base currency; None for always.
        countries: ISO 3166-1 codes for which it is needed; empty for all.
    """

    item: Item
    max_age_days: int | None = None
    above: Decimal | None = None
    countries: tuple[str, ...] = ()


DEFAULT = (
    Requirement(Item.IDENTITY),
    Requirement(Item.IDENTIFIER),
    Requirement(Item.REGISTRATION, max_age_days=365),
    Requirement(Item.OWNERS, max_age_days=730),
    Requirement(Item.ADDRESS),
    Requirement(Item.BANK, above=Decimal(10_000)),
    Requirement(Item.STATEMENT, max_age_days=540, above=Decimal(50_000)),
    Requirement(Item.SCREENING, max_age_days=90),
    Requirement(Item.CONTRACT),
)
"""The checklist of a company that has not set its own; see docs/reference/onboarding.md."""


@dataclass(frozen=True, slots=True)
class ChecklistVersion:
    """A checklist with its number; 0 is the documented default."""

    number: int
    requirements: tuple[Requirement, ...]
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody's word that an item is on file.

    Attributes:
        dated_on: the day of the document or of what it says.
        reference: where it can be looked up.
        document_sha256: of the document, in hex; empty where there is none.
    """

    item: Item
    dated_on: date
    reference: str
    document_sha256: str = ""
    noted_by: str = ""
    noted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A buyer may pass without an item through the last day."""

    public_id: UUID
    item: Item
    reason: str
    last_on: date
    proposed_by: str
    granted_by: str = ""
    granted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OnFile:
    """All that is known of a buyer for its checklist.

    Attributes:
        identified: whether it is known which legal entity the buyer is.
        known: item → the newest day for which it is on file, with its source.
        standing: with the sanctions lists.
        screened_on: when it was last known to be compared with the newest ones.
    """

    identified: bool
    country: str | None
    known: Mapping[Item, tuple[date, str]] = field(default_factory=dict)
    standing: StandingState = StandingState.NOT_SCREENED
    screened_on: date | None = None
    waivers: tuple[Waiver, ...] = ()


class LineState(StrEnum):
    """How an item stands."""

    DONE = "done"
    MISSING = "missing"
    STALE = "stale"
    REFUSED = "refused"
    WAIVED = "waived"
    NOT_NEEDED = "not_needed"


class Why(StrEnum):
    """Why an item stands as it does."""

    ON_FILE = "on_file"
    NOTHING = "nothing"
    TOO_OLD = "too_old"
    NO_PARTY = "no_party"
    NOT_SCREENED = "not_screened"
    LIST_CHANGED = "list_changed"
    HIT_OPEN = "hit_open"
    HIT_CONFIRMED = "hit_confirmed"
    BELOW_AMOUNT = "below_amount"
    OTHER_COUNTRY = "other_country"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a buyer's checklist.

    Attributes:
        dated_on: of what is on file, if anything is.
        good_until: the last day on which that counts; None for always.
        waiver: that lets it pass.
    """

    item: Item
    state: LineState
    why: Why
    requirement: Requirement
    dated_on: date | None = None
    source: str = ""
    good_until: date | None = None
    waiver: Waiver | None = None


class ChecklistState(StrEnum):
    """How a buyer stands; WAIVED when it passes by waivers only."""

    NOT_STARTED = "not_started"
    MISSING = "missing"
    COMPLETE = "complete"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Checklist:
    """A buyer's checklist as of a day.

    Attributes:
        version: number of the company's checklist that was used.
        amount: in ``currency``; None when no amount was asked for, so that every item counts.
    """

    buyer_id: int
    state: ChecklistState
    lines: tuple[Line, ...]
    version: int
    as_of: date
    amount: Decimal | None
    currency: str

    @property
    def passes(self) -> bool:
        """Whether the buyer may buy on open account, as far as the checklist goes."""
        return self.state in (ChecklistState.COMPLETE, ChecklistState.WAIVED)

    @property
    def open_items(self) -> tuple[Line, ...]:
        """What keeps the buyer from passing."""
        stops = (LineState.MISSING, LineState.STALE, LineState.REFUSED)
        return tuple(line for line in self.lines if line.state in stops)
