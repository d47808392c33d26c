"""What to do today: the ranked list of the current review, and marking what became of a line.

What a reader would get wrong: a mark belongs to the occasion (customer, currency, code). It
speaks for the same action of later reviews for a while, and ends early when more is at stake.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import actor_of, operation
from xindun.api.v1.accounts import pinned, run_of
from xindun.api.v1.shapes import (
    Amount,
    Asked,
    Currency,
    Figure,
    PageAsked,
    Paged,
    Shape,
    Stamp,
    figure_or_none,
    money,
    plain_params,
    stamp_of,
)
from xindun.api.words import sentence
from xindun.control.monitoring import actions, reads
from xindun.control.monitoring.values import ActionState, TodayAction
from xindun.record.tenants.values import Permission

router = Router(tags=["Actions"])
BIGGEST = 2**63 - 1


class ActionShape(Shape):
    """One line of the list for today."""

    id: int
    rank: int
    customer: UUID
    name: str
    currency: Currency
    code: str = Field(description="What to do.", examples=["call"])
    text: str
    reason_code: str = Field(description="Why.", examples=["overdue"])
    reason_text: str
    params: dict[str, Any]
    stake: Amount
    share_of_open: Figure | None
    due_on: date | None
    state: ActionState
    note: str
    marked_at: datetime | None


class ActionsPage(Paged):
    """A page of actions, all of one review."""

    review: Stamp
    items: list[ActionShape]


class ActionsAsked(PageAsked):
    """What the list is narrowed to."""

    as_of: date | None = Field(None, description="A day that a review stands ready for.")
    state: ActionState | None = Field(None, description="Only actions in this state.")


class MarkAsked(Asked):
    """What became of an action."""

    state: ActionState = Field(description="`open` takes an earlier word back.")
    note: str = Field("", max_length=2000, description="Such as the outcome of a call.")


@router.get("/actions", response=ActionsPage, summary="List what to do today")
@operation(Permission.PORTFOLIO_READ)
def list_actions(request: HttpRequest, params: Query[ActionsAsked]) -> ActionsPage:
    """The list for today by rank: the most urgent and largest first."""
    place = place_of("list_actions", params)
    run = run_of(params.as_of) if place is None else pinned(place)
    rows = reads.actions_after(
        run,
        state=params.state,
        after=0 if place is None else place["rank"],
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request,
        "list_actions",
        params,
        rows,
        lambda each: {"run": str(run.run_id), "rank": each.rank},
    )
    return ActionsPage(
        review=stamp_of(run, stale=reads.is_stale(run)),
        next=following,
        items=[*map(action_shape, shown)],
    )


@router.get("/actions/{int:action_id}", response=ActionShape, summary="One action")
@operation(Permission.PORTFOLIO_READ)
def get_action(request: HttpRequest, action_id: int) -> ActionShape:
    """An action as it stands."""
    return action_shape(reads.action_of(min(action_id, BIGGEST)))


@router.post("/actions/{int:action_id}/mark", response=ActionShape, summary="Mark an action")
@operation(Permission.TODAY_MARK)
def mark_action(request: HttpRequest, action_id: int, body: MarkAsked) -> ActionShape:
    """Say that an action is done, not needed, or open again; it is kept as evidence."""
    marked = actions.mark_action(
        min(action_id, BIGGEST),
        body.state,
        actor=actor_of(request).name,
        now=timezone.now(),
        note=body.note.replace("\x00", ""),
    )
    return action_shape(marked)


def action_shape(each: TodayAction) -> ActionShape:
    """An action as the interface tells it."""
    return ActionShape(
        id=each.action_id,
        rank=each.rank,
        customer=each.buyer_public_id,
        name=each.name,
        currency=each.currency,
        code=each.code,
        text=sentence("action", each.code, each.params, each.currency),
        reason_code=each.reason_code,
        reason_text=sentence("action_reason", each.reason_code, each.params, each.currency),
        params=plain_params(each.params),
        stake=money(each.stake, each.currency),
        share_of_open=figure_or_none(each.share_of_open),
        due_on=each.due_on,
        state=each.state,
        note="" if each.mark is None else each.mark.note,
        marked_at=None if each.mark is None else each.mark.marked_at,
    )
