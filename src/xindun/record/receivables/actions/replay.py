"""Prove an import: read its stored bytes again, and hash again what it wrote.

What a reader would get wrong: nothing is loaded. Later imports have moved the ledger on, but the
rows that an import wrote stay for good, so two things can be computed again: what the file says,
and the Merkle root over the facts of the rows, each hashed anew rather than taken from the table.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from xindun.kernel.merkle import merkle_root
from xindun.kit.files import BLOCK, tenant_files
from xindun.kit.tenancy import current_tenant_id
from xindun.record.receivables.actions.receive import named_file
from xindun.record.receivables.actions.staging import document_hashes
from xindun.record.receivables.models import ImportBatch
from xindun.record.receivables.ports import LedgerReader
from xindun.record.receivables.reads.batches import stored_batch
from xindun.record.receivables.rules import (
    DOCUMENT_FACTS,
    NAMING,
    SETTLEMENT_FACTS,
    document_hash,
    options_digest,
    settlement_hash,
)
from xindun.record.receivables.values import ReplayedImport

ROWS_AT_ONCE = 10_000

_DOCUMENTS = f"""
select b.buyer_key, {", ".join(f"d.{name}" for name in (*DOCUMENT_FACTS, NAMING))}
from receivables_document d join parties_buyer b on b.id = d.buyer_id
where d.batch_id = %s order by d.id
"""
_SETTLEMENTS = f"""
select i.document_key, o.document_key, {", ".join(f"s.{name}" for name in SETTLEMENT_FACTS)}
from receivables_settlement s join receivables_document i on i.id = s.item_id
left join receivables_document o on o.id = s.source_item_id
where s.batch_id = %s order by s.id
"""


def replay_import(
    public_id: UUID, *, reader: LedgerReader, recorded_at: datetime
) -> ReplayedImport:
    """What the import's file and rows give today; runs in the caller's tenant scope.

    Args:
        public_id: of the import.
        reader: who reads the file.
        recorded_at: when the ledger learned of it, as its evidence says.

    Raises:
        UnknownBatch, FileMissing: as named.
        DomainError: whatever the reader refuses the file for today.
    """
    batch = stored_batch(public_id)
    documents = [
        document_hash(*row) for row in _facts(_DOCUMENTS, batch, 1, DOCUMENT_FACTS, NAMING)
    ]
    settlements = [
        settlement_hash(*row) for row in _facts(_SETTLEMENTS, batch, 2, SETTLEMENT_FACTS)
    ]
    options = {**batch.options, "source": batch.source, "recorded_at": recorded_at.isoformat()}
    with _work_folder() as work, named_file(current_tenant_id(), public_id, work) as path:
        folder = reader(path, options, work / "ledger", None)
        in_file = document_hashes(folder.folder)
    return ReplayedImport(
        file_sha256=_digest(batch.file_sha256),
        options_sha256=options_digest(batch.source, batch.options),
        rows_read=folder.rows_read,
        rejected=folder.rejected,
        control=tuple(
            {name: each if isinstance(each, int) else str(each) for name, each in row.items()}
            for row in map(asdict, folder.control)
        ),
        documents=len(documents),
        settlements=len(settlements),
        not_in_file=sum(digest not in in_file for digest in documents),
        merkle_root=merkle_root([*documents, *settlements]).hex(),
    )


def _facts(
    query: str, batch: ImportBatch, leading: int, *names: str | tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """The leading keys of each row, then its facts by name."""
    columns = [each for name in names for each in ((name,) if isinstance(name, str) else name)]
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(query, [batch.id])
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            for row in rows:
                yield (*row[:leading], dict(zip(columns, row[leading:], strict=True)))


def _digest(stored: str) -> str:
    """The SHA-256 that the stored bytes have now, whatever their name says."""
    digest = sha256()
    with tenant_files(current_tenant_id()).path(stored).open("rb") as source:
        while block := source.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _work_folder() -> Iterator[Path]:
    place = Path(settings.XINDUN_HOME) / "work" / str(current_tenant_id())
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(mkdtemp(prefix="replay-", dir=place))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
