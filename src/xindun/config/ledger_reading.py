"""The wiring between ledger files and the record: a file becomes what the record loads.

The record knows a port and the connector knows files; this is the one place that knows both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from xindun.connectors.ledger_files import Options, read_ledger, rejects_csv
from xindun.record.receivables.ports import Progress
from xindun.record.receivables.values import ControlRow, LedgerFolder

SETTLEMENT_FIELDS = frozenset(
    {"paid_on", "paid_amount", "open_amount", "is_open", "applies_to", "settlement_kind"}
)
"""A file with one of these columns states how its documents were settled."""


def options_of(stored: Mapping[str, Any]) -> Options:
    """The connector's options from the JSON that a batch keeps; empty answers are left out."""
    known = {field.name for field in fields(Options)}
    given = {k: v for k, v in stored.items() if k in known and v not in (None, "", {})}
    if isinstance(given.get("recorded_at"), str):
        moment = datetime.fromisoformat(given["recorded_at"])
        given["recorded_at"] = moment.replace(tzinfo=None)  # the batch stores UTC
    return Options(**given)


def read_ledger_file(
    path: Path, options: Mapping[str, Any], out: Path, progress: Progress | None = None
) -> LedgerFolder:
    """Read one file with the connector; the port of ``record/receivables/ports.py``."""
    ledger = read_ledger([path], options_of(options), out, progress)
    tables = ledger.recognition.tables
    return LedgerFolder(
        folder=ledger.folder,
        rows_read=ledger.rows_read,
        rejected=ledger.rejects,
        control=tuple(
            ControlRow(**{name: getattr(row, name) for name in ControlRow.__slots__})
            for row in ledger.control
        ),
        layout={
            "content_hash": ledger.content_hash,
            "tables": [
                {
                    "file": table.file,
                    "sheet": table.sheet,
                    "layout": table.layout,
                    "format": table.format,
                    "encoding": table.encoding,
                    "delimiter": table.delimiter,
                    "date_order": table.date_order,
                    "decimal": table.decimal,
                    "mapping": table.mapping,
                    "unmapped": list(table.unmapped),
                    "rows": table.rows,
                }
                for table in tables
            ],
        },
        notices=tuple(
            {"code": each.code, "params": {k: str(v) for k, v in each.params.items()}}
            for each in ledger.notices
        ),
        rejects_csv=_rejects_csv(ledger.folder) if ledger.rejects else None,
        states_settlements=any(SETTLEMENT_FIELDS & set(table.fields) for table in tables),
        last_movement_on=ledger.last_movement_on,
    )


def _rejects_csv(folder: Path) -> Path:
    target = folder / "rejects.csv"
    rejects_csv(folder, target)
    return target
