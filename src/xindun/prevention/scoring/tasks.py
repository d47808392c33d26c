"""What a worker does for scoring: grade after a change, nightly what is a month old, and measure
each month's drift of the model."""

from __future__ import annotations

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy

from xindun.kit.jobs import app, each_tenant
from xindun.prevention.scoring.actions import (
    measure_drift,
    predict_late,
    regrade,
    request_grades,
)
from xindun.record.tenants import reads as tenants

WORKER = "system:worker"
QUEUE = "scoring"
AGAIN = RetryStrategy(max_attempts=3, wait=60, retry_exceptions=[OperationalError])


@app.task(name="scoring.regrade", queue=QUEUE, retry=AGAIN)
def regrade_changed(tenant_id: int) -> None:
    """Grade the buyers of one tenant whose inputs have changed or whose grade is a month old."""
    regrade(tenant_id, actor=WORKER, now=timezone.now(), trigger="change")


@app.periodic(cron="40 3 * * *")
@app.task(name="scoring.nightly", queue=QUEUE, queueing_lock="scoring.nightly")
def nightly(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Ask every tenant for what is due: events and own labels expire, grades get old."""
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: request_grades())


@app.periodic(cron="10 5 * * *")
@app.task(name="scoring.drift", queue=QUEUE, queueing_lock="scoring.drift")
def monthly_drift(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Measure every tenant's drift once a month; asked daily, so that no month is missed."""
    worker, now = tenants.machine_actor(WORKER), timezone.now()
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: measure_drift(worker, now=now))


@app.periodic(cron="20 4 * * *")
@app.task(name="scoring.late", queue=QUEUE, queueing_lock="scoring.late")
def nightly_predictions(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Predict every tenant's open invoices."""
    worker, now = tenants.machine_actor(WORKER), timezone.now()
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: predict_late(worker, now=now))
