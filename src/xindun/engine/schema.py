"""The canonical ledger: the tables every connector writes and every engine expression reads.

A *ledger folder* holds three Parquet files, ``buyers.parquet``, ``items.parquet`` and
``settlements.parquet``. A file connector writes one from a spreadsheet, the receivables record
writes one as the columnar mirror of PostgreSQL; the engine cannot tell the difference.

Two time axes: ``effective``-type dates say when something was true in the world, ``recorded_at``
when it was learned. A row is visible at ``known_at`` when
``recorded_at <= known_at < coalesce(superseded_at, infinity)``. Timestamps are naive UTC.

What a reader would get wrong: amounts are always positive, the kind gives the sign; and a
settlement only reduces what is owed from ``cleared_on`` (cash on the day it came, a bill on the
day it was honoured), not from the day a bill was handed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import ibis

MONEY = pa.decimal128(18, 4)
"""Every amount: four decimals hold each ISO 4217 minor unit; 18 digits stay a machine word."""

INVOICE = "invoice"
CREDIT_NOTE = "credit_note"
RECEIPT = "receipt"
UNBILLED_DELIVERY = "unbilled_delivery"  # 已发货未开票: exposure, in no ageing bucket yet
RETENTION = "retention"  # 质保金: due on release, never overdue earlier
ITEM_KINDS = (INVOICE, CREDIT_NOTE, RECEIPT, UNBILLED_DELIVERY, RETENTION)
AGED_KINDS = (INVOICE, RETENTION)
"""Kinds that make up the open total and stand in its buckets."""

CASH = "cash"
BANK_ACCEPTANCE = "bank_acceptance"  # 银承
COMMERCIAL_ACCEPTANCE = "commercial_acceptance"  # 商承
ELECTRONIC_RECEIVABLE = "electronic_receivable"  # 电子债权凭证
SET_OFF = "set_off"  # 抵账
GOODS = "goods"
CREDITED = "credit_note"
WRITE_OFF = "write_off"
SETTLEMENT_KINDS = (
    CASH,
    BANK_ACCEPTANCE,
    COMMERCIAL_ACCEPTANCE,
    ELECTRONIC_RECEIVABLE,
    SET_OFF,
    GOODS,
    CREDITED,
    WRITE_OFF,
)
BILL_KINDS = (BANK_ACCEPTANCE, COMMERCIAL_ACCEPTANCE, ELECTRONIC_RECEIVABLE)
PAYING_KINDS = (CASH, *BILL_KINDS)
"""Kinds that count as payment in behaviour; the others never count as paid on time."""

BUYERS = pa.schema(
    [
        pa.field("buyer_id", pa.int64(), nullable=False),
        pa.field(
            "buyer_key", pa.string(), nullable=False
        ),  # the source's number, else the name key
        pa.field("name", pa.string(), nullable=False),  # as first written in the source
        pa.field("country", pa.string()),  # ISO 3166-1 alpha-2, null when not known
    ]
)

ITEMS = pa.schema(
    [
        pa.field("item_id", pa.int64(), nullable=False),
        pa.field("buyer_id", pa.int64(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("number", pa.string()),
        pa.field("currency", pa.string(), nullable=False),  # ISO 4217; XXX when the file names none
        pa.field("amount", MONEY, nullable=False),
        pa.field("issued_on", pa.date32(), nullable=False),
        pa.field(
            "due_on", pa.date32()
        ),  # current due date; null for credits, receipts, open retention
        pa.field("original_due_on", pa.date32()),
        pa.field("recognised_on", pa.date32(), nullable=False),  # for the second ageing
        pa.field("disputed", pa.bool_(), nullable=False),
        pa.field("recorded_at", pa.timestamp("us"), nullable=False),
        pa.field("superseded_at", pa.timestamp("us")),
    ]
)

SETTLEMENTS = pa.schema(
    [
        pa.field("settlement_id", pa.int64(), nullable=False),
        pa.field("item_id", pa.int64(), nullable=False),  # what is reduced
        pa.field(
            "source_item_id", pa.int64()
        ),  # the receipt or credit note used up, when a document
        pa.field("kind", pa.string(), nullable=False),
        pa.field("amount", MONEY, nullable=False),
        pa.field("effective_on", pa.date32(), nullable=False),  # received, handed over, agreed
        pa.field("cleared_on", pa.date32()),  # counts as settled from this day; null: not yet
        pa.field("matures_on", pa.date32()),  # bills only
        pa.field("dishonoured_on", pa.date32()),  # bills only
        # Applied first-in-first-out by us; without a source: paid on a day that nobody states.
        pa.field("derived", pa.bool_(), nullable=False),
        pa.field("recorded_at", pa.timestamp("us"), nullable=False),
        pa.field("superseded_at", pa.timestamp("us")),
    ]
)

CLOCK = pa.schema(
    [
        pa.field("as_of", pa.date32(), nullable=False),
        pa.field("known_at", pa.timestamp("us"), nullable=False),
    ]
)
"""One row: the day asked about, and up to when we may have learned of it."""

COMPANY_GRADES = pa.schema(
    [
        pa.field("buyer_id", pa.int64(), nullable=False),
        pa.field("company_grade", pa.int64(), nullable=False),
    ]
)
"""One row a buyer that has a company grade: 1 is the best, 10 the worst."""

WORKING_DAYS = pa.schema(
    [
        pa.field("country", pa.string(), nullable=False),  # '' stands for weekends only
        pa.field("day", pa.date32(), nullable=False),
        pa.field("next_working_day", pa.date32(), nullable=False),
    ]
)

BUCKETS: tuple[tuple[str, int | None, int | None], ...] = (
    ("not_due", None, 0),
    ("1-30", 1, 30),
    ("31-60", 31, 60),
    ("61-90", 61, 90),
    ("91-120", 91, 120),
    ("121-180", 121, 180),
    ("181-365", 181, 365),
    (">365", 366, None),
)
"""Label, first and last day past due (both inclusive); mechanics 5.8."""

BUCKET_COLUMNS = (
    "not_due",
    "d1_30",
    "d31_60",
    "d61_90",
    "d91_120",
    "d121_180",
    "d181_365",
    "d_gt_365",
)
"""The columns of ``BUCKETS`` in every table of results, in their order."""


def ibis_schema(schema: pa.Schema) -> ibis.Schema:
    """The Ibis schema of one of the Arrow schemas above."""
    # Imported here: a web process and ``xindun review`` read these tables but never build an
    # expression, and importing Ibis costs most of a second (ADR 0015).
    import ibis

    return ibis.Schema.from_pyarrow(schema)
