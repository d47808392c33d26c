"""The ledger folder, written from the scratch database.

What a reader would get wrong: the files are written in the scratch folder and moved when all of
them are complete, so a failed reading leaves the old ledger in its place.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from xindun.connectors.ledger_files.documents import FUNDS, REDUCERS, hashed
from xindun.connectors.ledger_files.rejects import REASONS as REASONS
from xindun.connectors.ledger_files.settlements import NAMES
from xindun.connectors.ledger_files.staging import Staging, literal, quoted
from xindun.connectors.ledger_files.values import Recognition

DERIVED_ID = 1 << 60
"""Ids from here on belong to rows that no single line of the file holds."""

BILLS = "('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')"


def write_ledger(
    staging: Staging, recognition: Recognition, recorded_at: datetime, out: Path
) -> dict[str, int]:
    """Write buyers, items and settlements; the number of rows of each."""
    out.mkdir(parents=True, exist_ok=True)
    staging.run(
        f"""CREATE TABLE buyers AS
        SELECT row_number() OVER (ORDER BY first_rn) AS buyer_id, buyer_key,
            coalesce(name, buyer_key) AS name, country
        FROM (SELECT buyer_key, min(rn) AS first_rn,
                  arg_min(customer_name, rn) FILTER (customer_name IS NOT NULL) AS name,
                  arg_min(country, rn) FILTER (country IS NOT NULL) AS country
              FROM accepted WHERE kind NOT IN {REDUCERS} GROUP BY 1)"""
    )
    at = f"TIMESTAMP '{recorded_at.isoformat(' ')}'"
    queries = {
        "buyers": "SELECT buyer_id, buyer_key, name, country FROM buyers ORDER BY buyer_id",
        "items": f"{_items(staging, recognition, at)} ORDER BY item_id",
        "settlements": f"{_settlements(staging, at)} ORDER BY settlement_id",
    }
    counts = {}
    for name, sql in queries.items():
        path = out / f"{name}.parquet"
        staging.run(f"COPY ({sql}) TO '{quoted(path)}' (FORMAT parquet, COMPRESSION snappy)")
        counts[name] = pq.read_metadata(path).num_rows
    return counts


def _items(staging: Staging, recognition: Recognition, at: str) -> str:
    """Documents, and receipts for what was paid beyond an invoice's amount."""
    sheets = " ".join(
        f"WHEN {number} THEN {literal(table.sheet)}"
        for number, table in enumerate(recognition.tables)
    )
    total, join = "amount", ""
    naming = f"CASE WHEN kind IN {FUNDS} AND applies_to IS NOT NULL THEN '[' || {_USE} || ']' END"
    if staging.one("SELECT count(*) FROM continued JOIN typed USING (rn) WHERE kind = 'receipt'"):
        staging.run(
            f"""CREATE TABLE totals AS SELECT head_rn, sum(amount) AS total,
                '[' || string_agg({_USE}, ',' ORDER BY applies_to, amount, rn)
                    FILTER (applies_to IS NOT NULL) || ']' AS naming
            FROM accepted, movement
            WHERE kind = 'receipt' AND head_rn IN (SELECT head_rn FROM continued) GROUP BY 1"""
        )
        join = "LEFT JOIN totals x ON x.head_rn = d.rn"
        total = "coalesce(x.total, amount)"
        naming = f"CASE WHEN x.head_rn IS NULL THEN {naming} ELSE x.naming END"
    return f"""
        SELECT d.rn + 1 AS item_id, buyer_id, kind, number, currency,
            CAST(abs({total}) AS DECIMAL(18,4)) AS amount, issued AS issued_on, due AS due_on,
            coalesce(original_due_on, due) AS original_due_on, issued AS recognised_on,
            coalesce(disputed, FALSE) AS disputed,
            coalesce(CAST(recorded_on AS TIMESTAMP), {at}) AS recorded_at,
            CAST(NULL AS TIMESTAMP) AS superseded_at,
            document_key, line AS line_no, CASE tno {sheets} END AS sheet,
            net_amount, vat_amount, contract, salesperson, delivered_on, accepted_on,
            reconciled_on, invoiced_on, coalesce(due_derived, FALSE) AS due_derived,
            CASE WHEN kind = 'invoice' THEN days END AS terms_days, applies_to,
            {naming} AS naming, kind_text AS source_kind_text
        FROM documents d JOIN buyers USING (buyer_key) {join}, movement
        UNION ALL BY NAME
        SELECT {DERIVED_ID} + o.rn AS item_id, buyer_id, 'receipt' AS kind, currency,
            o.amount, o.paid_on AS issued_on, o.paid_on AS recognised_on, FALSE AS disputed,
            coalesce(CAST(greatest(recorded_on, o.paid_on) AS TIMESTAMP), {at}) AS recorded_at,
            {hashed("'overpaid'", "document_key", "o.paid_on", "o.nth")} AS document_key,
            line AS line_no, CASE tno {sheets} END AS sheet, FALSE AS due_derived,
            'overpayment' AS source_kind_text
        FROM overpaid o JOIN accepted USING (rn) JOIN buyers USING (buyer_key)"""


