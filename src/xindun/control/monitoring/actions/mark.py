"""Say what became of an action: done, dismissed, or open again."""

from __future__ import annotations

from datetime import datetime

from xindun.control.monitoring import models
from xindun.control.monitoring.reads.runs import run_value
from xindun.control.monitoring.reads.today import UnknownAction, mark_value, value_of
from xindun.control.monitoring.values import ActionState, TodayAction
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import actions as evidence
from xindun.record.evidence.values import Subject


def mark_action(
    action_id: int, state: ActionState, *, actor: str, now: datetime, note: str = ""
) -> TodayAction:
    """Append a mark to the action's occasion, with evidence; runs in the caller's tenant scope.

    Args:
        action_id: of the list that the person saw.
        state: what the person says; ``OPEN`` takes an earlier word back.
        actor: as evidence writes it (``user:<public id>``).
        now: the caller's clock.
        note: what the person adds, such as the outcome of a call.

    Returns:
        The action as it stands now.

    Raises:
        UnknownAction: this tenant has no such action (any more).
    """
    rows = models.TodayAction.objects.filter(tenant_id=current_tenant_id(), id=action_id)
    row = rows.select_related("run", "buyer").first()
    if row is None:
        raise UnknownAction(action_id=action_id)
    mark = models.ActionMark.objects.create(
        tenant_id=row.tenant_id,
        buyer_id=row.buyer_id,
        currency=row.currency,
        code=row.code,
        state=state,
        as_of=row.run.as_of,
        stake=row.stake,
        marked_at=now,
        actor=actor,
        note=note,
    )
    evidence.append(
        kind="action_marked",
        subject=Subject("buyer", str(row.buyer.public_id)),
        actor=actor,
        occurred_at=now,
        inputs={"run": row.run.public_id, "rank": row.rank, "reason": row.reason_code},
        result={
            "code": row.code,
            "currency": row.currency,
            "stake": row.stake,
            "state": state,
            "note": note,
        },
        versions={"ledger": row.run.ledger_version, "model": row.run.model_version},
    )
    publish(
        "action.marked",
        f"buyer:{row.buyer.public_id}",
        {"code": row.code, "state": state.value, "run": str(row.run.public_id)},
        occurred_at=now,
    )
    return value_of(row, run_value(row.run), mark_value(mark))
