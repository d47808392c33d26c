"""What the clock does to requests and limits: move on, take effect, run out.

What a reader would get wrong: nothing here changes what counts. A limit counts from its beginning
and stops at its end by itself; this writes down that it did, and lets a request that nobody
decided in time go to the next authority.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy.reads import policy_in_force
from xindun.prevention.limits import models
from xindun.prevention.limits.actions.deciding import take_effect
from xindun.prevention.limits.actions.requesting import about, deadline, locked, tell_request
from xindun.prevention.limits.actions.writing import Holder, advance, in_policy, note, tell
from xindun.prevention.limits.reads.authority import roles_held
from xindun.prevention.limits.rules import next_role
from xindun.prevention.limits.values import LimitKind, RequestState, Step
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Role

CLOCK = "system:clock"
OPEN = (RequestState.REQUESTED, RequestState.RECOMMENDED)
AGREED = (RequestState.APPROVED, RequestState.PARTLY_APPROVED)
STANDS = (RequestState.EFFECTIVE, RequestState.REVIEWED, RequestState.REDUCED)


def tick(*, now: datetime) -> int:
    """Do what is due in the current tenant; how many requests moved."""
    rows = models.LimitRequest.objects.filter(tenant_id=current_tenant_id())
    late = rows.filter(state__in=OPEN, deadline_at__lte=now)
    begun = rows.filter(state__in=AGREED, starts_at__lte=now)
    over = rows.filter(state__in=STANDS, ends_at__lte=now)
    moved = 0
    for found, work in ((late, _escalate), (begun, _begin), (over, _expire)):
        for public_id in list(found.order_by("id").values_list("public_id", flat=True)):
            with transaction.atomic():
                moved += work(public_id, now)
    return moved


def _escalate(public_id: UUID, now: datetime) -> bool:
    """To the next authority; at the top of the ladder a request stays, overdue."""
    row, holder = locked(public_id)
    if row.state not in OPEN or row.deadline_at is None or row.deadline_at > now:
        return False
    policy = policy_in_force(at=now)
    on = company_day(now)
    total = in_policy(policy, row.total, row.currency, on=on)
    before = Role(row.awaiting) if row.awaiting else None
    held = roles_held(apart_from=row.requester)
    above = next_role(policy, total, row.grade, before, held)
    if above is None:
        return False
    evidence = note(
        "limit_request_escalated",
        holder,
        CLOCK,
        now,
        inputs={"deadline_at": row.deadline_at, "from": row.awaiting},
        result={**about(row), "awaiting": above.value},
        policy=policy,
    )
    row.awaiting, row.deadline_at = above.value, deadline(policy, now)
    advance(row, Step.ESCALATE, evidence, now=now, role=above)
    tell_request("limit.escalated", row, now)
    return True


def _begin(public_id: UUID, now: datetime) -> bool:
    row, holder = locked(public_id)
    if row.state not in AGREED:
        return False
    evidence = note("limit_took_effect", holder, CLOCK, now, inputs={}, result=about(row))
    take_effect(row, holder, evidence, now=now)
    _tell_change(holder, row, "took_effect", now)
    return True


def _expire(public_id: UUID, now: datetime) -> bool:
    row, holder = locked(public_id)
    if row.state not in STANDS:
        return False
    evidence = note(
        "limit_expired",
        holder,
        CLOCK,
        now,
        inputs={"ends_at": row.ends_at},
        result=about(row),
    )
    advance(row, Step.EXPIRE, evidence, now=now)
    _tell_change(holder, row, "expired", now)
    return True


def _tell_change(holder: Holder, row: models.LimitRequest, change: str, now: datetime) -> None:
    tell(holder, change, LimitKind(row.kind), now)
