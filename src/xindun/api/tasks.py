"""What a worker does for the interface: answers and jobs that nobody will ask for are removed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from xindun.api.idempotency import forget_answers
from xindun.api.models import AskedJob
from xindun.kit.jobs import app, each_tenant
from xindun.kit.tenancy import current_tenant_id
from xindun.record.tenants import reads as tenants

JOBS_KEPT_FOR = timedelta(days=30)


@app.periodic(cron="17 * * * *")
@app.task(name="api.forget", queue="api", queueing_lock="api.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Remove what is past its time, tenant by tenant."""
    now = timezone.now()
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: _forget(now))


def _forget(now: datetime) -> None:
    forget_answers(now)
    AskedJob.objects.filter(
        tenant_id=current_tenant_id(), asked_at__lt=now - JOBS_KEPT_FOR
    ).delete()
