"""The list for today: a run's actions with what somebody has said about them.

What a reader would get wrong: a state is not stored. It follows from the occasion's latest mark
by ``rules.state_of``, so only the few marked actions are looked at one by one.
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from xindun.control.monitoring import models
from xindun.control.monitoring.reads.runs import current_run, run_value
from xindun.control.monitoring.rules import LONGEST_HOLD, state_of
from xindun.control.monitoring.values import (
    PAGE_SIZE,
    ActionMark,
    ActionsPage,
    ActionState,
    Run,
    TodayAction,
)
from xindun.kernel.errors import DomainError
from xindun.kernel.paging import page_place
from xindun.kit.tenancy import current_tenant_id

Occasion = tuple[int, str, str]
"""Buyer, currency and code: what a mark belongs to."""


class UnknownAction(DomainError):
    """No such action in this tenant."""

    code = "unknown_action"
    sentence = "There is no action {action_id}."


def actions_page(
    *, as_of: date | None = None, state: ActionState | None = None, page: int = 1
) -> ActionsPage | None:
    """A page of the list for today by rank; ``state`` None lists every action.

    Returns:
        None when no run is finished yet.
    """
    run = current_run(as_of=as_of)
    return None if run is None else actions_of(run, state=state, page=page)


def actions_of(
    run: Run, *, state: ActionState | None = None, page: int = 1, size: int = PAGE_SIZE
) -> ActionsPage:
    """A page of one run's actions."""
    rows, total = _actions(run), run.actions
    if state is not None:
        settled = _not_open(run)
        if state is ActionState.OPEN:
            rows, total = rows.exclude(id__in=list(settled)), total - len(settled)
        else:
            wanted = [key for key, found in settled.items() if found is state]
            rows, total = rows.filter(id__in=wanted), len(wanted)
    at = page_place(total, page, max(size, 1))
    chosen = list(rows.order_by("rank")[at.start : at.start + size])
    return ActionsPage(_values(run, chosen), total, at.page, at.pages)


def actions_after(
    run: Run, *, state: ActionState | None = None, after: int = 0, limit: int = PAGE_SIZE
) -> tuple[TodayAction, ...]:
    """A run's actions from behind the rank ``after`` on."""
    rows = _actions(run).filter(rank__gt=after)
    if state is not None:
        settled = _not_open(run)
        wanted = [key for key, found in settled.items() if found is state]
        opened = state is ActionState.OPEN
        rows = rows.exclude(id__in=list(settled)) if opened else rows.filter(id__in=wanted)
    return _values(run, list(rows.order_by("rank")[:limit]))


def action_of(action_id: int) -> TodayAction:
    """One action as it stands.

    Raises:
        UnknownAction: this tenant has no such action (any more).
    """
    rows = models.TodayAction.objects.filter(tenant_id=current_tenant_id(), id=action_id)
    row = rows.select_related("run", "buyer").first()
    if row is None:
        raise UnknownAction(action_id=action_id)
    return _values(run_value(row.run), [row])[0]


def actions_for_buyer(run: Run, buyer_id: int) -> tuple[TodayAction, ...]:
    """One buyer's actions in a run, by rank."""
    return _values(run, list(_actions(run).filter(buyer_id=buyer_id).order_by("rank")))


def _actions(run: Run) -> QuerySet[models.TodayAction]:
    rows = models.TodayAction.objects.filter(tenant_id=run.tenant_id, run_id=run.number)
    return rows.select_related("buyer")


def _not_open(run: Run) -> dict[int, ActionState]:
    """The actions of a run whose mark still speaks, with their state.

    Starts from the marks, which are few, and not from the actions, which may be many.
    """
    marks = models.ActionMark.objects.filter(
        tenant_id=run.tenant_id, as_of__range=(run.as_of - LONGEST_HOLD, run.as_of)
    )
    buyers = set(marks.values_list("buyer_id", flat=True))
    if not buyers:
        return {}
    return {
        action.action_id: action.state
        for action in _values(run, list(_actions(run).filter(buyer_id__in=buyers)))
        if action.state is not ActionState.OPEN
    }


def _values(run: Run, rows: list[models.TodayAction]) -> tuple[TodayAction, ...]:
    marks = _latest_marks({row.buyer_id for row in rows}, run.as_of)
    return tuple(
        value_of(row, run, marks.get((row.buyer_id, row.currency, row.code))) for row in rows
    )


def _latest_marks(buyer_ids: set[int], as_of: date) -> dict[Occasion, ActionMark]:
    rows = models.ActionMark.objects.filter(
        tenant_id=current_tenant_id(), buyer_id__in=buyer_ids, as_of__lte=as_of
    ).order_by("id")
    return {(row.buyer_id, row.currency, row.code): mark_value(row) for row in rows}


def mark_value(row: models.ActionMark) -> ActionMark:
    """The value of a stored mark."""
    return ActionMark(
        ActionState(row.state), row.as_of, row.stake, row.marked_at, row.actor, row.note
    )


def value_of(row: models.TodayAction, run: Run, mark: ActionMark | None) -> TodayAction:
    """The value of a stored action, given its occasion's latest mark."""
    return TodayAction(
        action_id=row.id,
        rank=row.rank,
        buyer_id=row.buyer_id,
        buyer_public_id=row.buyer.public_id,
        name=row.name,
        currency=row.currency,
        code=row.code,
        reason_code=row.reason_code,
        stake=row.stake,
        share_of_open=row.share_of_open,
        due_on=row.due_on,
        params=row.params,
        state=state_of(row.stake, run.as_of, mark),
        mark=mark,
    )
