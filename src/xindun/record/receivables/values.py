"""What crosses the border of the receivables record.

What a reader would get wrong: ``open_amount`` of a document row is counted as of the day asked
about and from the versions current now; what was known on an earlier day is the engine's to say,
over the mirror.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID


class BatchStatus(StrEnum):
    """Where an import stands; ``rules.TRANSITIONS`` says what may follow what."""

    UPLOADED = "uploaded"  # bytes stored, nothing read yet
    READING = "reading"  # the file becomes a ledger folder
    LOADING = "loading"  # the folder becomes rows, in one transaction
    COMMITTED = "committed"
    FAILED = "failed"
    REJECTED_DUPLICATE = "rejected_duplicate"


RUNNING = (BatchStatus.UPLOADED, BatchStatus.READING, BatchStatus.LOADING)
"""Statuses of a batch that is under way, or was cut off and can be resumed."""


@dataclass(frozen=True, slots=True)
class ControlRow:
    """Control totals of one currency: what the file holds = what the ledger took + rejects."""

    currency: str
    file_rows: int
    file_amount: Decimal
    ledger_rows: int
    ledger_amount: Decimal
    reject_rows: int
    reject_amount: Decimal
    unreadable_rows: int = 0  # rejects whose amount could not be read

    @property
    def reconciles(self) -> bool:
        """Whether rows and amounts agree exactly."""
        return (
            self.file_rows == self.ledger_rows + self.reject_rows
            and self.file_amount == self.ledger_amount + self.reject_amount
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did; ``withdrawn`` settlements are those the file no longer states."""

    documents_added: int = 0
    documents_updated: int = 0
    documents_unchanged: int = 0
    settlements_added: int = 0
    settlements_updated: int = 0
    settlements_unchanged: int = 0
    settlements_withdrawn: int = 0
    settlements_unmatched: int = 0  # name a document that the ledger does not hold
    buyers_added: int = 0
    buyers_updated: int = 0
    rejected: int = 0

    @property
    def changed_nothing(self) -> bool:
        """Whether the ledger is what it was before."""
        return not (
            self.documents_added
            or self.documents_updated
            or self.settlements_added
            or self.settlements_updated
            or self.settlements_withdrawn
            or self.buyers_added
            or self.buyers_updated
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One example of what changed: which document or settlement, which field, from what to what."""

    subject: str  # "document" or "settlement"
    field: str
    number: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """How many versions changed in each field, and some examples of each."""

    fields: dict[str, int] = field(default_factory=dict)  # "document.due_on" → count
    examples: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchValue:
    """One import as screens and the command line show it."""

    id: int
    public_id: UUID
    source: str
    file_name: str
    file_sha256: str
    file_size: int
    options: dict[str, Any]
    status: BatchStatus
    rows_done: int
    bytes_done: int
    layout: dict[str, Any]
    notices: tuple[dict[str, Any], ...]  # {"code": …, "params": {…}}
    control: tuple[ControlRow, ...]
    counts: Counts
    changes: Changes
    has_rejects: bool
    error: dict[str, Any] | None  # {"code": …, "params": {…}, "sentence": English template}
    merkle_root: str | None
    ledger_version: int | None
    actor: str  # user:<public id>, cli:<login> or system:<what>
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def progress(self) -> float:
        """Share of the bytes read, 0–1; the loading afterwards has no finer measure."""
        if self.status == BatchStatus.COMMITTED:
            return 1.0
        return min(1.0, self.bytes_done / self.file_size) if self.file_size else 0.0


@dataclass(frozen=True, slots=True)
class BatchesPage:
    """A page of the imports that were asked for."""

    rows: tuple[BatchValue, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What came of handing a file in: the batch, and the earlier one when it is a duplicate."""

    batch: BatchValue
    duplicate_of: BatchValue | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document of a buyer's page with what is open of it as of the day asked about."""

    item_id: int
    kind: str
    number: str | None
    currency: str
    amount: Decimal
    open_amount: Decimal
    issued_on: date
    due_on: date | None
    original_due_on: date | None
    due_derived: bool
    days_overdue: int | None  # null when nothing is open or no due date is known
    settled_on: date | None  # day of the last cleared settlement when nothing is open
    disputed: bool
    contract: str | None
    salesperson: str | None


@dataclass(frozen=True, slots=True)
class LedgerDocument:
    """A document with whose it is, for readers outside a buyer's page.

    ``key`` is its identity in the ledger: the same in every version of it.
    """

    key: UUID
    buyer_public_id: UUID
    buyer_name: str
    recorded_at: datetime
    row: DocumentRow


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One page of documents and how many there are in all."""

    rows: tuple[DocumentRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Movement:
    """One settlement of a document as its history shows it, superseded versions included."""

    settlement_id: int
    kind: str
    amount: Decimal
    effective_on: date
    cleared_on: date | None
    matures_on: date | None
    dishonoured_on: date | None
    derived: bool
    source_number: str | None  # the receipt's or credit note's own number
    recorded_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Which version of the ledger a tenant is at, and since when."""

    version: int
    state_id: UUID | None  # the import that made this version: tells restored databases apart
    recorded_at: datetime | None
    last_movement_on: date | None
    last_document_id: int
    last_settlement_id: int


@dataclass(frozen=True, slots=True)
class LedgerFolder:
    """A file that was read: Parquet tables of engine/schema.py, and what was learned on the way."""

    folder: Path
    rows_read: int
    rejected: int
    control: tuple[ControlRow, ...]
    layout: dict[str, Any]
    notices: tuple[dict[str, Any], ...]
    rejects_csv: Path | None  # null when every row was good
    states_settlements: bool  # false: a bare list of documents says nothing about payments
    last_movement_on: date | None


@dataclass(frozen=True, slots=True)
class ReplayedImport:
    """What an import's file and rows give when they are read and hashed again.

    Attributes:
        documents, settlements: rows that the import wrote.
        not_in_file: documents among them that the file, read again, does not hold like that.
        merkle_root: over their hashes, documents first, in the order of their ids.
    """

    file_sha256: str
    options_sha256: str
    rows_read: int
    rejected: int
    control: tuple[dict[str, int | str], ...]
    documents: int
    settlements: int
    not_in_file: int
    merkle_root: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """The columnar copy of one ledger version: a ledger folder of engine/schema.py."""

    folder: Path
    version: int
    recorded_at: datetime | None  # the ``known_at`` of everything in this version
    rebuilt: bool


@dataclass(frozen=True, slots=True)
class LateAmount:
    """What one buyer owes in one currency, so many days past due."""

    currency: str
    days: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaidRecord:
    """Since when a buyer is known (None: no invoice yet), and its invoices paid in time."""

    since: date | None
    in_time: int
