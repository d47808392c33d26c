"""Ledger files on their way in: upload, what was recognised and is asked, start, result, rejects.

What a reader would get wrong: an upload reads nothing into the ledger. It is looked at, asks what
it leaves open, and waits for ``start`` with the answers; only then a job imports it.
"""

from __future__ import annotations

from typing import IO, Any, Literal, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from xindun.api import jobs
from xindun.api.lists import page_of, place_of
from xindun.api.operations import CSV, MULTIPART, actor_of, check_match, operation
from xindun.api.problems import NothingHere
from xindun.api.v1.import_shapes import (
    ImportShape,
    ImportState,
    RecognitionShape,
    import_shape,
    question_shape,
    recognition_shape,
)
from xindun.api.v1.jobs import JobShape, job_shape
from xindun.api.v1.shapes import Asked, PageAsked, Paged
from xindun.config.ledger_reading import options_of
from xindun.connectors.ledger_files import recognise
from xindun.connectors.ledger_files.options import Anchor, DateOrder
from xindun.connectors.ledger_files.sources.content import check_content
from xindun.connectors.ledger_files.values import NeedsAnswer
from xindun.kit.tenancy import current_tenant_id
from xindun.record.receivables import actions, reads
from xindun.record.receivables.values import BatchStatus
from xindun.record.tenants.values import Permission

router = Router(tags=["Imports"])


class ImportsPage(Paged):
    """A page of imports, the newest first."""

    items: list[ImportShape]


class ImportsAsked(PageAsked):
    """What the list is narrowed to."""

    q: str | None = Field(None, max_length=200, description="Part of the file's name.")
    state: ImportState | None = Field(None, description="Only imports in this state.")


class ReadingOptions(Asked):
    """Answers to the questions; each fills a gap or settles what can be read in two ways."""

    mapping: dict[str, str] = Field(
        default_factory=dict,
        description="Field of the ledger to header of the file; an empty header: no column.",
    )
    date_order: DateOrder | None = Field(None, description="How 01/02/2025 reads.")
    decimal: Literal[".", ","] | None = Field(None, description="The decimal mark.")
    currency: str | None = Field(
        None, min_length=3, max_length=3, description="Of rows that name none."
    )
    terms_days: int | None = Field(None, ge=0, le=999, description="Where due dates are missing.")
    due_anchor: Anchor | None = Field(None, description="The event from which terms run.")
    encoding: str | None = Field(None, max_length=40, description="Of a text file.")
    delimiter: str | None = Field(None, min_length=1, max_length=1)
    row_id: str | None = Field(None, max_length=200, description="Column that identifies a row.")
    sheet: str | None = Field(None, max_length=200, description="Only this sheet of a workbook.")


class StartAsked(Asked):
    """How an uploaded file is read in."""

    options: ReadingOptions = Field(default_factory=lambda: ReadingOptions.model_validate({}))
    source: str = Field(
        "main",
        min_length=1,
        max_length=40,
        pattern=r"^[-a-zA-Z0-9_]+$",
        description="The system the file comes from; part of each document's identity.",
    )
    again: bool = Field(False, description="Import it although the same file was imported before.")


@router.post("/imports", response={201: ImportShape}, summary="Upload a ledger file")
@operation(Permission.LEDGER_IMPORT, takes=MULTIPART)
def upload_import(
    request: HttpRequest,
    response: HttpResponse,
    file: File[UploadedFile],
) -> Status[Any]:
    """Store a ledger file as `multipart/form-data`. Nothing is read into the ledger yet: look at
    its recognition, then start it. A file that is no table by its content is refused."""
    check_content(cast("IO[bytes]", file), file.name or "ledger")
    outcome = actions.receive_file(
        current_tenant_id(),
        file,
        file_name=file.name or "ledger",
        now=timezone.now(),
        actor=actor_of(request).name,
        again=True,  # the duplicate is refused when it is started, with its options known
    )
    response.headers["Location"] = f"/api/v1/imports/{outcome.batch.public_id}"
    return Status(201, import_shape(outcome.batch))


