"""Report files of bureaus and registers: handed in, read by a job, recorded or discarded.

What a reader would get wrong: reading a file records nothing. What it says, and about whom, is
looked at first; only ``record`` puts it into the company file, once.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, Any, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from xindun.api import jobs
from xindun.api.operations import MULTIPART, actor_of, operation
from xindun.api.problems import stored_problem
from xindun.api.v1.company_file import party_of_customer
from xindun.api.v1.jobs import JobShape, ProblemShape, job_shape
from xindun.api.v1.shapes import Amount, Asked, Currency, Shape
from xindun.connectors.bureau import actions, reads
from xindun.connectors.bureau.values import EnquiryValue, Outcome, Report, ReportFormat
from xindun.record.parties.reads import parties_by_id
from xindun.record.tenants.values import Permission

router = Router(tags=["Company file"])
ReportState = Literal["queued", "running", "waiting", "done", "failed", "discarded"]


class ReportAsked(Asked):
    """The numbers by which a file of many companies names the one that is meant."""

    lei: str | None = Field(None, max_length=20)
    gb_crn: str | None = Field(None, max_length=8, description="Companies House number.")


class ReportedFactShape(Shape):
    """One fact as the source states it."""

    kind: str
    value: Any = Field(description="In the shape of its kind.")
    as_of: date


class ReportedStatementShape(Shape):
    """One year's statement as it was filed."""

    starts_on: date
    ends_on: date
    standard: str
    currency: Currency
    filed_on: date
    figures: dict[str, Amount]
    restates: bool = Field(description="Says something else than an earlier filing.")


class ReportNoticeShape(Shape):
    """What a reader of the report should know."""

    code: str
    params: dict[str, str]


class ReportContentShape(Shape):
    """What a file says, until it is recorded or discarded."""

    source: str
    format: ReportFormat
    as_of: date
    name: str = Field(description="Whom it is about, by the report itself.")
    country: str
    identifiers: dict[str, str]
    facts: list[ReportedFactShape]
    statements: list[ReportedStatementShape]
    notices: list[ReportNoticeShape]


class ReportRefusalShape(Shape):
    """One thing of a report that was not recorded."""

    what: str
    code: str
    params: dict[str, str]


class ReportOutcomeShape(Shape):
    """What recording a report did."""

    facts: int = Field(description="New facts.")
    statements: int = Field(description="New statements.")
    unplaced: list[str] = Field(description="Kinds that the company file has no place for.")
    refused: list[ReportRefusalShape]


class BureauReportShape(Shape):
    """A report file and what became of it."""

    id: UUID
    state: ReportState = Field(description="`waiting`: it was read and is to be decided about.")
    file_name: str
    sha256: str
    asked_at: datetime
    finished_at: datetime | None
    content: ReportContentShape | None
    outcome: ReportOutcomeShape | None
    error: ProblemShape | None = Field(description="Why it could not be read.")


@router.post(
    "/customers/{uuid:customer_id}/reports",
    response={202: JobShape},
    summary="Hand in a report file",
)
@operation(Permission.FILES_CHANGE, takes=MULTIPART)
def upload_report(
    request: HttpRequest,
    response: HttpResponse,
    customer_id: UUID,
    file: File[UploadedFile],
    details: Form[ReportAsked],
    mapping: File[UploadedFile | None] = None,
) -> Status[JobShape]:
    """A GLEIF golden copy, SEC company facts, or any JSON or CSV with a mapping (YAML), as
    `multipart/form-data`. A job reads it; the header Link names the report, whose content is then
    recorded or discarded."""
    party = party_of_customer(customer_id)
    actor = actor_of(request)
    made = actions.receive_file(
        actor,
        party.public_id,
        cast("IO[bytes]", file),
        file_name=file.name or "",
        identifiers=details.model_dump(exclude_none=True),
        mapping=cast("IO[bytes] | None", mapping),
        now=timezone.now(),
    )
    job = jobs.ask(jobs.JobKind.REPORT, actor=actor.name, enquiry_id=made.public_id)
    response.headers["Location"] = f"/api/v1/jobs/{job.public_id}"
    response.headers["Link"] = f'</api/v1/reports/{made.public_id}>; rel="related"'
    return Status(202, job_shape(job))


@router.get("/reports/{uuid:report_id}", response=BureauReportShape, summary="One report file")
@operation(Permission.FILES_READ)
def get_report(request: HttpRequest, report_id: UUID) -> BureauReportShape:
    """What a file says, and what became of it."""
    return _report(reads.enquiry(report_id))


@router.post(
    "/reports/{uuid:report_id}/record", response=BureauReportShape, summary="Record a report"
)
@operation(Permission.FILES_CHANGE)
def record_report(request: HttpRequest, report_id: UUID) -> BureauReportShape:
    """Put what was read into the company file of the customer that it was handed in for."""
    party_id = reads.enquiry(report_id).party_id
    party = parties_by_id([party_id])[party_id]
    actions.confirm(actor_of(request), report_id, party.public_id, now=timezone.now())
    return _report(reads.enquiry(report_id))


@router.post(
    "/reports/{uuid:report_id}/discard", response=BureauReportShape, summary="Discard a report"
)
@operation(Permission.FILES_CHANGE)
def discard_report(request: HttpRequest, report_id: UUID) -> BureauReportShape:
    """Record nothing of it; its bytes stay as evidence."""
    actions.discard(actor_of(request), report_id, now=timezone.now())
    return _report(reads.enquiry(report_id))


def _report(found: EnquiryValue) -> BureauReportShape:
    return BureauReportShape(
        id=found.public_id,
        state=found.state.value,
        file_name=found.file_name,
        sha256=found.file_sha256,
        asked_at=found.asked_at,
        finished_at=found.finished_at,
        content=None if found.report is None else _content(found.report),
        outcome=None if found.outcome is None else _outcome(found.outcome),
        error=None if found.error is None else ProblemShape(**stored_problem(found.error)),
    )


def _content(told: Report) -> ReportContentShape:
    return ReportContentShape(
        source=told.source,
        format=told.format,
        as_of=told.as_of,
        name=told.subject.name,
        country=told.subject.country,
        identifiers=dict(told.subject.identifiers),
        facts=[
            ReportedFactShape(kind=each.kind, value=each.value, as_of=each.as_of)
            for each in told.facts
        ],
        statements=[
            ReportedStatementShape(
                starts_on=each.starts_on,
                ends_on=each.ends_on,
                standard=each.standard,
                currency=each.currency,
                filed_on=each.filed_on,
                figures={name: f"{amount:f}" for name, amount in each.lines.items()},
                restates=each.restates,
            )
            for each in told.statements
        ],
        notices=[
            ReportNoticeShape(code=each.code, params=dict(each.params)) for each in told.notices
        ],
    )


def _outcome(done: Outcome) -> ReportOutcomeShape:
    return ReportOutcomeShape(
        facts=done.facts,
        statements=done.statements,
        unplaced=[*done.unplaced],
        refused=[
            ReportRefusalShape(what=what, code=code, params=dict(params))
            for what, code, params in done.refused
        ],
    )
