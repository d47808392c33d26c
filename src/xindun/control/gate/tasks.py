"""What a worker does for the gate: give back rooms, and try held orders again.

What a reader would get wrong: nothing here makes the gate exact. A check gives back the buyer's
own expired rooms itself, and reads the ledger, limits and stops at the moment.
"""

from __future__ import annotations

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy

from xindun.control.gate.actions import forget_standings, recheck_waiting, sweep
from xindun.kit.jobs import app, each_tenant
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants.reads import all_tenant_ids

QUEUE = "gate"
AGAIN = RetryStrategy(max_attempts=3, wait=30, retry_exceptions=[OperationalError])


@app.task(name="gate.after_payment", queue=QUEUE, retry=AGAIN)
def after_payment(tenant_id: int) -> None:
    """Check waiting orders again: the ledger has changed."""
    with tenant_scope(tenant_id):
        recheck_waiting(now=timezone.now())


@app.task(name="gate.after_change", queue=QUEUE, retry=AGAIN)
def after_change(tenant_id: int) -> None:
    """Prepare standings anew when they are next needed, and check waiting orders again."""
    with tenant_scope(tenant_id):
        forget_standings()
    with tenant_scope(tenant_id):
        recheck_waiting(now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="gate.sweep", queue=QUEUE, queueing_lock="gate.sweep")
def give_back(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Give back the room of reservations whose time is over."""
    now = timezone.now()
    each_tenant(all_tenant_ids(), lambda _tenant_id: sweep(now=now))
