"""Statement files: balance sheets, income and cash-flow statements in XLSX or CSV become drafts.

``read_draft`` says what a file holds, a period a column, in the unit the sheet is written in. It
decides nothing: unit, currency and period are proposals that a person has to state. No Django
here: ``xindun ratios`` works from a file alone.
"""

from xindun.connectors.statement_files.names import Sources, sources
from xindun.connectors.statement_files.reading import (
    Draft,
    DraftPeriod,
    NoStatement,
    closing_days,
    read_draft,
)
from xindun.connectors.statement_files.stating import (
    ClosingDayMissing,
    Stated,
    read_content,
    statements_of,
)

__all__ = [
    "ClosingDayMissing",
    "Draft",
    "DraftPeriod",
    "NoStatement",
    "Sources",
    "Stated",
    "closing_days",
    "read_content",
    "read_draft",
    "sources",
    "statements_of",
]
