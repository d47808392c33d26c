"""Store a document of a party."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePosixPath
from typing import IO
from uuid import UUID

from django.db import transaction

from xindun.kit.files import tenant_files
from xindun.kit.tenancy import current_tenant_id
from xindun.record.company_file import rules
from xindun.record.company_file.actions.facts import lock_file
from xindun.record.company_file.models import CompanyDocument
from xindun.record.company_file.reads.documents import document_value
from xindun.record.company_file.values import Document, DocumentKind
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import ids_behind
from xindun.record.parties.reads import party as party_named
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Actor, Permission

NAME_LENGTH = 200


def store_document(
    actor: Actor,
    party: UUID,
    content: IO[bytes],
    *,
    file_name: str,
    kind: DocumentKind,
    source: str,
    as_of: date,
    now: datetime,
) -> Document:
    """Store a file about a party; bytes that are there already are returned as they stand.

    Args:
        content: an open, seekable file.
        source: who issued it.
        as_of: the day for which it holds.

    Raises:
        NotPermitted, UnknownParty, BadText, FactInFuture, DocumentTooLarge, EmptyDocument,
        DocumentRefused, DocumentMisnamed, DocumentUnsafe: as named; nothing is stored then.
    """
    actor.check(Permission.FILES_CHANGE)
    said = rules.check_source(source)
    if as_of > company_day(now):
        raise rules.FactInFuture(day=as_of)
    known = party_named(party)
    media_type = rules.check_document(content, file_name)
    digest, size = tenant_files(current_tenant_id()).put(content)
    with transaction.atomic():
        lock_file(known.id)
        rows = CompanyDocument.objects.filter(
            tenant_id=current_tenant_id(), party_id__in=ids_behind(known.id)
        )
        before = rows.filter(file_sha256=digest).first()
        if before is not None:
            return document_value(before)
        row = CompanyDocument.objects.create(
            tenant_id=current_tenant_id(),
            party_id=known.id,
            kind=kind.value,
            file_name=_bare(file_name),
            media_type=media_type,
            file_sha256=digest,
            size=size,
            source=said,
            as_of=as_of,
            actor=actor.name,
        )
        row.refresh_from_db()
        append(
            kind="document_stored",
            subject=Subject("party", str(known.public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"document": digest},
            result={
                "document": str(row.public_id),
                "kind": kind.value,
                "as_of": as_of,
                "bytes": size,
            },
            versions={},
        )
    return document_value(row)


def _bare(file_name: str) -> str:
    """The name without folders and control characters, for people."""
    last = PurePosixPath(file_name.replace("\\", "/")).name
    return "".join(each for each in last if each.isprintable())[-NAME_LENGTH:] or "document"
