"""Reviews of the portfolio: ask for one, follow it, find those that were made.

What a reader would get wrong: the same ledger version and day are reviewed once. Asking again is
answered by the review that exists, and costs nothing.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import Field

from xindun.api import jobs
from xindun.api.lists import page_of, place_of
from xindun.api.operations import actor_of, operation
from xindun.api.v1.jobs import JobShape, job_shape
from xindun.api.v1.shapes import Asked, PageAsked, Paged, Shape
from xindun.control.monitoring import actions, reads
from xindun.control.monitoring.actions.request import check_day
from xindun.control.monitoring.values import Run, RunStatus, Trigger
from xindun.record.tenants.values import Permission

router = Router(tags=["Reviews"])


class RunShape(Shape):
    """One review of the whole ledger."""

    id: UUID
    state: RunStatus
    as_of: date
    as_of_reason: str = Field(description="Why this day: asked, today or last_movement.")
    known_at: datetime
    restated: bool = Field(description="Made with less knowledge than its ledger version has.")
    ledger_version: int
    model_version: str
    parameters_version: str
    trigger: Trigger
    current: bool = Field(description="Whether reads without a day show this review.")
    started_at: datetime
    finished_at: datetime | None
    duration_ms: int | None
    accounts: int
    customers: int
    actions: int
    snapshot_root: str = Field(description="Over every account's row; hexadecimal SHA-256.")
    failure: str


class RunsPage(Paged):
    """A page of reviews, the newest first."""

    items: list[RunShape]


class RunsAsked(PageAsked):
    """What the list is narrowed to."""

    state: RunStatus | None = Field(None, description="Only reviews in this state.")


class RunAsked(Asked):
    """The review that is wanted."""

    as_of: date | None = Field(
        None, description="A day that has come; without one the record chooses: today as a rule."
    )


@router.post("/runs", response={202: JobShape}, summary="Ask for a review")
@operation(Permission.PORTFOLIO_RUN)
def request_run(request: HttpRequest, body: RunAsked, response: HttpResponse) -> Status[JobShape]:
    """Have the whole ledger reviewed by a worker; the job says how it goes."""
    check_day(body.as_of, now=timezone.now())
    actor = actor_of(request).name
    job = jobs.ask(jobs.JobKind.REVIEW, actor=actor, as_of=body.as_of)
    actions.request_run(actor=actor, as_of=body.as_of)
    response.headers["Location"] = f"/api/v1/jobs/{job.public_id}"
    return Status(202, job_shape(job))


@router.get("/runs", response=RunsPage, summary="List reviews")
@operation(Permission.PORTFOLIO_READ)
def list_runs(request: HttpRequest, params: Query[RunsAsked]) -> RunsPage:
    """Every review that was started, the newest first."""
    place = place_of("list_runs", params)
    rows = reads.runs_after(
        status=params.state,
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(request, "list_runs", params, rows, lambda run: {"row": run.number})
    return RunsPage(next=following, items=[*map(run_shape, shown)])


@router.get("/runs/{uuid:run_id}", response=RunShape, summary="One review")
@operation(Permission.PORTFOLIO_READ)
def get_run(request: HttpRequest, run_id: UUID) -> RunShape:
    """A review with its versions and the root that proves every account's row."""
    return run_shape(reads.run_of(run_id))


def run_shape(run: Run) -> RunShape:
    """A review as the interface tells it."""
    return RunShape(
        id=run.run_id,
        state=run.status,
        as_of=run.as_of,
        as_of_reason=run.as_of_reason,
        known_at=run.known_at,
        restated=run.restated,
        ledger_version=run.ledger_version,
        model_version=run.model_version,
        parameters_version=run.parameters_version,
        trigger=run.trigger,
        current=run.is_current,
        started_at=run.started_at,
        finished_at=run.finished_at,
        duration_ms=run.duration_ms,
        accounts=run.accounts,
        customers=run.buyers,
        actions=run.actions,
        snapshot_root=run.snapshot_root,
        failure=run.failure,
    )