def _settlements(staging: Staging, at: str) -> str:
    """Stated payments under their row's id, applications of documents after them."""
    own = ", ".join(f"s.{name}" for name in _TOLD)
    # A table, not a CTE: one pipeline with all of its joins does not fit the memory limit.
    staging.run(
        f"""CREATE TABLE uses AS
        SELECT {DERIVED_ID} + row_number() OVER (ORDER BY item_rn, a.rn, effective_on)
                AS settlement_id,
            item_rn, source_rn, a.kind, a.amount, effective_on, derived, TRUE AS date_known,
            row_number() OVER (PARTITION BY item_rn, s.document_key, a.kind, effective_on
                ORDER BY a.amount, a.rn) AS nth,
            i.document_key, s.document_key AS source_document_key, {own}
        FROM applied a JOIN accepted i ON i.rn = item_rn JOIN accepted s ON s.rn = a.rn"""
    )
    told = ", ".join(_TOLD)
    return f"""
        SELECT settlement_id, item_rn + 1 AS item_id, source_rn + 1 AS source_item_id,
            kind, amount, effective_on, {_CLEARED} AS cleared_on,
            bill_matures_on AS matures_on, {_BOUNCED} AS dishonoured_on, derived,
            CASE WHEN recorded_on IS NULL THEN {at}
                 ELSE CAST(greatest(recorded_on, effective_on) AS TIMESTAMP) END AS recorded_at,
            CAST(NULL AS TIMESTAMP) AS superseded_at,
            {hashed("document_key", "source_document_key", "kind", "effective_on", "nth")}
                AS settlement_key,
            document_key,
            CASE WHEN source_rn IS NOT NULL THEN source_document_key END AS source_document_key,
            bill_number, acceptor, bill_status, parties, date_known, line AS line_no
        FROM (
            SELECT rn + 1 AS settlement_id, item_rn, source_rn, kind, amount, effective_on, derived,
                date_known, nth, document_key,
                CASE WHEN source_rn IS NOT NULL THEN document_key END AS source_document_key,
                {told}, last_on
            FROM stated
            UNION ALL SELECT uses.*, last_on FROM uses, movement)"""


_TOLD = (
    *("line", "recorded_on", "honoured_on", "discounted_on", "bill_matures_on"),
    *("dishonoured_on", "bill_status", "bill_number", "acceptor", "parties"),
)
"""What the row that settles says of its bill."""

_BOUNCED = """coalesce(dishonoured_on, CASE WHEN bill_status = 'dishonoured'
    THEN coalesce(bill_matures_on, last_on) END)"""

_BILL_CLEARED = f"""CASE
    WHEN {_BOUNCED} IS NOT NULL THEN NULL
    WHEN honoured_on IS NOT NULL THEN honoured_on
    WHEN bill_status = 'honoured' THEN coalesce(bill_matures_on, last_on)
    WHEN bill_status = 'discounted_without_recourse' THEN coalesce(discounted_on, last_on) END"""
_CLEARED = f"CASE WHEN kind NOT IN {BILLS} THEN effective_on ELSE {_BILL_CLEARED} END"
"""Held, endorsed or discounted with recourse: not cleared, whatever the maturity."""

_USE_KIND = "CASE WHEN kind = 'receipt' THEN coalesce(settlement_kind, 'cash') ELSE kind END"
_USE = f"""CAST(json_merge_patch('{{}}', to_json({{
    'text': applies_to, 'names': {NAMES}, 'kind': {_USE_KIND},
    'amount': CAST(CAST(abs(CASE WHEN kind = 'receipt' THEN coalesce(paid_amount, amount)
        ELSE amount END) AS DECIMAL(18,4)) AS VARCHAR),
    'cleared_on': CASE WHEN {_USE_KIND} IN {BILLS} THEN {_BILL_CLEARED} END,
    'matures_on': bill_matures_on, 'dishonoured_on': {_BOUNCED}, 'bill_number': bill_number,
    'acceptor': acceptor, 'bill_status': bill_status, 'parties': parties}})) AS VARCHAR)"""
"""What one row of a receipt or credit note names, with all that a settlement by it would say: the
record applies it when the invoice comes in another file. Nulls are left out."""


def move(source: Path, target: Path) -> None:
    """Put complete files in their place; other files of the folder stay untouched."""
    target.mkdir(parents=True, exist_ok=True)
    parts = [(path, target / f".{path.name}.part") for path in sorted(source.iterdir())]
    for path, part in parts:
        shutil.move(path, part)
    for path, part in parts:
        part.replace(target / path.name)
