"""Questions to the ledger; every one runs inside the caller's tenant scope."""

from xindun.record.receivables.reads.aged import aged_on
from xindun.record.receivables.reads.batches import (
    UnknownBatch,
    batch,
    batches,
    batches_after,
    batches_page,
    interrupted_batches,
    iter_batches,
    rejects_of,
)
from xindun.record.receivables.reads.documents import documents_of, movements_of
from xindun.record.receivables.reads.items import (
    UnknownDocument,
    document_of,
    documents_after,
    documents_of_buyer_after,
)
from xindun.record.receivables.reads.ledger import ledger_state
from xindun.record.receivables.reads.mirror import open_mirror
from xindun.record.receivables.reads.overdue import known_invoices, late_amounts, paid_record

__all__ = [
    "UnknownBatch",
    "UnknownDocument",
    "aged_on",
    "batch",
    "batches",
    "batches_after",
    "batches_page",
    "document_of",
    "documents_after",
    "documents_of",
    "documents_of_buyer_after",
    "interrupted_batches",
    "iter_batches",
    "known_invoices",
    "late_amounts",
    "ledger_state",
    "movements_of",
    "open_mirror",
    "paid_record",
    "rejects_of",
]
