"""Which run a screen shows, and whether the ledger has moved since it was made."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from xindun.control.monitoring import models
from xindun.control.monitoring.values import PreparedDay, Run, RunStatus, Trigger
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.values import Scale
from xindun.record.receivables.reads.ledger import ledger_state


class UnknownRun(DomainError):
    """No such run in this tenant."""

    code = "unknown_run"
    sentence = "There is no portfolio run {run_id}."


def current_run(*, as_of: date | None = None) -> Run | None:
    """The run the console opens with, or the newest one prepared for the day ``as_of``."""
    row = run_row(as_of)
    return None if row is None else run_value(row)


def latest_attempt() -> Run | None:
    """The last run that was started, whatever became of it: for "is being recomputed"."""
    row = _runs().order_by("-id").first()
    return None if row is None else run_value(row)


def run_of(run_id: UUID) -> Run:
    """One run by its public id.

    Raises:
        UnknownRun: this tenant has none with that id.
    """
    row = _runs().filter(public_id=run_id).first()
    if row is None:
        raise UnknownRun(run_id=run_id)
    return run_value(row)


def is_stale(run: Run) -> bool:
    """Whether the ledger has moved since the run: one query of one row."""
    return ledger_state().version != run.ledger_version


def runs_after(
    *, status: RunStatus | None = None, after: int | None = None, limit: int = 50
) -> list[Run]:
    """Runs, the newest first, from behind the run with the number ``after`` on."""
    rows = _runs().order_by("-id")
    if status is not None:
        rows = rows.filter(status=status)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [run_value(row) for row in rows[:limit]]


def runs_since(moment: datetime, *, as_of: date | None = None) -> list[Run]:
    """Runs started at ``moment`` or later, the oldest first; only of a day if one is given."""
    rows = _runs().filter(started_at__gte=moment).order_by("id")
    if as_of is not None:
        rows = rows.filter(as_of=as_of)
    return [run_value(row) for row in rows]


def has_snapshots(run: Run) -> bool:
    """Whether the accounts and actions of a finished run are still kept."""
    return _shown().filter(id=run.number).exists()


def prepared_days() -> tuple[PreparedDay, ...]:
    """The days for which a run stands ready, newest first: each day's newest run."""
    rows = _shown().order_by("-as_of", "-is_current", "-id")
    newest: dict[date, PreparedDay] = {}
    for as_of, public_id, is_current in rows.values_list("as_of", "public_id", "is_current"):
        newest.setdefault(as_of, PreparedDay(as_of, public_id, is_current))
    return tuple(newest.values())


def run_row(as_of: date | None) -> models.PortfolioRun | None:
    """The stored form of :func:`current_run`."""
    if as_of is None:
        return _shown().filter(is_current=True).first()
    return _shown().filter(as_of=as_of).order_by("-is_current", "-id").first()


def run_value(row: models.PortfolioRun) -> Run:
    """The value of a stored run."""
    return Run(
        run_id=row.public_id,
        number=row.id,
        tenant_id=row.tenant_id,
        as_of=row.as_of,
        known_at=row.known_at,
        ledger_version=row.ledger_version,
        model_version=row.model_version,
        parameters_version=row.parameters_version,
        trigger=Trigger(row.trigger),
        status=RunStatus(row.status),
        is_current=row.is_current,
        started_at=row.started_at,
        finished_at=row.finished_at,
        duration_ms=row.duration_ms,
        accounts=row.accounts,
        buyers=row.buyers,
        actions=row.actions,
        snapshot_root=row.snapshot_root,
        restated=row.restated,
        as_of_reason=row.as_of_reason,
        failure=row.failure,
        scale=Scale(**row.scale) if row.scale else None,
        detailed=row.pruned == "",
        company_grades_hash=row.company_grades_hash,
    )


def _runs() -> QuerySet[models.PortfolioRun]:
    return models.PortfolioRun.objects.filter(tenant_id=current_tenant_id())


def _shown() -> QuerySet[models.PortfolioRun]:
    """Finished runs that say what is known today and still have their snapshots."""
    shown = _runs().filter(status=RunStatus.FINISHED, restated=False)
    return shown.exclude(pruned="snapshots")
