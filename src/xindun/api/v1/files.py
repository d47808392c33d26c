"""Documents of a customer's company file: listed, stored, handed out.

What a reader would get wrong: a document's name decides nothing and its bytes everything. The same
bytes a second time are answered as they were stored, and a download is always an attachment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any, Literal, cast
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from xindun.api.operations import BYTES, MULTIPART, actor_of, operation
from xindun.api.v1.company_file import StoodAsked, party_of_customer, walked
from xindun.api.v1.shapes import Asked, Paged, Shape
from xindun.record.company_file import actions, reads
from xindun.record.company_file.values import Document, DocumentKind
from xindun.record.parties import reads as parties
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Permission

router = Router(tags=["Company file"])


FileKind = Literal["registration", "statement", "report", "contract", "other"]
"""The kinds of documents, spelled out: the ledger's documents have kinds of their own."""


class FileShape(Shape):
    """A stored document."""

    id: UUID
    kind: FileKind
    file_name: str
    media_type: str = Field(description="By its content.")
    size: int = Field(description="In bytes.")
    sha256: str
    source: str = Field(description="Who issued it.")
    as_of: date = Field(description="The day for which it holds.")
    recorded_at: datetime


class FilesPage(Paged):
    """A page of documents, the newest day first."""

    items: list[FileShape]


class FilesAsked(StoodAsked):
    """What the documents are narrowed to."""

    kind: FileKind | None = Field(None, description="Only documents of this kind.")


class FileAsked(Asked):
    """What is said about a document that is stored."""

    kind: FileKind
    source: str = Field(min_length=1, max_length=300, description="Who issued it.")
    as_of: date = Field(description="The day for which it holds.")


@router.get("/customers/{uuid:customer_id}/files", response=FilesPage, summary="List documents")
@operation(Permission.FILES_READ)
def list_files(request: HttpRequest, customer_id: UUID, params: Query[FilesAsked]) -> FilesPage:
    """Every document of the company file with its hash."""

    def read(party: PartyValue, as_of: date, known_at: datetime) -> Sequence[Document]:
        found = reads.documents_of(party.id, as_of=as_of, known_at=known_at)
        return [each for each in found if params.kind in (None, each.kind)]

    shown, following = walked(request, f"list_files {customer_id}", customer_id, params, read)
    return FilesPage(next=following, items=[*map(_file, shown)])


@router.post(
    "/customers/{uuid:customer_id}/files", response={201: FileShape}, summary="Store a document"
)
@operation(Permission.FILES_CHANGE, takes=MULTIPART)
def store_file(
    request: HttpRequest,
    response: HttpResponse,
    customer_id: UUID,
    file: File[UploadedFile],
    details: Form[FileAsked],
) -> Status[FileShape]:
    """A PDF, PNG, JPEG, XLSX, DOCX or plain text of at most 25 MB, as `multipart/form-data`. What
    it is its content says; what can run or unpacks to too much is refused."""
    party = party_of_customer(customer_id)
    stored = actions.store_document(
        actor_of(request),
        party.public_id,
        cast("IO[bytes]", file),
        file_name=file.name or "",
        kind=DocumentKind(details.kind),
        source=details.source,
        as_of=details.as_of,
        now=timezone.now(),
    )
    response.headers["Location"] = f"/api/v1/customers/{customer_id}/files/{stored.public_id}"
    return Status(201, _file(stored))


@router.get(
    "/customers/{uuid:customer_id}/files/{uuid:file_id}",
    response=FileShape,
    summary="One document",
)
@operation(Permission.FILES_READ)
def get_file(request: HttpRequest, customer_id: UUID, file_id: UUID) -> FileShape:
    """What is known of a document."""
    return _file(document_of(customer_id, file_id))


@router.get(
    "/customers/{uuid:customer_id}/files/{uuid:file_id}/content", summary="A document's bytes"
)
@operation(Permission.FILES_READ, offers=BYTES)
def download_file(request: HttpRequest, customer_id: UUID, file_id: UUID) -> HttpResponseBase:
    """The bytes as they came in; check them against the hash."""
    found = document_of(customer_id, file_id)
    # Closed by FileResponse when the last byte is sent.
    return FileResponse(
        reads.content_path(found).open("rb"),
        as_attachment=True,
        filename=found.file_name,
        content_type=BYTES,
    )


def document_of(customer_id: UUID, file_id: UUID) -> Document:
    """A document of this customer's company file.

    Raises:
        UnknownBuyer: this company has no such customer.
        UnknownDocument: its file has no such document.
    """
    party = parties.party_of(parties.buyer(customer_id).id)
    found = reads.document(file_id)
    if party is None or found.party_id not in parties.ids_behind(party.id):
        raise reads.UnknownDocument
    return found


def _file(found: Document) -> FileShape:
    own: dict[str, Any] = {
        name: getattr(found, name) for name in FileShape.model_fields if name != "id"
    }
    return FileShape(id=found.public_id, **own)
