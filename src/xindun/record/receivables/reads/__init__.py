"""Questions to the ledger; every one runs inside the caller's tenant scope."""

from xindun.record.receivables.reads.aged import aged_on
from xindun.record.receivables.reads.batches import (
    UnknownBatch,
    batch,
    batches,
    batches_page,
    interrupted_batches,
    iter_batches,
    rejects_of,
)
from xindun.record.receivables.reads.documents import documents_of, movements_of
from xindun.record.receivables.reads.ledger import ledger_state
from xindun.record.receivables.reads.mirror import open_mirror

__all__ = [
    "UnknownBatch",
    "aged_on",
    "batch",
    "batches",
    "batches_page",
    "documents_of",
    "interrupted_batches",
    "iter_batches",
    "ledger_state",
    "movements_of",
    "open_mirror",
    "rejects_of",
]
