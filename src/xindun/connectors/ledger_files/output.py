"""The ledger folder and the list of rejects, written from the scratch database.

What a reader would get wrong: the files are written beside their place and moved there when
complete, so a folder never holds half a ledger.
"""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq

from xindun.connectors.ledger_files.documents import hashed
from xindun.connectors.ledger_files.sources.batches import names
from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import Recognition

VALUE_LENGTH = 200

ROW_HASH = hashed(
    *("document_key", "kind", "number", "buyer_key", "currency", "abs(amount)", "issued", "due"),
    *("original_due_on", "disputed", "net_amount", "vat_amount", "contract", "salesperson"),
    *("delivered_on", "accepted_on", "reconciled_on", "invoiced_on", "paid_on", "paid_amount"),
    *("open_amount", "is_open", "settlement_kind", "applies_to", "recorded_on"),
)
"""Everything a row says of its document; changes exactly when a corrected file changes the row."""

BILLS = "('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')"

REASONS: dict[str, str] = {
    "ragged_row": "The row has more or fewer cells than the header.",
    "nul_byte": "The row holds a NUL byte.",
    "field_too_long": "A cell is longer than 128 KB.",
    "total_row": "A total, not a document; it is left out.",
    "missing_customer": "The row names no customer.",
    "missing_amount": "The row has no amount.",
    "missing_date": "The row has no date of issue.",
    "missing_due": "The row has no due date and no payment terms.",
    "unreadable_date": "This is not a date in the table's form.",
    "impossible_date": "This day does not exist.",
    "unreadable_amount": "This is not an amount in the table's style.",
    "amount_too_large": "The amount has more than 14 integer digits.",
    "too_many_decimals": "The amount has more decimals than its currency.",
    "unknown_currency": "This is not a currency.",
    "unknown_word": "This word is not known here.",
    "ambiguous_word": "This word has more than one meaning.",
    "zero_amount": "The amount is zero.",
    "cancelled": "The document is cancelled or a draft.",
    "debit_and_credit": "The row has both a debit and a credit.",
    "receipt_reversal": "A reversed receipt: say which receipt it takes back.",
    "number_repeated": "The number stands on an earlier row with other facts.",
    "number_for_another_buyer": "The number stands on an earlier row of another customer.",
    "row_repeated": "The same row stands earlier in the file.",
    "paid_more_than_amount": "More is paid than the document's amount.",
    "names_no_invoice": "The row names no invoice that it could reduce.",
}


