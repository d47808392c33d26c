"""What a worker does for webhooks.

What a reader would get wrong: jobs make it fast, the sweep makes it sure. A job can be missed (a
worker looks a moment before the commit, a killed one leaves its job behind); the sweep finds every
event and delivery that is due by looking at the tables.
"""

from __future__ import annotations

import random
from datetime import datetime

from django.utils import timezone

from xindun.connectors.webhooks import actions
from xindun.connectors.webhooks.actions.delivering import WAKE_TASK
from xindun.connectors.webhooks.actions.queueing import DELIVER_TASK, ask_for_delivery
from xindun.connectors.webhooks.reads import due_endpoints
from xindun.kit import outbox
from xindun.kit.jobs import app, each_tenant
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import reads as tenants

QUEUE = "webhooks"


@app.task(name="webhooks.dispatch", queue=QUEUE)
def dispatch(tenant_id: int) -> None:
    """Turn the events of one tenant's outbox into deliveries."""
    with tenant_scope(tenant_id):
        actions.dispatch(now=timezone.now())


@app.task(name=DELIVER_TASK, queue=QUEUE)
def deliver(tenant_id: int, endpoint_id: int) -> None:
    """Send what is due for one endpoint, then make room for others."""
    chance = random.SystemRandom().random
    if actions.deliver_due(tenant_id, endpoint_id, clock=timezone.now, chance=chance):
        wake(tenant_id, endpoint_id)


@app.task(name=WAKE_TASK, queue=QUEUE)
def wake(tenant_id: int, endpoint_id: int) -> None:
    """The time of a retry has come."""
    with tenant_scope(tenant_id):
        ask_for_delivery(endpoint_id)


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.sweep", queue=QUEUE, queueing_lock="webhooks.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Ask for whatever is due and has no job."""
    now = timezone.now()
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: ask_for_everything_due(now))


@app.periodic(cron="17 3 * * *")
@app.task(name="webhooks.prune", queue=QUEUE, queueing_lock="webhooks.prune")
def prune(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Forget old deliveries and events."""
    now = timezone.now()

    def forget(_tenant_id: int) -> None:
        actions.prune(now=now)
        outbox.prune(now=now)

    each_tenant(tenants.all_tenant_ids(), forget)


def ask_for_everything_due(now: datetime) -> None:
    """Queue the current tenant's dispatch and deliveries where something waits."""
    if outbox.is_waiting():
        outbox.call_consumer()
    for endpoint_id in due_endpoints(now):
        ask_for_delivery(endpoint_id)
