"""Imports, as the import page and the command line show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, Func, OrderBy, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Lower

from xindun.kernel.errors import DomainError
from xindun.kernel.paging import page_place
from xindun.kit.files import tenant_files
from xindun.record.receivables.models import ImportBatch
from xindun.record.receivables.values import (
    BatchesPage,
    BatchStatus,
    BatchValue,
    Changes,
    ControlRow,
    Counts,
    FieldChange,
)

MAX_PAGE = 200
PAGE_SIZE = 20
NEWEST_FIRST = "-uploaded"


def _count(name: str) -> Coalesce:
    """A stored count as a number; 0 before an import has counted anything."""
    return Coalesce(Cast(KeyTextTransform(name, "counts"), BigIntegerField()), 0)


SORTS: dict[str, Func | F] = {
    "file": Lower("file_name"),
    "status": F("status"),
    "uploaded": F("created_at"),
    "added": _count("documents_added"),
    "changed": _count("documents_updated"),
    "rejected": _count("rejected"),
}
"""What the list of imports can be ordered by; ``-`` in front turns it round."""


class UnknownBatch(DomainError):
    """No such import in this tenant."""

    code = "unknown_batch"
    sentence = "There is no import {public_id}."


def batches(*, limit: int = 50, offset: int = 0) -> list[BatchValue]:
    """The tenant's imports, newest first; at most 200 at once."""
    rows = ImportBatch.objects.order_by("-created_at", "-id")
    return [batch_value(row) for row in rows[offset : offset + min(limit, MAX_PAGE)]]


def batches_page(
    *,
    query: str = "",
    statuses: frozenset[BatchStatus] = frozenset(),
    sort: str = NEWEST_FIRST,
    page: int = 1,
) -> BatchesPage:
    """A page of the tenant's imports.

    Args:
        query: a part of the file's name, in any case.
        statuses: only these; empty for all.
        sort: a key of ``SORTS``, with ``-`` in front for the other direction; an unknown one is
            the newest first.
        page: from 1; a page behind the last is the last.
    """
    rows, sort = _wanted(query, statuses, sort)
    total = rows.count()
    at = page_place(total, page, PAGE_SIZE)
    shown = rows[at.start : at.stop]
    return BatchesPage(tuple(map(batch_value, shown)), total, at.page, at.pages, sort)


def batches_after(
    *,
    query: str = "",
    statuses: frozenset[BatchStatus] = frozenset(),
    after: int | None = None,
    limit: int = PAGE_SIZE,
) -> list[BatchValue]:
    """Imports, the newest first, from behind the one with the row id ``after`` on."""
    rows, _sort = _wanted(query, statuses, NEWEST_FIRST)
    rows = rows.order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [batch_value(row) for row in rows[:limit]]


def iter_batches(
    *, query: str = "", statuses: frozenset[BatchStatus] = frozenset(), sort: str = NEWEST_FIRST
) -> Iterator[BatchValue]:
    """Every import that ``batches_page`` would list, in its order; consume it in the scope."""
    rows, _sort = _wanted(query, statuses, sort)
    return map(batch_value, rows.iterator(MAX_PAGE))


def _wanted(
    query: str, statuses: frozenset[BatchStatus], sort: str
) -> tuple[QuerySet[ImportBatch], str]:
    rows = ImportBatch.objects.all()
    if query := query.strip():
        rows = rows.filter(file_name__icontains=query)
    if statuses:
        rows = rows.filter(status__in=[status.value for status in statuses])
    if sort.removeprefix("-") not in SORTS:
        sort = NEWEST_FIRST
    key = SORTS[sort.removeprefix("-")]
    order = OrderBy(key, descending=sort.startswith("-"))
    return rows.order_by(order, "-created_at", "-id"), sort


def batch(public_id: UUID) -> BatchValue:
    """One import.

    Raises:
        UnknownBatch: this tenant has none with that id.
    """
    return batch_value(stored_batch(public_id))


def stored_batch(public_id: UUID, *, lock: bool = False) -> ImportBatch:
    """The row of one import, for this context's own actions.

    Raises:
        UnknownBatch: this tenant has none with that id.
    """
    rows = ImportBatch.objects.select_for_update() if lock else ImportBatch.objects.all()
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise UnknownBatch(public_id=public_id)
    return row


def interrupted_batches() -> list[BatchValue]:
    """Imports begun and not finished, oldest first: running in some process, or cut off."""
    begun = [BatchStatus.READING.value, BatchStatus.LOADING.value]
    rows = ImportBatch.objects.filter(status__in=begun).order_by("id")
    return [batch_value(row) for row in rows]


def rejects_of(public_id: UUID) -> Path | None:
    """The CSV of an import's rejected rows; None when every row was good."""
    row = stored_batch(public_id)
    return tenant_files(row.tenant_id).path(row.rejects_sha256) if row.rejects_sha256 else None


def batch_value(row: ImportBatch) -> BatchValue:
    """The value of a stored batch."""
    return BatchValue(
        id=row.id,
        public_id=row.public_id,
        source=row.source,
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        file_size=row.file_size,
        options=row.options,
        status=BatchStatus(row.status),
        rows_done=row.rows_done,
        bytes_done=row.bytes_done,
        layout=row.layout,
        notices=tuple(row.notices),
        control=tuple(_control(each) for each in row.control),
        counts=Counts(**row.counts),
        changes=_changes(row.changes),
        has_rejects=row.rejects_sha256 is not None,
        error=row.error,
        merkle_root=bytes(row.merkle_root).hex() if row.merkle_root is not None else None,
        ledger_version=row.ledger_version,
        actor=row.actor,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _control(stored: Mapping[str, Any]) -> ControlRow:
    amounts = {name: Decimal(stored[name]) for name in stored if name.endswith("_amount")}
    return ControlRow(**{**stored, **amounts})


def _changes(stored: Mapping[str, Any]) -> Changes:
    return Changes(
        fields=dict(stored.get("fields", {})),
        examples=tuple(FieldChange(**each) for each in stored.get("examples", [])),
    )
