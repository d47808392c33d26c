"""The documents of a party, and where their bytes lie."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.kit.files import tenant_files
from xindun.kit.tenancy import current_tenant_id
from xindun.record.company_file.models import CompanyDocument
from xindun.record.company_file.values import Document, DocumentKind
from xindun.record.parties.reads import ids_behind


class UnknownDocument(DomainError):
    """No such document in a company file of this tenant."""

    code = "unknown_company_document"
    sentence = "There is no such document."


def documents_of(party_id: int, *, as_of: date, known_at: datetime) -> tuple[Document, ...]:
    """Every document of a party, the newest day first."""
    rows = CompanyDocument.objects.filter(
        tenant_id=current_tenant_id(),
        party_id__in=ids_behind(party_id, known_at=known_at),
        as_of__lte=as_of,
        recorded_at__lte=known_at,
    )
    return tuple(document_value(row) for row in rows.order_by("-as_of", "-id"))


def document(public_id: UUID) -> Document:
    """One document.

    Raises:
        UnknownDocument: as the name says.
    """
    row = CompanyDocument.objects.filter(tenant_id=current_tenant_id(), public_id=public_id).first()
    if row is None:
        raise UnknownDocument
    return document_value(row)


def document_with(party_id: int, sha256: str | None) -> Document | None:
    """The document of a party that has these bytes."""
    rows = CompanyDocument.objects.filter(tenant_id=current_tenant_id(), party_id=party_id)
    row = rows.filter(file_sha256=sha256).first() if sha256 else None
    return None if row is None else document_value(row)


def content_path(found: Document) -> Path:
    """Where a document's bytes lie, to be read only.

    Raises:
        FileMissing: the file is gone from the folder.
    """
    return tenant_files(current_tenant_id()).path(found.sha256)


def document_value(row: CompanyDocument) -> Document:
    """A row as the value other contexts see."""
    return Document(
        public_id=row.public_id,
        party_id=row.party_id,
        kind=DocumentKind(row.kind),
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.file_sha256,
        source=row.source,
        as_of=row.as_of,
        actor=row.actor,
        recorded_at=row.recorded_at,
    )
