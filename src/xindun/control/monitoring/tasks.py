"""What a worker does for monitoring: one run at a time a tenant, after imports and at night.

What a reader would get wrong: "at night" is the tenant's night. The periodic task looks every
quarter of an hour, because midnight comes at any of them somewhere, and asks for a run wherever
the day that a run would review is not the day the current one shows.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy

from xindun.control.monitoring.actions import request_run, run_portfolio
from xindun.control.monitoring.actions.request import RUN_TASK
from xindun.control.monitoring.reads import current_run
from xindun.control.monitoring.rules import grades_hash, needs_run
from xindun.control.monitoring.values import Run, Trigger
from xindun.kit.jobs import app, each_tenant
from xindun.prevention.scoring.reads import grades_in_force
from xindun.record.receivables.reads.ledger import ledger_state
from xindun.record.tenants import reads as tenants

WORKER = "system:worker"
QUEUE = "monitoring"
AGAIN = RetryStrategy(max_attempts=3, wait=60, retry_exceptions=[OperationalError])


@app.task(name=RUN_TASK, queue=QUEUE, retry=AGAIN)
def run_one(
    tenant_id: int, actor: str, trigger: str, as_of: str | None = None, current: bool = True
) -> None:
    """Review one tenant's portfolio."""
    run_portfolio(
        tenant_id,
        now=timezone.now(),
        actor=actor,
        trigger=Trigger(trigger),
        as_of=None if as_of is None else date.fromisoformat(as_of),
        current=current,
    )


@app.task(name="monitoring.run_after_import", queue=QUEUE, retry=AGAIN)
def run_after_import(tenant_id: int) -> None:
    """Review the portfolio of a tenant whose ledger has changed."""
    run_portfolio(tenant_id, now=timezone.now(), actor=WORKER, trigger=Trigger.IMPORT)


@app.periodic(cron="*/15 * * * *")
@app.task(name="monitoring.nightly", queue=QUEUE, queueing_lock="monitoring.nightly")
def nightly(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Ask for a run wherever a day has ended, or an earlier run was lost."""
    now = timezone.now()
    each_tenant(tenants.all_tenant_ids(), lambda _tenant_id: request_when_due(now))


def request_when_due(now: datetime) -> bool:
    """Queue the current tenant's run when its current one is behind; whether it was queued."""
    state, run = ledger_state(), current_run()
    zone = tenants.current_tenant().time_zone
    if not needs_run(
        now,
        zone,
        ledger_version=state.version,
        last_movement_on=state.last_movement_on,
        shown=None if run is None else (run.ledger_version, run.as_of),
    ) and not (run and _graded_since(run, now)):
        return False
    return request_run(actor=WORKER, trigger=Trigger.NIGHTLY)


def _graded_since(run: Run, now: datetime) -> bool:
    """Whether a company grade that the run's limits should heed was given after it."""
    grades = grades_in_force(as_of=run.as_of, known_at=max(now, run.known_at))
    return grades_hash(grades) != run.company_grades_hash
