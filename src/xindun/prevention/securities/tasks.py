"""What a worker does for securities: look at ends and groups once a day."""

from __future__ import annotations

from django.utils import timezone

from xindun.kit.jobs import app, each_tenant
from xindun.prevention.securities.actions import watch
from xindun.record.tenants import reads as tenants


@app.periodic(cron="50 4 * * *")
@app.task(name="securities.watch", queue="securities", queueing_lock="securities.watch")
def daily(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Tell who listens that a security ends, and look again at whose group guarantors are in."""
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: watch(now=timezone.now()))
