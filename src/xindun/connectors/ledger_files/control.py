"""Control totals: what the file says against what was imported and rejected, per currency.

What a reader would get wrong: the file's side is summed from the facts as read, the ledger's side
from the accepted rows; total lines are neither, they are left out and counted on their own. Both
sides would agree on a row that a join lost or doubled, so the rows are first held against those
that were staged.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xindun.connectors.ledger_files.staging import TABLE_STEP, Staging
from xindun.connectors.ledger_files.values import Control
from xindun.kernel.errors import DomainError


class RowsUnaccounted(DomainError):
    """A row was lost or doubled on the way: a fault of the reader, never of the file."""

    code = "rows_unaccounted"
    sentence = (
        "{read} rows were read and {kept} came out; nothing was written. "
        "This is a fault of Xindun: please report it with the file's header."
    )


def check_accounted(staging: Staging, counts: Sequence[int], items: int) -> None:
    """Hold the rows in ``typed`` and the documents written against the rows that were staged.

    Row numbers are consecutive in each table, so their sum finds a row that replaced another.

    Args:
        staging: after everything was built.
        counts: the staged rows of each table.
        items: the documents written.

    Raises:
        RowsUnaccounted: a row was lost, doubled or replaced.
    """
    kept, numbers = staging.all("SELECT count(*), coalesce(sum(rn), 0) FROM typed")[0]
    expected = sum(
        rows * (rows - 1) // 2 + rows * table * TABLE_STEP for table, rows in enumerate(counts)
    )
    if (kept, int(numbers)) != (sum(counts), expected):
        raise RowsUnaccounted(read=sum(counts), kept=kept)
    documents = staging.one(
        "SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM overpaid)"
    )
    if items != documents:
        raise RowsUnaccounted(read=documents, kept=items)


def control_totals(staging: Staging) -> tuple[Control, ...]:
    """One :class:`Control` per currency, ordered by its code; unreadable currencies as ``""``."""
    rows = staging.all(
        """SELECT coalesce(t.currency, '') AS currency, count(*) AS n,
            coalesce(sum(t.amount), 0) AS amount,
            count(*) FILTER (x.rn IS NULL) AS kept,
            coalesce(sum(t.amount) FILTER (x.rn IS NULL), 0) AS kept_amount,
            count(x.rn) AS refused,
            coalesce(sum(t.amount) FILTER (x.rn IS NOT NULL), 0) AS refused_amount,
            count(*) FILTER (t.amount IS NULL) AS unreadable
        FROM typed t LEFT JOIN rejected x USING (rn)
        WHERE x.fault.code IS DISTINCT FROM 'total_row'
        GROUP BY 1 ORDER BY 1"""
    )
    return tuple(
        Control(
            currency=currency,
            file_rows=n,
            file_amount=Decimal(amount),
            ledger_rows=kept,
            ledger_amount=Decimal(kept_amount),
            reject_rows=refused,
            reject_amount=Decimal(refused_amount),
            unreadable_rows=unreadable,
        )
        for currency, n, amount, kept, kept_amount, refused, refused_amount, unreadable in rows
    )
