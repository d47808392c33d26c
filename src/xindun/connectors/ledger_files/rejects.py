"""Rejected rows: what stood where, and why it is no document.

What a reader would get wrong: total lines are listed here too, so that no line of the file
vanishes, but they are marked ``ignored`` and counted neither as rejects nor in control totals.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq

from xindun.connectors.ledger_files.sources.batches import names
from xindun.connectors.ledger_files.staging import Staging, literal, quoted
from xindun.connectors.ledger_files.values import Recognition
from xindun.kernel.spreadsheets import guarded

VALUE_LENGTH = 200

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
    "negative_amount": "Money held back or not yet invoiced cannot be negative.",
    "zero_amount": "The amount is zero.",
    "cancelled": "The document is cancelled or a draft.",
    "debit_and_credit": "The row has both a debit and a credit.",
    "receipt_reversal": "A reversed receipt: say which receipt it takes back.",
    "number_repeated": "The number stands on an earlier row with other facts.",
    "number_for_another_buyer": "The number stands on an earlier row of another customer.",
    "row_repeated": "The same row stands earlier in the file.",
    "names_no_invoice": "The row names no invoice that it could reduce.",
}


def write_rejects(staging: Staging, recognition: Recognition, out: Path) -> tuple[int, int]:
    """Write ``rejects.parquet``; the number of rejected rows and of rows left out."""
    selects = []
    for number, table in enumerate(recognition.tables):
        cells = ", ".join(f"r.{name}" for name in names(len(table.columns)))
        headers = json.dumps(table.mapping, ensure_ascii=False)
        selects.append(
            f"""SELECT x.rn, {literal(table.file)} AS file, {literal(table.sheet)} AS sheet,
                r.line, x.fault.field AS field,
                json_extract_string({literal(headers)}, '$.' || x.fault.field) AS "column",
                left(x.fault.value, {VALUE_LENGTH}) AS value, x.fault.code AS code,
                x.fault.code = 'total_row' AS ignored, to_json([{cells}])::VARCHAR AS raw
            FROM rejected x JOIN raw_{number} r USING (rn)"""
        )
    reasons = " ".join(f"WHEN '{code}' THEN {literal(text)}" for code, text in REASONS.items())
    path = out / "rejects.parquet"
    staging.run(
        f"""COPY (SELECT * EXCLUDE (rn, raw), CASE code {reasons} ELSE code END AS reason, raw
            FROM ({" UNION ALL ".join(selects)}) ORDER BY rn)
            TO '{quoted(path)}' (FORMAT parquet)"""
    )
    ignored = staging.one("SELECT count(*) FROM rejected WHERE fault.code = 'total_row'")
    return staging.one("SELECT count(*) FROM rejected") - ignored, ignored


def rejects_csv(folder: Path, target: Path) -> int:
    """Write the rejects of a ledger folder as CSV; see :func:`write_rejects_csv`."""
    return write_rejects_csv(folder / "rejects.parquet", target)


def write_rejects_csv(rejects: Path, target: Path) -> int:
    """Write ``rejects.parquet`` as CSV (UTF-8 with a mark, for spreadsheets); its rows.

    Cells that a spreadsheet would run as a formula are prefixed with an apostrophe.
    """
    rows = 0
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        parquet = pq.ParquetFile(rejects)
        writer.writerow(parquet.schema_arrow.names)
        for batch in parquet.iter_batches():
            for row in batch.to_pylist():
                writer.writerow([guarded(v) if isinstance(v, str) else v for v in row.values()])
                rows += 1
    return rows
