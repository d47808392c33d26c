"""What the parties context tells others: buyers, parties and legal entities as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class BuyerValue:
    """A buyer of one tenant; ``sort_key`` orders Chinese names by their pinyin."""

    id: int
    public_id: UUID
    source: str
    buyer_key: str
    name: str
    sort_key: str
    country: str | None


@dataclass(frozen=True, slots=True)
class BuyerPage:
    """One page of a list of buyers and how many there are in all."""

    rows: tuple[BuyerValue, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PartyValue:
    """A legal entity on which the tenant keeps a file.

    Attributes:
        id: the ``party_id`` of facts, statements and hits; ``public_id`` stands in addresses.
        country: ISO 3166-1 alpha-2, or None where it is not known.
        legal_entity_id: the register's row it was adopted from, or None when entered by hand.
    """

    id: int
    public_id: UUID
    name: str
    country: str | None
    legal_entity_id: int | None


MERGE_REASON_LENGTH = 500


@dataclass(frozen=True, slots=True)
class MergeValue:
    """A party that another one stands for.

    Attributes:
        party: the merged one itself; ``reads.party`` would answer the survivor.
        proposed_by, decided_by: actors, such as ``user:…``.
    """

    party: PartyValue
    reason: str
    proposed_by: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One legal entity as a register tells it.

    Attributes:
        key: the register's own number of it.
        country: ISO 3166-1 alpha-2, or None.
        identifiers: pairs of scheme and compact value.
        updated_on: the day its values stand for.
    """

    key: str
    name: str
    country: str | None
    other_names: tuple[str, ...] = ()
    legal_form: str = ""
    status: str = ""
    address: str = ""
    city: str = ""
    founded_on: date | None = None
    updated_on: date | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """Who consolidates whom, by the register's keys; ``percent`` where the register states it."""

    child_key: str
    parent_key: str
    kind: str
    percent: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a load; rows that stood already are ``unchanged``."""

    added: int
    changed: int
    unchanged: int
    links: int


@dataclass(frozen=True, slots=True)
class EntityValue:
    """A legal entity of a register, as it stands there."""

    id: int
    public_id: UUID
    register: str
    register_key: str
    name: str
    country: str | None
    other_names: tuple[str, ...]
    legal_form: str
    status: str
    address: str
    city: str
    founded_on: date | None
    updated_on: date | None


@dataclass(frozen=True, slots=True)
class IdentifierValue:
    """A number of a party's or of a legal entity's; ``source`` says who stated it."""

    scheme: str
    value: str
    source: str
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewOwnership:
    """A share of one company in another, as a source states it.

    Attributes:
        percent: above 0, at most 100, with at most four decimals.
        as_of: the day that the source stands for.
        starts_on: the first day; None where the source does not say, and then ``as_of`` is.
        ends_on: the first day on which it is held no longer; None while it is held.
    """

    percent: Decimal
    source: str
    as_of: date
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def begins_on(self) -> date:
        """The first day on which it counts: nothing is claimed for the time before the source."""
        return self.starts_on or self.as_of

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.begins_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership(NewOwnership):
    """A share that stands, by the row ids of the two parties; ``link`` names all its versions."""

    link: UUID
    child_id: int
    parent_id: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class OtherCompany:
    """The company at the other end of a share: on file, in the register, or a name alone.

    Attributes:
        party: of a file; first.
        entity: of the register's row; second.
        name: what a file is opened by when it is neither.
    """

    party: UUID | None = None
    entity: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class CompanyKey:
    """Which company of a group is meant: a party, else a register's row by its number.

    >>> str(CompanyKey(party_id=7)), CompanyKey.of("entity:gleif:5493:1").number
    ('party:7', '5493:1')
    """

    party_id: int | None = None
    register: str | None = None
    number: str | None = None

    def __str__(self) -> str:
        if self.party_id is not None:
            return f"party:{self.party_id}"
        return f"entity:{self.register}:{self.number}"

    @staticmethod
    def of(text: str) -> CompanyKey:
        """The key that was written so."""
        kind, _colon, rest = text.partition(":")
        if kind == "party":
            return CompanyKey(party_id=int(rest))
        register, _colon, number = rest.partition(":")
        return CompanyKey(register=register, number=number)


@dataclass(frozen=True, slots=True)
class GroupLink:
    """Why one company belongs to another, by their keys.

    Attributes:
        child: a :class:`CompanyKey` as text; a company on file goes by its party alone.
        percent: the share; None where a register says who consolidates whom and no share.
        kind: the register's kind of relationship; empty for a share that the tenant recorded.
        link: of a share that the tenant recorded.
    """

    child: str
    parent: str
    percent: Decimal | None
    source: str
    kind: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    as_of: date | None = None
    link: UUID | None = None


@dataclass(frozen=True, slots=True)
class GroupCompany:
    """A company of a group: on file (``party``), in a register, or both.

    Attributes:
        key: see :class:`GroupLink`.
        name: the register's number where a register names a parent that it has no row of.
        entity: the public id of the register's row.
    """

    key: str
    name: str
    country: str | None
    party: PartyValue | None = None
    entity: UUID | None = None


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A company that the head of a group controls.

    Attributes:
        share: the per cent that the group holds by recorded shares; None where none is recorded.
        path: the links from the head down to it; empty for the head.
    """

    company: GroupCompany
    share: Decimal | None
    path: tuple[GroupLink, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The companies under one control, the head first.

    Attributes:
        head: the ultimate parent; the company itself where nobody is known to control it.
        contested: keys of other companies that sources name as the ultimate parent.
        circular: whether the head is itself controlled by what it controls.
        as_of: the day of its shares.
    """

    head: GroupCompany
    members: tuple[GroupMember, ...]
    contested: tuple[GroupCompany, ...]
    circular: bool
    as_of: date


@dataclass(frozen=True, slots=True)
class EntityHit:
    """A legal entity that a search found; ``score`` (0 to 1) orders a list and means no more."""

    entity: EntityValue
    score: float


class Band(StrEnum):
    """What a score asks a person to do."""

    SAME = "same"
    CHECK = "check"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One field's part: ``name``, ``legal_form``, ``country``, ``city`` or ``identifier``.

    Attributes:
        verdict: a stable code, such as ``equal``, ``similar``, ``different`` or ``unknown``.
        effect: what it changes of the score, from -1 to 1; the name's is the score it begins with.
    """

    field: str
    verdict: str
    effect: float
    ours: str = ""
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score from 0 to 1, its band and the fields that made it."""

    score: float
    band: Band
    fields: tuple[FieldScore, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that a buyer may be: a row of the register or a party of the tenant's.

    Attributes:
        public_id: of the legal entity, or of the party when ``is_party``.
        where: what tells it apart for a reader: register and number, city, status.
    """

    public_id: UUID
    is_party: bool
    name: str
    country: str | None
    where: tuple[str, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A buyer without a company; ``prepared_at`` None: nobody has looked for candidates yet."""

    buyer: BuyerValue
    best: Candidate | None
    prepared_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnmatchedPage:
    """One page of them and how many there are in all."""

    rows: tuple[Unmatched, ...]
    total: int
    page: int
    pages: int
