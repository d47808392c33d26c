"""Review the portfolio and publish what was found, all or nothing.

Three steps: plan (a short transaction), compute (no database at all), publish (one transaction
for snapshots, actions, scores, recommendations, evidence and the mark of being current). What a
reader would get wrong: a run that dies in the second step leaves a row that says RUNNING, which
no screen shows and the next run calls failed.
"""

from __future__ import annotations

from datetime import date, datetime
from time import perf_counter

from django.db import connection
from django.db.models.functions import Now

from xindun.control.monitoring import models
from xindun.control.monitoring.actions.plan import Plan, compute, content_of, planned
from xindun.control.monitoring.actions.prune import prune
from xindun.control.monitoring.actions.publish import Published, publish
from xindun.control.monitoring.reads.runs import run_value
from xindun.control.monitoring.rules import STALLED_AFTER, grades_hash
from xindun.control.monitoring.values import Run, RunStatus, Trigger
from xindun.engine.parameters import DEFAULTS, Parameters
from xindun.engine.portfolio import Review
from xindun.kit import outbox
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.prevention.scoring.values import Scale, Stamp
from xindun.record.evidence import actions as evidence
from xindun.record.evidence.values import Subject

LOCK = 0x58444D4F  # "XDMO": one publication a tenant at a time


def run_portfolio(
    tenant_id: int,
    *,
    now: datetime,
    actor: str,
    trigger: Trigger = Trigger.MANUAL,
    as_of: date | None = None,
    known_at: datetime | None = None,
    current: bool = True,
    parameters: Parameters = DEFAULTS,
) -> Run:
    """Review the whole ledger of a tenant and store what was found.

    Idempotent: the same ledger version, day, company grades, model and parameters are reviewed
    once; asking again returns the run that exists.

    Args:
        tenant_id: whose portfolio.
        now: the caller's clock, with a zone; the tenant's day follows from it.
        actor: who asks, as evidence writes it (``system:worker``, ``user:<public id>``).
        trigger: why; a ``DECISION`` stores every score and limit, changed or not.
        as_of: the day; None lets ``rules.day_to_review`` choose.
        known_at: what was known then; None means everything the ledger holds.
        current: whether the console shall open with this run.
        parameters: the engine's; a company's own come with a later issue.

    Returns:
        The finished run.

    Raises:
        DayNotOver: ``as_of`` lies in the tenant's future.
    """
    clock = perf_counter()
    with planned(tenant_id, parameters, now, as_of, known_at) as plan:
        with tenant_scope(tenant_id):
            existing = _existing(plan)
            if existing is not None:
                return _chosen(existing, current)
            row = _begin(plan, actor, trigger)
        try:
            review = compute(plan)
            looked_at = content_of(plan.folder)
            with tenant_scope(tenant_id):
                run = _publish(row, plan, review, looked_at, now, current, clock)
        except Exception as error:
            _failed(tenant_id, row, error)
            raise
    with tenant_scope(tenant_id):
        prune()
    return run


def _existing(plan: Plan) -> models.PortfolioRun | None:
    rows = models.PortfolioRun.objects.filter(
        tenant_id=current_tenant_id(),
        ledger_version=plan.ledger_version,
        as_of=plan.as_of,
        model_version=plan.parameters.model_version,
        parameters_version=plan.parameters.version,
        status=RunStatus.FINISHED,
        restated=plan.restated,
        company_grades_hash=grades_hash(plan.company_grades),
        pruned="",
    )
    if plan.restated:
        rows = rows.filter(known_at=plan.known_at)
    return rows.order_by("-id").first()


def _begin(plan: Plan, actor: str, trigger: Trigger) -> models.PortfolioRun:
    """The row that says a run is under way; earlier ones that died are called failed."""
    models.PortfolioRun.objects.filter(
        tenant_id=current_tenant_id(),
        status=RunStatus.RUNNING,
        started_at__lt=Now() - STALLED_AFTER,
    ).update(status=RunStatus.FAILED, failure="died")
    return models.PortfolioRun.objects.create(
        tenant_id=current_tenant_id(),
        as_of=plan.as_of,
        as_of_reason=plan.as_of_reason,
        known_at=plan.known_at,
        restated=plan.restated,
        ledger_version=plan.ledger_version,
        model_version=plan.parameters.model_version,
        parameters_version=plan.parameters.version,
        company_grades_hash=grades_hash(plan.company_grades),
        trigger=trigger,
        actor=actor,
        status=RunStatus.RUNNING,
    )


def _publish(
    row: models.PortfolioRun,
    plan: Plan,
    review: Review,
    looked_at: str,
    now: datetime,
    current: bool,
    clock: float,
) -> Run:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, row.tenant_id % 2**31])
    existing = _existing(plan)
    if existing is not None:  # another worker was quicker
        row.delete()
        return _chosen(existing, current)
    # A day whose snapshots were pruned is reviewed again; the new run takes its place.
    scale = Scale(review.scale_id, review.direction, review.horizon_days)
    stamp = Stamp(plan.as_of, plan.known_at, plan.ledger_version, row.model_version, row.public_id)
    published = publish(row, review, stamp, scale, everything=row.trigger == Trigger.DECISION)
    row.status = RunStatus.FINISHED
    row.inputs_hash = looked_at
    row.finished_at = Now()
    row.duration_ms = round((perf_counter() - clock) * 1000)
    row.save()
    row.refresh_from_db(fields=["finished_at", "started_at"])
    _evidence(row, published, now)
    chosen = _chosen(row, current)
    outbox.publish(
        "portfolio.reviewed",
        f"portfolio_run:{row.public_id}",
        {
            "as_of": plan.as_of.isoformat(),
            "ledger_version": row.ledger_version,
            "model": row.model_version,
            "current": chosen.is_current,
        },
        occurred_at=now,
    )
    return chosen


def _chosen(row: models.PortfolioRun, current: bool) -> Run:
    """Make the run the current one, unless it is restated or knows less of the ledger."""
    if current and not row.restated and not row.is_current:
        runs = models.PortfolioRun.objects.filter(tenant_id=row.tenant_id, is_current=True)
        if not runs.filter(ledger_version__gt=row.ledger_version).exists():
            runs.update(is_current=False)
            row.is_current = True
            row.save(update_fields=["is_current"])
    return run_value(row)


def _evidence(row: models.PortfolioRun, published: Published, now: datetime) -> None:
    evidence.append(
        kind="portfolio_reviewed",
        subject=Subject("portfolio_run", str(row.public_id)),
        actor=row.actor,
        occurred_at=now,
        inputs={
            "as_of": row.as_of,
            "known_at": row.known_at,
            "ledger_version": row.ledger_version,
            "ledger_content": row.inputs_hash,
            "company_grades": row.company_grades_hash,
            "trigger": row.trigger,
        },
        result={
            "accounts": row.accounts,
            "buyers": row.buyers,
            "snapshot_root": row.snapshot_root,
            "actions": published.actions,
            "scores_written": published.scores,
            "limits_written": published.limits,
        },
        versions={
            "ledger": row.ledger_version,
            "model": row.model_version,
            "parameters": row.parameters_version,
        },
    )


def _failed(tenant_id: int, row: models.PortfolioRun, error: Exception) -> None:
    """Say so on the run's row, when the connection can still say anything."""
    if connection.in_atomic_block and connection.needs_rollback:
        return
    with tenant_scope(tenant_id):
        models.PortfolioRun.objects.filter(id=row.id, status=RunStatus.RUNNING).update(
            status=RunStatus.FAILED, failure=type(error).__name__
        )
