"""Take a file's bytes in, recognise a duplicate, and start its import.

What a reader would get wrong: a file that was committed once is refused the second time even when
a later file corrected its rows. Importing an old file again would silently undo the correction;
who means it says ``again``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.kit.files import tenant_files
from xindun.kit.jobs import app
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.receivables.models import ImportBatch
from xindun.record.receivables.reads.batches import batch_value, stored_batch
from xindun.record.receivables.rules import check_step, options_digest, stored_name
from xindun.record.receivables.values import RUNNING, BatchStatus, ImportOutcome

IMPORT_TASK = "receivables.import_batch"
IMPORT_QUEUE = "imports"


class EmptyUpload(DomainError):
    """The file has no bytes."""

    code = "empty_upload"
    sentence = "The file {file_name} is empty."


def receive_file(
    tenant_id: int,
    content: IO[bytes],
    *,
    file_name: str,
    now: datetime,
    source: str = "main",
    options: Mapping[str, Any] | None = None,
    actor: str = "system:import",
    again: bool = False,
) -> ImportOutcome:
    """Store a file and open its import; nothing is read yet.

    Args:
        tenant_id: whose ledger.
        content: the bytes; read to the end.
        file_name: as the person calls it; only its last part is kept.
        now: the edge's clock.
        source: the name of the system the file comes from, part of every document's identity.
        options: how to read it (see ``connectors/ledger_files/options.py``), as JSON.
        actor: who hands it in, as evidence names actors.
        again: import it although the same file was committed before.

    Returns:
        The new batch; for a duplicate one that is already closed, with ``duplicate_of`` set; for
        a file whose import is still open, that one.

    Raises:
        EmptyUpload: no bytes.
    """
    name = stored_name(file_name)
    digest, size = tenant_files(tenant_id).put(content)
    if size == 0:
        raise EmptyUpload(file_name=name)
    chosen = dict(options or {})
    with tenant_scope(tenant_id):
        _one_at_a_time(digest)
        known = options_digest(source, chosen)
        still_open = _find(digest, known, [status.value for status in RUNNING])
        if still_open is not None:
            return ImportOutcome(batch_value(still_open))
        row = ImportBatch(
            tenant_id=tenant_id,
            source=source,
            file_name=name,
            file_sha256=digest,
            file_size=size,
            options=chosen,
            options_sha256=known,
            status=BatchStatus.UPLOADED.value,
            actor=actor,
            created_at=now,
        )
        earlier = None if again else _find(digest, known, [BatchStatus.COMMITTED.value])
        if earlier is not None:
            _reject(row, earlier, now)
        row.save(force_insert=True)
        return ImportOutcome(batch_value(row), batch_value(earlier) if earlier else None)


def start_import(
    tenant_id: int,
    public_id: UUID,
    *,
    now: datetime,
    source: str = "main",
    options: Mapping[str, Any] | None = None,
    again: bool = False,
) -> ImportOutcome:
    """Confirm an uploaded file with its options and hand it to a worker.

    The job commits together with the batch's new options. A duplicate is closed and not started.

    Raises:
        UnknownBatch: no such import.
        WrongBatchStep: it was started before.
    """
    with tenant_scope(tenant_id):
        row = stored_batch(public_id, lock=True)
        check_step(BatchStatus(row.status), BatchStatus.READING)
        row.source, row.options = source, dict(options or {})
        row.options_sha256 = options_digest(source, row.options)
        row.error = None
        earlier = (
            None
            if again
            else _find(row.file_sha256, row.options_sha256, [BatchStatus.COMMITTED.value])
        )
        if earlier is not None:
            check_step(BatchStatus(row.status), BatchStatus.REJECTED_DUPLICATE)
            _reject(row, earlier, now)
            row.save()
            return ImportOutcome(batch_value(row), batch_value(earlier))
        row.status = BatchStatus.READING.value
        row.started_at = now
        row.save()
        app.configure_task(IMPORT_TASK, queue=IMPORT_QUEUE, lock=f"ledger-{tenant_id}").defer(
            tenant_id=tenant_id, public_id=str(public_id)
        )
        return ImportOutcome(batch_value(row))


def discard(tenant_id: int, public_id: UUID, *, now: datetime) -> None:
    """Close an upload that nobody wants to import; its bytes stay as evidence.

    Raises:
        WrongBatchStep: it is past being uploaded.
    """
    with tenant_scope(tenant_id):
        row = stored_batch(public_id, lock=True)
        if row.status != BatchStatus.UPLOADED.value:
            check_step(BatchStatus(row.status), BatchStatus.UPLOADED)
        row.status = BatchStatus.FAILED.value
        row.finished_at = now
        row.error = {"code": "discarded", "params": {}, "sentence": "The upload was discarded."}
        row.save()


@contextmanager
def named_file(tenant_id: int, public_id: UUID, folder: Path | None = None) -> Iterator[Path]:
    """The bytes of an import under their own file name, for readers that look at it.

    The path is gone when the block ends.
    """
    with tenant_scope(tenant_id):
        row = stored_batch(public_id)
        stored = tenant_files(current_tenant_id()).path(row.file_sha256)
    with tempfile.TemporaryDirectory(prefix="named-", dir=folder or stored.parent) as place:
        path = Path(place) / row.file_name
        try:
            os.link(stored, path)
        except OSError:  # another file system
            shutil.copyfile(stored, path)
        yield path


def _one_at_a_time(digest: str) -> None:
    """Two uploads of one file at once: the second one sees the first's batch."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 1))", [digest])


def _find(digest: str, options_sha256: str, statuses: list[str]) -> ImportBatch | None:
    return (
        ImportBatch.objects.filter(
            file_sha256=digest, options_sha256=options_sha256, status__in=statuses
        )
        .order_by("id")
        .last()
    )


def _reject(row: ImportBatch, earlier: ImportBatch, now: datetime) -> None:
    row.status = BatchStatus.REJECTED_DUPLICATE.value
    row.finished_at = now
    row.ledger_version = earlier.ledger_version
    row.error = {
        "code": "duplicate_file",
        "params": {"public_id": str(earlier.public_id), "day": earlier.created_at.date()},
        "sentence": "The same file was imported on {day}; nothing was added.",
    }
    row.error["params"] = {key: str(value) for key, value in row.error["params"].items()}
