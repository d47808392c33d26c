"""What to do today, and what somebody has said about it.

What a reader would get wrong: every run makes its actions anew, so a mark ("done", "dismissed")
belongs to the occasion (buyer, currency, code), not to one run's row. Whether an earlier mark
still speaks for a later run's action is decided in ``rules.state_of``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class ActionState(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class ActionMark:
    """Somebody's word on an occasion: on which run's day, at which stake, when, by whom."""

    state: ActionState
    as_of: date
    stake: Decimal
    marked_at: datetime
    actor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TodayAction:
    """One line of the list for today; ``stake`` is in ``currency``."""

    action_id: int
    rank: int
    buyer_id: int
    buyer_public_id: UUID
    name: str
    currency: str
    code: str
    reason_code: str
    stake: Decimal
    share_of_open: Decimal | None
    due_on: date | None
    params: Mapping[str, Any] = field(default_factory=dict)
    state: ActionState = ActionState.OPEN
    mark: ActionMark | None = None


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """A page of the list for today."""

    rows: tuple[TodayAction, ...]
    total: int
    page: int
    pages: int