def write_ledger(
    staging: Staging, recognition: Recognition, recorded_at: datetime, out: Path
) -> dict[str, int]:
    """Write buyers, items and settlements; the number of rows of each."""
    out.mkdir(parents=True, exist_ok=True)
    sheets = " ".join(
        f"WHEN {number} THEN {_text(table.sheet)}"
        for number, table in enumerate(recognition.tables)
    )
    at = f"TIMESTAMP '{recorded_at.isoformat(' ')}'"
    queries = {
        "buyers": "SELECT buyer_id, buyer_key, name, country FROM buyers ORDER BY buyer_id",
        "items": f"""SELECT d.rn + 1 AS item_id, b.buyer_id, kind, number, currency,
                CAST(abs(amount) AS DECIMAL(18,4)) AS amount, issued AS issued_on, due AS due_on,
                coalesce(original_due_on, due) AS original_due_on, issued AS recognised_on,
                coalesce(disputed, FALSE) AS disputed,
                coalesce(CAST(recorded_on AS TIMESTAMP), {at}) AS recorded_at,
                CAST(NULL AS TIMESTAMP) AS superseded_at,
                document_key, line AS line_no,
                CASE tno {sheets} END AS sheet,
                {ROW_HASH} AS row_hash,
                CAST(net_amount AS DECIMAL(18,4)) AS net_amount,
                CAST(vat_amount AS DECIMAL(18,4)) AS vat_amount, contract, salesperson,
                delivered_on, accepted_on, reconciled_on, invoiced_on,
                coalesce(due_derived, FALSE) AS due_derived, days AS terms_days, applies_to,
                kind_text AS source_kind_text
            FROM documents d JOIN buyers b USING (buyer_key) ORDER BY item_id""",
        "settlements": f"""SELECT s.rn + 1 AS settlement_id, d.rn + 1 AS item_id,
                CAST(NULL AS BIGINT) AS source_item_id, s.kind, s.amount, effective_on,
                CASE WHEN s.kind IN {BILLS} THEN s.honoured_on ELSE effective_on END AS cleared_on,
                s.matures_on, s.dishonoured_on, s.derived,
                CASE WHEN s.recorded_on IS NULL THEN {at}
                     ELSE CAST(greatest(s.recorded_on, effective_on) AS TIMESTAMP)
                END AS recorded_at,
                CAST(NULL AS TIMESTAMP) AS superseded_at,
                {hashed("s.document_key", "s.source_document_key", "s.kind", "effective_on", "nth")}
                    AS settlement_key, s.document_key, s.source_document_key, s.bill_number, s.acceptor, s.bill_status,
                s.parties, s.date_known, s.line AS line_no
            FROM settled s JOIN documents d USING (document_key) ORDER BY settlement_id""",
    }
    counts = {}
    for name, sql in queries.items():
        path = out / f"{name}.parquet"
        staging.run(f"COPY ({sql}) TO '{_escaped(path)}' (FORMAT parquet, COMPRESSION zstd)")
        counts[name] = pq.read_metadata(path).num_rows
    return counts


def write_rejects(staging: Staging, recognition: Recognition, out: Path) -> tuple[int, int]:
    """Write ``rejects.parquet``; the number of rejected rows and of rows left out."""
    selects = []
    for number, table in enumerate(recognition.tables):
        cells = ", ".join(f"r.{name}" for name in names(len(table.columns)))
        headers = json.dumps(
            {field: header for field, header in table.mapping.items()}, ensure_ascii=False
        )
        selects.append(
            f"""SELECT x.rn, {_text(table.file)} AS file, {_text(table.sheet)} AS sheet,
                r.line, x.fault.field AS field,
                json_extract_string({_text(headers)}, '$.' || x.fault.field) AS "column",
                left(x.fault.value, {VALUE_LENGTH}) AS value, x.fault.code AS code,
                x.fault.code = 'total_row' AS ignored, to_json([{cells}])::VARCHAR AS raw
            FROM rejected x JOIN raw_{number} r USING (rn)"""
        )
    reasons = " ".join(f"WHEN '{code}' THEN {_text(text)}" for code, text in REASONS.items())
    path = out / "rejects.parquet"
    staging.run(
        f"""COPY (SELECT * EXCLUDE (rn, raw), CASE code {reasons} ELSE code END AS reason, raw
            FROM ({" UNION ALL ".join(selects)}) ORDER BY rn)
            TO '{_escaped(path)}' (FORMAT parquet)"""
    )
    ignored = staging.one("SELECT count(*) FROM rejected WHERE fault.code = 'total_row'")
    return staging.one("SELECT count(*) FROM rejected") - ignored, ignored


def rejects_csv(folder: Path, target: Path) -> int:
    """Write the rejects of a ledger folder as CSV (UTF-8 with a mark, for spreadsheets).

    Cells that a spreadsheet would run as a formula are prefixed with an apostrophe.
    """
    rows = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        parquet = pq.ParquetFile(folder / "rejects.parquet")
        writer.writerow(parquet.schema_arrow.names)
        for batch in parquet.iter_batches():
            for row in batch.to_pylist():
                writer.writerow([_safe(value) for value in row.values()])
                rows += 1
    return rows


def move(source: Path, target: Path) -> None:
    """Put a complete folder in its place."""
    if target.exists():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(str(source), str(target))


def _safe(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _text(value: str | None) -> str:
    return "CAST(NULL AS VARCHAR)" if value is None else "'" + value.replace("'", "''") + "'"


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
