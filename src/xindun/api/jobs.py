"""Long work as programs see it: what was asked, and how it stands now.

What a reader would get wrong: nobody reports to this room. An import and a report file carry their
own state. A review that was asked for is the first one of its day that was started since; when the
queue holds it no more and none was made, the ledger had been reviewed already and that review is
the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from xindun.api.models import AskedJob
from xindun.connectors.bureau import reads as bureau
from xindun.connectors.bureau.values import EnquiryState, EnquiryValue
from xindun.control.monitoring import reads as monitoring
from xindun.control.monitoring.actions.request import place_of_run
from xindun.control.monitoring.values import Run, RunStatus
from xindun.kernel.errors import DomainError
from xindun.kit.events import is_waiting
from xindun.kit.tenancy import current_tenant_id
from xindun.record.receivables import reads as receivables
from xindun.record.receivables.values import BatchStatus, BatchValue


class UnknownJob(DomainError):
    """No such job in this tenant, or not any more."""

    code = "unknown_job"
    sentence = "There is no job {job_id}; jobs are kept for 30 days."


class JobKind(StrEnum):
    """What was asked for."""

    IMPORT = "import"
    REVIEW = "review"
    REPORT = "report"


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for, when, by whom."""

    number: int
    public_id: UUID
    kind: JobKind
    import_id: UUID | None
    enquiry_id: UUID | None
    as_of: date | None
    actor: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class JobStanding:
    """Where a job stands; ``error`` as it was kept: code, params and English sentence."""

    state: JobState
    progress: Decimal | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    result_id: UUID | None = None
    error: Mapping[str, Any] | None = None


IMPORT_STATES = {
    BatchStatus.UPLOADED: JobState.QUEUED,
    BatchStatus.READING: JobState.RUNNING,
    BatchStatus.LOADING: JobState.RUNNING,
    BatchStatus.COMMITTED: JobState.SUCCEEDED,
    BatchStatus.FAILED: JobState.FAILED,
    BatchStatus.REJECTED_DUPLICATE: JobState.FAILED,
}
REPORT_STATES = {
    EnquiryState.QUEUED: JobState.QUEUED,
    EnquiryState.RUNNING: JobState.RUNNING,
    EnquiryState.WAITING: JobState.SUCCEEDED,
    EnquiryState.DONE: JobState.SUCCEEDED,
    EnquiryState.DISCARDED: JobState.SUCCEEDED,
    EnquiryState.FAILED: JobState.FAILED,
}


class ReviewFailed(DomainError):
    """A review died on the way."""

    code = "unexpected"
    sentence = "The review failed unexpectedly; the figures shown are the earlier ones."


def _lost() -> dict[str, Any]:
    return {"code": ReviewFailed.code, "params": {}, "sentence": ReviewFailed.sentence}


def ask(
    kind: JobKind,
    *,
    actor: str,
    import_id: UUID | None = None,
    enquiry_id: UUID | None = None,
    as_of: date | None = None,
) -> Job:
    """Remember that long work was asked for, in the transaction that queues it."""
    row = AskedJob.objects.create(
        tenant_id=current_tenant_id(),
        kind=kind.value,
        import_id=import_id,
        enquiry_id=enquiry_id,
        as_of=as_of,
        actor=actor,
    )
    row.refresh_from_db(fields=["asked_at"])
    return _job(row)


def asked_job(job_id: UUID) -> Job:
    """One job.

    Raises:
        UnknownJob: this tenant has none with that id.
    """
    row = AskedJob.objects.filter(tenant_id=current_tenant_id(), public_id=job_id).first()
    if row is None:
        raise UnknownJob(job_id=job_id)
    return _job(row)


def asked_jobs(*, after: int | None, limit: int) -> list[Job]:
    """Jobs, the newest first, from behind the number ``after`` on."""
    rows = AskedJob.objects.filter(tenant_id=current_tenant_id()).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [_job(row) for row in rows[:limit]]


def standing_of(job: Job) -> JobStanding:
    """Where a job stands now."""
    if job.import_id is not None:
        return _import_standing(receivables.batch(job.import_id))
    if job.enquiry_id is not None:
        return _report_standing(bureau.enquiry(job.enquiry_id))
    made = monitoring.runs_since(job.asked_at, as_of=job.as_of)
    finished = next((run for run in made if run.status is RunStatus.FINISHED), None)
    if finished is not None:
        return _run_standing(finished)
    if any(run.status is RunStatus.RUNNING for run in made):
        return JobStanding(JobState.RUNNING, started_at=made[-1].started_at)
    if is_waiting(place_of_run(job.as_of)):
        return JobStanding(JobState.QUEUED)
    if made:
        return JobStanding(JobState.FAILED, started_at=made[-1].started_at, error=_lost())
    earlier = monitoring.current_run(as_of=job.as_of)
    return (
        JobStanding(JobState.FAILED, error=_lost()) if earlier is None else _run_standing(earlier)
    )


def _run_standing(run: Run) -> JobStanding:
    return JobStanding(
        JobState.SUCCEEDED,
        progress=Decimal(1),
        started_at=run.started_at,
        finished_at=run.finished_at,
        result_id=run.run_id,
    )


def _import_standing(batch: BatchValue) -> JobStanding:
    state = IMPORT_STATES[batch.status]
    return JobStanding(
        state,
        progress=round(Decimal(batch.progress), 4),
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        result_id=batch.public_id if state is JobState.SUCCEEDED else None,
        error=batch.error if state is JobState.FAILED else None,
    )


def _report_standing(found: EnquiryValue) -> JobStanding:
    """A report file is done with once it was read; recording it is somebody's decision."""
    state = REPORT_STATES[found.state]
    return JobStanding(
        state,
        progress=Decimal(1) if state is JobState.SUCCEEDED else None,
        finished_at=found.finished_at,
        result_id=found.public_id if state is JobState.SUCCEEDED else None,
        error=found.error,
    )


def _job(row: AskedJob) -> Job:
    return Job(
        number=row.id,
        public_id=row.public_id,
        kind=JobKind(row.kind),
        import_id=row.import_id,
        enquiry_id=row.enquiry_id,
        as_of=row.as_of,
        actor=row.actor,
        asked_at=row.asked_at,
    )
