"""Control totals: what the file says against what was imported and rejected, per currency.

What a reader would get wrong: the file's side is summed from the facts as read, the ledger's side
from the accepted rows; total lines are neither, they are left out and counted on their own.
"""

from __future__ import annotations

from decimal import Decimal

from xindun.connectors.ledger_files.staging import Staging
from xindun.connectors.ledger_files.values import Control


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
