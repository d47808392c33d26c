"""Load a ledger folder into PostgreSQL: everything in one transaction.

What a reader would get wrong: the order. The lock on the tenant's ledger version comes before the
comparison, so nothing can change between comparing and writing; the batch becomes ``committed``,
the evidence is written and the ledger version moves in the same transaction as the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from xindun.kernel.errors import DomainError
from xindun.kernel.merkle import merkle_root
from xindun.kit.events import LEDGER_CHANGED, announce
from xindun.kit.outbox import publish
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import actions as evidence
from xindun.record.evidence.values import Subject
from xindun.record.exposure.actions import POSTINGS_TABLE
from xindun.record.orders import actions as orders
from xindun.record.orders.reads import waiting_invoices
from xindun.record.parties.actions import record_staged_buyers
from xindun.record.receivables.actions.changes import changes
from xindun.record.receivables.actions.comparing import compare
from xindun.record.receivables.actions.naming import NAMING_TABLES, apply_named
from xindun.record.receivables.actions.staging import stage_folder
from xindun.record.receivables.actions.writing import write
from xindun.record.receivables.models import ImportBatch, LedgerVersion
from xindun.record.receivables.reads.batches import batch_value, stored_batch
from xindun.record.receivables.reads.overdue import known_invoices
from xindun.record.receivables.rules import check_step
from xindun.record.receivables.values import BatchStatus, BatchValue, Counts, LedgerFolder

MASS_ROWS = 50_000
"""From here on whole tables are joined: hash joins beat a lookup a row."""

STATISTICS_ROWS = 10_000
"""From here on the planner's statistics are out of date, and screens would feel it."""

TEMPORARY = ("xd_item", "xd_use", "xd_gone", "xd_touched", *NAMING_TABLES, POSTINGS_TABLE)
HASH_BYTES = 32
PROOF_IDS = 250_000


class ControlTotalsBroken(DomainError):
    """Rows or amounts got lost between the file and the ledger; nothing was imported."""

    code = "control_totals_broken"
    sentence = "Control totals in {currency} do not reconcile; nothing was imported."


def load(
    tenant_id: int, public_id: UUID, folder: LedgerFolder, *, clock: Callable[[], datetime]
) -> BatchValue:
    """Bring the ledger to what the folder says; see the module for the order of things."""
    for row in folder.control:
        if not row.reconciles:
            raise ControlTotalsBroken(currency=row.currency)
    with tenant_scope(tenant_id):
        version = _locked_version(tenant_id)
        batch = stored_batch(public_id, lock=True)
        check_step(BatchStatus(batch.status), BatchStatus.COMMITTED)
        at = _recording_moment(clock(), version)
        counts = _apply(batch, folder, at=at, first=version.version == 0)
        _advance(version, batch, folder, counts, at=at)
        batch.status = BatchStatus.COMMITTED.value
        batch.finished_at = clock()
        batch.save()
        _record_evidence(batch, folder, at=at)
        _publish(batch, moved=not counts.changed_nothing, at=at)
        if counts.documents_added + counts.settlements_added >= STATISTICS_ROWS:
            _refresh_statistics()
        return batch_value(batch)


def _apply(batch: ImportBatch, folder: LedgerFolder, *, at: datetime, first: bool) -> Counts:
    """Stage, compare, write; what was done."""
    _forget_earlier()
    _tune(0)
    staged = stage_folder(folder.folder)
    _tune(staged.documents + staged.settlements)
    buyers = record_staged_buyers(batch.source)
    settlements = apply_named(
        staged.settlements, first=first, states_settlements=folder.states_settlements
    )
    found = compare(staged_settlements=settlements, states_settlements=folder.states_settlements)
    write(batch_id=batch.id, at=at, first=first, fresh=found.is_fresh)
    if found.documents[1] or found.settlements[1]:
        batch.changes = changes()
    return Counts(
        documents_added=found.documents[0],
        documents_updated=found.documents[1],
        documents_unchanged=found.documents[2],
        settlements_added=found.settlements[0],
        settlements_updated=found.settlements[1],
        settlements_unchanged=found.settlements[2],
        settlements_withdrawn=found.withdrawn,
        settlements_unmatched=found.unmatched,
        buyers_added=buyers.added,
        buyers_updated=buyers.updated,
        rejected=folder.rejected,
    )


