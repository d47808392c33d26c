"""Run an import: read the file, then load it in one transaction.

What a reader would get wrong: reading and loading are apart. Reading fills a work folder and may
be repeated at will; loading is one transaction that holds the row lock of the tenant's ledger
version, so a second import waits for the first, and kill -9 leaves either nothing or everything.
A batch that was cut off stays ``reading`` or ``loading``; nobody holds its advisory lock any
more, and that is how ``resume_interrupted`` knows.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.kit.files import tenant_files
from xindun.kit.outbox import publish
from xindun.kit.tenancy import tenant_scope
from xindun.record.receivables.actions.loading import load
from xindun.record.receivables.actions.receive import named_file
from xindun.record.receivables.models import ImportBatch
from xindun.record.receivables.ports import LedgerReader, Progress
from xindun.record.receivables.reads.batches import batch_value, interrupted_batches, stored_batch
from xindun.record.receivables.rules import check_step
from xindun.record.receivables.values import BatchStatus, BatchValue

Clock = Callable[[], datetime]
LOCK_CLASS = 0x1ED6  # "ledger": the advisory locks of running batches
PROGRESS_SECONDS = 0.5


class ImportRunning(DomainError):
    """Another process is at this import right now."""

    code = "import_running"
    sentence = "The import of {file_name} is running in another process."


def import_batch(
    tenant_id: int,
    public_id: UUID,
    *,
    reader: LedgerReader,
    clock: Clock,
    progress: Progress | None = None,
) -> BatchValue:
    """Read and load one batch; a batch that was cut off starts again.

    Must not run inside a tenant scope: progress commits on its own, for screens to see.

    Raises:
        UnknownBatch: no such import.
        ImportRunning: another process is at it.
        WrongBatchStep: it is committed or rejected.
        DomainError: whatever the file was refused for; the batch is ``failed`` and keeps it.
    """
    with tenant_scope(tenant_id):
        row = stored_batch(public_id)
    with _held(row):
        work = _work_folder(tenant_id, public_id)
        try:
            _step(tenant_id, public_id, BatchStatus.READING, started_at=clock(), error=None)
            return _read_and_load(tenant_id, row, work, reader, clock, progress)
        except Exception as error:
            _step(
                tenant_id,
                public_id,
                BatchStatus.FAILED,
                finished_at=clock(),
                error=_told(error),
            ) if _still_running(tenant_id, public_id) else None
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)


def resume_interrupted(
    tenant_id: int, *, reader: LedgerReader, clock: Clock, progress: Progress | None = None
) -> list[BatchValue]:
    """Finish the tenant's imports that were cut off; those still running elsewhere are left."""
    with tenant_scope(tenant_id):
        waiting = interrupted_batches()
    finished = []
    for batch in waiting:
        try:
            finished.append(
                import_batch(
                    tenant_id, batch.public_id, reader=reader, clock=clock, progress=progress
                )
            )
        except ImportRunning:
            continue
        except DomainError:  # stored in the batch, which is failed now
            with tenant_scope(tenant_id):
                finished.append(batch_value(stored_batch(batch.public_id)))
    return finished


def _read_and_load(
    tenant_id: int,
    row: ImportBatch,
    work: Path,
    reader: LedgerReader,
    clock: Clock,
    progress: Progress | None,
) -> BatchValue:
    options = {**row.options, "source": row.source, "recorded_at": clock().isoformat()}
    with named_file(tenant_id, row.public_id, work) as path:
        folder = reader(path, options, work / "ledger", _reporter(tenant_id, row, progress))
    rejects = tenant_files(tenant_id).put_path(folder.rejects_csv) if folder.rejects_csv else None
    _step(
        tenant_id,
        row.public_id,
        BatchStatus.LOADING,
        rows_done=folder.rows_read,
        bytes_done=row.file_size,
        layout=folder.layout,
        notices=list(folder.notices),
        rejects_sha256=rejects[0] if rejects else None,
    )
    return load(tenant_id, row.public_id, folder, clock=clock)


def _reporter(tenant_id: int, row: ImportBatch, progress: Progress | None) -> Progress:
    """Passes progress on and stores it twice a second at most."""
    last = 0.0

    def report(rows: int, done: int, total: int) -> None:
        nonlocal last
        if progress is not None:
            progress(rows, done, total)
        if time.monotonic() - last < PROGRESS_SECONDS:
            return
        last = time.monotonic()
        share = done / total if total else 0
        with tenant_scope(tenant_id):
            ImportBatch.objects.filter(id=row.id).update(
                rows_done=rows, bytes_done=int(share * row.file_size)
            )

    return report


def _step(tenant_id: int, public_id: UUID, wanted: BatchStatus, **fields: Any) -> None:
    """Move a batch on in a transaction of its own."""
    with tenant_scope(tenant_id):
        row = stored_batch(public_id, lock=True)
        check_step(BatchStatus(row.status), wanted)
        row.status = wanted.value
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        if wanted is BatchStatus.FAILED:
            publish(
                "import.failed",
                f"import:{public_id}",
                {"code": fields["error"]["code"]},
                occurred_at=fields["finished_at"],
            )


def _still_running(tenant_id: int, public_id: UUID) -> bool:
    with tenant_scope(tenant_id):
        status = BatchStatus(stored_batch(public_id).status)
    return status in (BatchStatus.READING, BatchStatus.LOADING)


def _told(error: Exception) -> dict[str, Any]:
    """What a screen may say about a failure: an unexpected one is named, never explained."""
    if isinstance(error, DomainError):
        return {
            "code": error.code,
            "params": {key: str(value) for key, value in error.params.items()},
            "sentence": error.sentence,
        }
    return {
        "code": "unexpected",
        "params": {"kind": type(error).__name__},
        "sentence": "The import failed unexpectedly ({kind}); the ledger is unchanged.",
    }


def _work_folder(tenant_id: int, public_id: UUID) -> Path:
    """An empty folder for one import; what an earlier attempt left there goes."""
    folder = Path(settings.XINDUN_HOME) / "work" / str(tenant_id) / str(public_id)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder


@contextmanager
def _held(row: ImportBatch) -> Iterator[None]:
    """Hold the batch's advisory lock, which dies with the process, or say who runs."""
    key = [LOCK_CLASS, row.id % (1 << 31)]
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", key)
        if not cursor.fetchone()[0]:
            raise ImportRunning(file_name=row.file_name)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", key)
