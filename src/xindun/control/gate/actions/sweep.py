"""Give back the room of reservations whose time is over, also of buyers whom nobody asks about."""

from __future__ import annotations

from datetime import datetime

from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.exposure.actions import lock_holders
from xindun.record.orders import actions as orders
from xindun.record.orders import reads
from xindun.record.orders.values import Verb
from xindun.record.tenants.reads import current_tenant

ACTOR = "system:gate"


def sweep(*, now: datetime) -> int:
    """Expire what is over, in the caller's transaction; how many orders that were."""
    found = reads.expired_reservations(now)
    if not found:
        return 0
    lock_holders(each.buyer_id for each in found)
    swept = []
    for order in reads.orders_by_id(each.id for each in found).values():
        if reads.is_expired(order, now):  # nobody took it on while we waited for the lock
            orders.move(order, Verb.EXPIRE, actor=ACTOR, now=now)
            swept.append(str(order.public_id))
    if swept:
        append(
            kind="orders_swept",
            subject=Subject("tenant", str(current_tenant().public_id)),
            actor=ACTOR,
            occurred_at=now,
            inputs={},
            result={"orders": sorted(swept)},
            versions={},
        )
    return len(swept)
