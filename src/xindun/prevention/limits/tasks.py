"""What a worker does for limits: the clock."""

from __future__ import annotations

from django.utils import timezone

from xindun.kit.jobs import app, each_tenant
from xindun.prevention.limits.actions import tick
from xindun.record.tenants import reads as tenants


@app.periodic(cron="*/10 * * * *")
@app.task(name="limits.clock", queue="limits", queueing_lock="limits.clock")
def clock(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Escalate what nobody decided in time, and note what took effect or ran out."""
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: tick(now=timezone.now()))
