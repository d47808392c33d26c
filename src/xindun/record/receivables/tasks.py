"""What a worker does for the ledger: imports handed in by a browser, and those cut off.

What a reader would get wrong: a killed worker leaves its job behind, but not its batch. The
periodic task finds the batch by its free advisory lock, whoever was at it.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from xindun.kernel.errors import DomainError
from xindun.kit.jobs import app
from xindun.record.receivables.actions.imports import import_batch, resume_interrupted
from xindun.record.receivables.actions.receive import IMPORT_QUEUE, IMPORT_TASK
from xindun.record.receivables.ports import ledger_reader
from xindun.record.tenants import reads as tenants


@app.task(name=IMPORT_TASK, queue=IMPORT_QUEUE)
def run_import(tenant_id: int, public_id: str) -> None:
    """Import one batch; an expected refusal is kept in the batch and is no failure of the job."""
    try:
        import_batch(tenant_id, UUID(public_id), reader=ledger_reader(), clock=timezone.now)
    except DomainError:
        return


@app.periodic(cron="* * * * *")
@app.task(name="receivables.resume_imports", queue=IMPORT_QUEUE, queueing_lock="resume_imports")
def resume_imports(timestamp: int) -> None:  # noqa: ARG001 - the scheduler passes its tick
    """Finish imports that a stopped process left behind."""
    for tenant_id in tenants.all_tenant_ids():
        resume_interrupted(tenant_id, reader=ledger_reader(), clock=timezone.now)
