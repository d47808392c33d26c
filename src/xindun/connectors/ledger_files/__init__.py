"""Ledger files: spreadsheets and ERP exports of receivables become a ledger folder.

``recognise`` says what a file holds and what must be asked; ``read_ledger`` writes the canonical
tables of :mod:`xindun.engine.schema` plus the rejected rows. No Django here: ``xindun review``
works from a file alone.
"""

from xindun.connectors.ledger_files.options import Options, load_mapping
from xindun.connectors.ledger_files.reading import read_ledger, recognise
from xindun.connectors.ledger_files.rejects import rejects_csv
from xindun.connectors.ledger_files.values import (
    Column,
    Control,
    LedgerFile,
    NeedsAnswer,
    Notice,
    Question,
    Recognition,
    Table,
)

__all__ = [
    "Column",
    "Control",
    "LedgerFile",
    "NeedsAnswer",
    "Notice",
    "Options",
    "Question",
    "Recognition",
    "Table",
    "load_mapping",
    "read_ledger",
    "recognise",
    "rejects_csv",
]
