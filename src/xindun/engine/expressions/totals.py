"""Sums per currency. Nothing is ever added across currencies."""

from __future__ import annotations

import ibis.expr.types as ir

from xindun.engine.expressions.ageing import BUCKET_COLUMNS, RECOGNITION_COLUMNS

SUMMED = (
    "open_total",
    "credits",
    "unapplied",
    "net",
    *BUCKET_COLUMNS,
    "overdue",
    "disputed",
    "under_bills",
    "unbilled",
    *RECOGNITION_COLUMNS,
)


def currency_totals(accounts: ir.Table) -> ir.Table:
    """One row a currency: the accounts' money columns added up, accounts and open items counted."""
    sums = accounts.group_by("currency").aggregate(
        **{name: accounts[name].sum().cast("decimal(38, 4)") for name in SUMMED},
        accounts=accounts.count(),
        open_items=accounts.open_items.sum(),
    )
    return sums.order_by("currency")
