"""What the reader of the files said, as the part of the document about the ledger itself.

What a reader would get wrong: rejects are listed up to LISTED_REJECTS; their count is exact and
rejects.csv holds all of them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq

from xindun.cli.review.figures import exact, number, plain
from xindun.cli.review.sentences import Speaker, said
from xindun.connectors.ledger_files import Control, LedgerFile, Recognition, Table
from xindun.connectors.ledger_files.output import REASONS
from xindun.connectors.ledger_files.values import NOTICES
from xindun.kernel.money import NO_CURRENCY, is_currency

LISTED_REJECTS = 10_000

Row = dict[str, Any]


def facts_of(ledger: LedgerFile, say: Speaker) -> Row:
    """Ledger, notices, control totals and rejects, ready for the document."""
    notices = [
        {
            "code": notice.code,
            "params": plain(dict(notice.params)),
            "sentence": said(NOTICES, notice.code, notice.params, say),
        }
        for notice in ledger.notices
    ]
    return {
        "ledger": {
            "files": list(dict.fromkeys(table.file for table in ledger.recognition.tables)),
            "content_hash": ledger.content_hash,
            "rows_read": ledger.rows_read,
            "buyers": ledger.buyers,
            "items": ledger.items,
            "settlements": ledger.settlements,
            "ignored_rows": ledger.ignored,
            "first_movement_on": plain(ledger.first_movement_on),
            "last_movement_on": plain(ledger.last_movement_on),
            "recorded_at": plain(ledger.recorded_at),
            "tables": [table_of(table, say) for table in ledger.recognition.tables],
        },
        "notices": notices,
        "control": [_control(control) for control in ledger.control],
        "rejects_count": ledger.rejects,
        "rejects": _rejects(ledger, say),
    }


def recognised(recognition: Recognition, say: Speaker) -> list[Row]:
    """Every table of the files with its columns, as recognised."""
    return [table_of(table, say) for table in recognition.tables]


def table_of(table: Table, say: Speaker) -> Row:
    """One table: which column is read as what, and how its dates and amounts are written."""
    return {
        "table": table.label,
        "layout": table.layout,
        "role": table.role,
        "rows": table.rows,
        "header_line": table.header_line,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "date_order": table.date_order,
        "decimal": table.decimal,
        "styles": _styles(table, say),
        "columns": [
            {"header": column.header, "field": column.field, "label": say(words_of(column.field))}
            for column in table.columns
            if column.field is not None
        ],
        "not_used": [column.header for column in table.columns if column.field is None],
    }


def words_of(field: str) -> str:
    """A field's name in words: "invoice_number" is "Invoice number"."""
    return field.replace("_", " ").capitalize()


def _styles(table: Table, say: Speaker) -> list[str]:
    """How the table is written, in words."""
    orders = {
        "ymd": say("year, month, day"),
        "dmy": say("day, month, year"),
        "mdy": say("month, day, year"),
    }
    found = [
        table.format.upper(),
        table.encoding,
        say("header in line {line}", line=table.header_line),
    ]
    if table.delimiter:
        delimiter = {"\t": "tab"}.get(table.delimiter, table.delimiter)
        found.append(say("cells parted by {mark}", mark=delimiter))
    if table.date_order:
        found.append(say("dates: {order}", order=orders[table.date_order]))
    if table.decimal:
        found.append(say("decimal mark {mark}", mark=table.decimal))
    found.append(say("{rows} rows", rows=number(table.rows, 0)))
    return [text for text in found if text]


def _control(control: Control) -> Row:
    """File = ledger + rejects in one currency; amounts signed as the file writes them."""
    sides = {
        "file": (control.file_rows, control.file_amount),
        "ledger": (control.ledger_rows, control.ledger_amount),
        "rejects": (control.reject_rows, control.reject_amount),
    }
    currency = control.currency if is_currency(control.currency) else None
    return {
        "currency": currency,
        **{
            name: {"rows": rows, "amount": _as_written(amount, currency)}
            for name, (rows, amount) in sides.items()
        },
        "unreadable_rows": control.unreadable_rows,
        "reconciles": control.reconciles,
    }


def _as_written(amount: Decimal, currency: str | None) -> str:
    """A control total with the currency's decimals, or with more where the file has more."""
    text = exact(amount, currency or NO_CURRENCY)
    return text if text is not None and Decimal(text) == amount else f"{amount:f}"


def _rejects(ledger: LedgerFile, say: Speaker) -> list[Row]:
    """The first rejected rows; total lines are left out of the file, not rejected."""
    found: list[Row] = []
    names = ["file", "sheet", "line", "column", "value", "code", "ignored"]
    for batch in pq.ParquetFile(ledger.folder / "rejects.parquet").iter_batches(columns=names):
        for row in batch.to_pylist():
            if row.pop("ignored"):
                continue
            found.append({**row, "reason": say(REASONS.get(row["code"], row["code"]))})
            if len(found) == LISTED_REJECTS:
                return found
    return found
