"""Long work: how it stands, and where its result is.

What a reader would get wrong: a job stores no state of its own. It is read from the import, or
from the reviews that were made since it was asked for, so it is right after any crash.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from xindun.api.jobs import JobKind, JobStanding, JobState, asked_job, asked_jobs, standing_of
from xindun.api.lists import page_of, place_of
from xindun.api.operations import operation
from xindun.api.problems import stored_problem
from xindun.api.v1.shapes import Figure, PageAsked, Paged, Shape, figure_or_none
from xindun.record.tenants.values import Permission

router = Router(tags=["Jobs"])
ASK_AGAIN_SECONDS = "1"
RESULTS = {JobKind.IMPORT: "import", JobKind.REVIEW: "run", JobKind.REPORT: "report"}
"""What comes of each kind of job; its address is the plural."""


class ResultShape(Shape):
    """What came of a job."""

    type: str = Field(examples=["import"])
    id: UUID
    href: str


class ProblemShape(Shape):
    """A refusal (RFC 9457); `code` and `type` are stable, the sentences follow the language."""

    type: str = Field(examples=["urn:xindun:problem:unknown_buyer"])
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, str]


class JobShape(Shape):
    """Long work that was asked for."""

    id: UUID
    kind: JobKind
    state: JobState
    progress: Figure | None = Field(description="Share done, 0 to 1; null where not known.")
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    result: ResultShape | None = Field(description="Null until it has succeeded.")
    error: ProblemShape | None = Field(description="Why it failed.")


class JobsPage(Paged):
    """A page of jobs, the newest first."""

    items: list[JobShape]


@router.get("/jobs", response=JobsPage, summary="List jobs")
@operation(Permission.LEDGER_READ)
def list_jobs(request: HttpRequest, params: Query[PageAsked]) -> JobsPage:
    """What was asked for in the last 30 days by any key of the company."""
    place = place_of("list_jobs", params)
    rows = asked_jobs(after=None if place is None else place["row"], limit=params.limit + 1)
    shown, following = page_of(
        request, "list_jobs", params, rows, lambda each: {"row": each.number}
    )
    return JobsPage(next=following, items=[*map(job_shape, shown)])


@router.get("/jobs/{uuid:job_id}", response=JobShape, summary="One job")
@operation(Permission.LEDGER_READ)
def get_job(request: HttpRequest, job_id: UUID, response: HttpResponse) -> JobShape:
    """How a job stands. Ask again after the seconds in Retry-After while it is not finished."""
    shape = job_shape(asked_job(job_id))
    if shape.state in (JobState.QUEUED, JobState.RUNNING):
        response.headers["Retry-After"] = ASK_AGAIN_SECONDS
    return shape


def job_shape(job: Any) -> JobShape:
    """A job as the interface tells it."""
    stands: JobStanding = standing_of(job)
    result = None
    if stands.result_id is not None:
        name = RESULTS[job.kind]
        result = ResultShape(
            type=name, id=stands.result_id, href=f"/api/v1/{name}s/{stands.result_id}"
        )
    return JobShape(
        id=job.public_id,
        kind=job.kind,
        state=stands.state,
        progress=figure_or_none(stands.progress),
        asked_at=job.asked_at,
        started_at=stands.started_at,
        finished_at=stands.finished_at,
        result=result,
        error=None if stands.error is None else ProblemShape(**stored_problem(stands.error)),
    )
