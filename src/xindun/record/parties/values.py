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
