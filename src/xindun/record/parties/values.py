"""What the parties context tells others: a buyer as it stands."""

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
