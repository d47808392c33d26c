"""Ageing of open positions by account: buckets past due, the second ageing by recognition date.

What a reader would get wrong: the day itself is not overdue (due today is ``not_due``), and an
item without a due date is not due, never dropped: the buckets partition the open total exactly.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions.positions import with_clock

BUCKET_COLUMNS = schema.BUCKET_COLUMNS
RECOGNITION_COLUMNS = ("r_lt_1y", "r_1_2y", "r_2_3y", "r_gt_3y")
BALANCE_COLUMNS = (
    "open_total",
    *BUCKET_COLUMNS,
    "overdue",
    "disputed",
    "under_bills",
    "credits",
    "unapplied",
    "unbilled",
    "net",
)
"""The money columns of an aged account, beside the ageing by recognition."""


def sum_where(amount: ir.Value, condition: ir.Value) -> ir.Value:
    """Σ amount over the rows that meet ``condition``; zero, not null, when none does."""
    total = amount.sum(where=condition)
    return total.fill_null(ibis.literal(0).cast("decimal(38, 4)")).cast("decimal(38, 4)")


def days_past_due(parts: ir.Table) -> ir.Value:
    """Whole days from the due date to ``as_of``; zero or less while not due, null without one."""
    return parts.as_of.delta(parts.ages_from, unit="day")


def bucket_sums(parts: ir.Table, aged: ir.Value) -> dict[str, ir.Value]:
    """One sum for each of ``schema.BUCKETS`` over the rows where ``aged`` holds."""
    days = days_past_due(parts)
    sums: dict[str, ir.Value] = {}
    for column, (_, first, last) in zip(BUCKET_COLUMNS, schema.BUCKETS, strict=True):
        if first is None:
            inside = days.isnull() | (days <= last)
        elif last is None:
            inside = days >= first
        else:
            inside = days.between(first, last)
        sums[column] = sum_where(parts.amount, aged & inside)
    return sums


def recognition_sums(parts: ir.Table, aged: ir.Value) -> dict[str, ir.Value]:
    """账龄: years since recognition; an anniversary still belongs to the year that it ends."""
    since = parts.recognised_on
    ends = [since + ibis.interval(years=n) for n in (1, 2, 3)]
    day = parts.as_of
    inside = (
        day <= ends[0].cast("date"),
        (day > ends[0].cast("date")) & (day <= ends[1].cast("date")),
        (day > ends[1].cast("date")) & (day <= ends[2].cast("date")),
        day > ends[2].cast("date"),
    )
    return {
        column: sum_where(parts.amount, aged & condition)
        for column, condition in zip(RECOGNITION_COLUMNS, inside, strict=True)
    }


def aged_accounts(parts: ir.Table, clock: ir.Table) -> ir.Table:
    """One row an account (buyer and currency) with an open position.

    Returns:
        buyer_id, currency; open_total = Σ buckets exactly; the buckets; overdue; disputed;
        under_bills; credits; unapplied; unbilled; net = open_total − credits − unapplied;
        oldest_due_on; max_days_overdue; open_items; the recognition columns. Money is
        decimal(38,4).
    """
    rows = with_clock(parts, clock)
    aged = rows.kind.isin(schema.AGED_KINDS)
    owed = aged & (rows.amount > 0)
    sums = rows.group_by("buyer_id", "currency").aggregate(
        open_total=sum_where(rows.amount, aged),
        **bucket_sums(rows, aged),
        disputed=sum_where(rows.amount, aged & rows.disputed),
        under_bills=sum_where(rows.amount, aged & rows.under_bill),
        credits=sum_where(rows.amount, rows.kind == schema.CREDIT_NOTE),
        unapplied=sum_where(rows.amount, rows.kind == schema.RECEIPT),
        unbilled=sum_where(rows.amount, rows.kind == schema.UNBILLED_DELIVERY),
        oldest_due_on=rows.ages_from.min(where=owed),
        max_days_overdue=ibis.greatest(days_past_due(rows).max(where=owed).fill_null(0), 0),
        open_items=rows.count(where=aged & rows.is_item),
        **recognition_sums(rows, aged),
    )
    return sums.mutate(
        overdue=(sums.open_total - sums.not_due).cast("decimal(38, 4)"),
        net=(sums.open_total - sums.credits - sums.unapplied).cast("decimal(38, 4)"),
    )


def aged_report(accounts: ir.Table, buyers: ir.Table) -> ir.Table:
    """The aged accounts with the buyer's name and country, largest balance first."""
    named = accounts.left_join(
        buyers.select("buyer_id", "name", "country"), accounts.buyer_id == buyers.buyer_id
    )
    columns = [
        "buyer_id",
        "name",
        "country",
        "currency",
        *BALANCE_COLUMNS,
        "oldest_due_on",
        "max_days_overdue",
        "open_items",
        *RECOGNITION_COLUMNS,
    ]
    report = named.select(*columns)
    return report.order_by(report.currency, report.open_total.desc(), report.buyer_id)
