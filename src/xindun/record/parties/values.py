"""What the parties context tells others: buyers, parties and legal entities as they stand."""

from __future__ import annotations

from dataclasses import dataclass
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
