"""Imports, as the import page and the command line show them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.kit.files import tenant_files
from xindun.record.receivables.models import ImportBatch
from xindun.record.receivables.values import (
    BatchStatus,
    BatchValue,
    Changes,
    ControlRow,
    Counts,
    FieldChange,
)

MAX_PAGE = 200


class UnknownBatch(DomainError):
    """No such import in this tenant."""

    code = "unknown_batch"
    sentence = "There is no import {public_id}."


def batches(*, limit: int = 50, offset: int = 0) -> list[BatchValue]:
    """The tenant's imports, newest first; at most 200 at once."""
    rows = ImportBatch.objects.order_by("-created_at", "-id")
    return [batch_value(row) for row in rows[offset : offset + min(limit, MAX_PAGE)]]


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