def _advance(
    version: LedgerVersion,
    batch: ImportBatch,
    folder: LedgerFolder,
    counts: Counts,
    *,
    at: datetime,
) -> None:
    """Move the ledger's version on when anything changed, and stamp the batch."""
    batch.merkle_root = merkle_root(_row_hashes(batch.id, version))
    batch.counts = asdict(counts)
    batch.control = [
        {name: value if isinstance(value, int) else str(value) for name, value in row.items()}
        for row in map(asdict, folder.control)
    ]
    if not counts.changed_nothing:
        version.version += 1
        version.state_id = batch.public_id
        version.recorded_at = at
        version.last_document_id = _last_id("receivables_document", version.last_document_id)
        version.last_settlement_id = _last_id("receivables_settlement", version.last_settlement_id)
        days = [day for day in (version.last_movement_on, folder.last_movement_on) if day]
        version.last_movement_on = max(days, default=None)
        version.save()
        _tell_orders(batch, at=at)
        announce(LEDGER_CHANGED)
    batch.ledger_version = version.version


def _tell_orders(batch: ImportBatch, *, at: datetime) -> None:
    """Invoices that were told with an order and are in the ledger now count here alone."""
    waiting = waiting_invoices()
    if waiting:
        orders.invoices_arrived(known_invoices(waiting), actor=batch.actor, now=at)


def _record_evidence(batch: ImportBatch, folder: LedgerFolder, *, at: datetime) -> None:
    evidence.append(
        kind="ledger_imported",
        subject=Subject("import_batch", str(batch.public_id)),
        actor=batch.actor,
        occurred_at=at,
        inputs={"file_sha256": batch.file_sha256, "options_sha256": batch.options_sha256},
        result={
            "counts": batch.counts,
            "control": batch.control,
            "merkle_root": bytes(batch.merkle_root or b"").hex(),
            "rows_read": folder.rows_read,
        },
        versions={"ledger": batch.ledger_version},
    )


def _publish(batch: ImportBatch, *, moved: bool, at: datetime) -> None:
    """Tell those outside; last, because it locks the subjects' counters."""
    ledger = {"ledger_version": batch.ledger_version}
    publish("import.finished", f"import:{batch.public_id}", ledger, occurred_at=at)
    if moved:
        publish("ledger.changed", "ledger", ledger, occurred_at=at)


def _locked_version(tenant_id: int) -> LedgerVersion:
    """The tenant's version row, locked until the end: imports of one tenant run one by one."""
    LedgerVersion.objects.bulk_create([LedgerVersion(tenant_id=tenant_id)], ignore_conflicts=True)
    return LedgerVersion.objects.select_for_update().get()


def _recording_moment(now: datetime, version: LedgerVersion) -> datetime:
    """Now, but always after the last import: versions must never overlap."""
    if version.recorded_at is None:
        return now
    return max(now, version.recorded_at + timedelta(microseconds=1))


def _tune(rows: int) -> None:
    """Settings of this transaction: no time limit, and joins for the size at hand."""
    wanted: dict[str, Any] = {"statement_timeout": "0", "lock_timeout": "0", "jit": "off"}
    if rows >= MASS_ROWS:
        # The fresh rows have no statistics yet, so the planner would look up each one singly.
        wanted |= {"work_mem": "160MB", "enable_nestloop": "off", "enable_mergejoin": "off"}
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute("select set_config(%s, %s, true)", [name, value])


def _forget_earlier() -> None:
    """Drop what another load of the same transaction staged; otherwise there is nothing."""
    with connection.cursor() as cursor:
        for table in TEMPORARY:
            cursor.execute(f"drop table if exists pg_temp.{table}")


def _refresh_statistics() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select receivables_refresh_statistics()")


def _row_hashes(batch_id: int, version: LedgerVersion) -> Iterator[bytes]:
    """The hashes of the rows a batch wrote: documents by id, then settlements by id."""
    yield from _hashes("receivables_document", batch_id, version.last_document_id)
    yield from _hashes("receivables_settlement", batch_id, version.last_settlement_id)


def _hashes(table: str, batch_id: int, after: int) -> Iterator[bytes]:
    last = _last_id(table, after)
    with connection.cursor() as cursor:
        for start in range(after, last, PROOF_IDS):
            cursor.execute(
                f"select string_agg(row_hash, ''::bytea order by id) from {table} "
                "where batch_id = %s and id > %s and id <= %s",
                [batch_id, start, min(start + PROOF_IDS, last)],
            )
            block = bytes(cursor.fetchone()[0] or b"")
            for offset in range(0, len(block), HASH_BYTES):
                yield block[offset : offset + HASH_BYTES]


def _last_id(table: str, otherwise: int) -> int:
    """The highest id of the tenant's rows; ids rise with the versions under the lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select id from {table} where id > %s order by id desc limit 1", [otherwise]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else otherwise