@router.get("/imports", response=ImportsPage, summary="List imports")
@operation(Permission.LEDGER_READ)
def list_imports(request: HttpRequest, params: Query[ImportsAsked]) -> ImportsPage:
    """Every file that was handed in, the newest first."""
    place = place_of("list_imports", params)
    rows = reads.batches_after(
        query=(params.q or "").replace("\x00", ""),
        statuses=frozenset() if params.state is None else frozenset({BatchStatus(params.state)}),
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request, "list_imports", params, rows, lambda batch: {"row": batch.id}
    )
    return ImportsPage(next=following, items=[*map(import_shape, shown)])


@router.get("/imports/{uuid:import_id}", response=ImportShape, summary="One import")
@operation(Permission.LEDGER_READ)
def get_import(request: HttpRequest, import_id: UUID) -> ImportShape:
    """Where an import stands; after it is committed, what it did and its control totals."""
    return import_shape(reads.batch(import_id))


@router.get(
    "/imports/{uuid:import_id}/recognition",
    response=RecognitionShape,
    summary="What was recognised in a file",
)
@operation(Permission.LEDGER_READ)
def get_recognition(request: HttpRequest, import_id: UUID) -> RecognitionShape:
    """Tables, columns and what they are read as, and the questions that the file leaves open."""
    batch = reads.batch(import_id)
    try:
        with actions.named_file(current_tenant_id(), import_id) as path:
            found = recognise([path], options_of(batch.options))
    except NeedsAnswer as error:
        asked = [*map(question_shape, error.questions)]
        return RecognitionShape(ready=False, tables=[], questions=asked, notices=[])
    return recognition_shape(found)


@router.post("/imports/{uuid:import_id}/start", response={202: JobShape}, summary="Start an import")
@operation(Permission.LEDGER_IMPORT)
def start_import(
    request: HttpRequest, import_id: UUID, body: StartAsked, response: HttpResponse
) -> Status[Any]:
    """Confirm how the file is read and hand it to a worker; the job says how it goes.

    With If-Match it starts only the import as it was read. A file that was imported before is
    refused in the job, with the code `duplicate_file`, unless `again` is true.
    """
    check_match(request, import_shape(reads.batch(import_id)))
    options = {
        name: value
        for name, value in body.options.model_dump(mode="json").items()
        if value not in (None, "", {})
    }
    options_of(options)  # a mapping to an unknown field is refused here
    actions.start_import(
        current_tenant_id(),
        import_id,
        now=timezone.now(),
        source=body.source,
        options=options,
        again=body.again,
    )
    job = jobs.ask(jobs.JobKind.IMPORT, actor=actor_of(request).name, import_id=import_id)
    response.headers["Location"] = f"/api/v1/jobs/{job.public_id}"
    return Status(202, job_shape(job))


@router.post("/imports/{uuid:import_id}/discard", response=ImportShape, summary="Discard an upload")
@operation(Permission.LEDGER_IMPORT)
def discard_import(request: HttpRequest, import_id: UUID) -> ImportShape:
    """Close an upload that nobody wants to import; its bytes stay as evidence."""
    check_match(request, import_shape(reads.batch(import_id)))
    actions.discard(current_tenant_id(), import_id, now=timezone.now())
    return import_shape(reads.batch(import_id))


@router.get("/imports/{uuid:import_id}/rejects", summary="Rejected rows as CSV")
@operation(Permission.LEDGER_READ, offers=CSV)
def get_rejects(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """The rows that were not read in, with line, column and reason; 404 when there are none."""
    path = reads.rejects_of(import_id)
    if path is None:
        raise NothingHere
    # Closed by FileResponse when the last byte is sent.
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename="rejects.csv",
        content_type=f"{CSV}; charset=utf-8",
    )
