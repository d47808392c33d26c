"""Month by month: what was sold, settled and became overdue, for the series of month ends.

One pass over what moved instead of one as-of run a month: a month end's balance is today's
balance minus everything issued since plus everything settled since.

What a reader would get wrong: a part is overdue from the day after its terms end until it is
paid; under a bill it is not overdue between the hand-over and the maturity.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions.ageing import sum_where
from xindun.engine.expressions.behaviour import RECENT_DAYS, YEAR_DAYS
from xindun.engine.expressions.payments import days_between
from xindun.engine.expressions.positions import ZERO, known_items

MONEY = "decimal(38, 4)"

SERIES_MONTHS = 26
"""Months back that the series of 24 month ends can need, the current one included."""

Sums = dict[str, ir.Value]


def _month(day: ir.Value) -> ir.Value:
    # A number, because date truncation gives a date in one SQL engine and a time in another.
    return day.year().cast("int64") * 12 + day.month().cast("int64") - 1


def _monthly(rows: ir.Table, day: ir.Value, measures: Sums) -> list[ir.Table]:
    """One pass over ``rows``: each measure's sum by currency and month, as long rows."""
    flat = rows.select("currency", month=_month(day), **measures)
    sums = flat.group_by("currency", "month").aggregate(
        **{name: flat[name].sum().cast("decimal(38, 4)") for name in measures}
    )
    return [
        sums.select("currency", "month", amount=sums[name], measure=ibis.literal(name))
        for name in measures
    ]


def _next(day: ir.Value) -> ir.Value:
    return (day + ibis.interval(days=1)).cast("date")


def _where(condition: ir.Value, amount: ir.Value) -> ir.Value:
    return condition.fill_null(False).ifelse(amount, ZERO)


def flows(items: ir.Table, settled: ir.Table, parts: ir.Table, clock: ir.Table) -> ir.Table:
    """Sums by currency, month and measure.

    Returns:
        currency, month (year × 12 + month − 1), amount, measure: sales (invoices), issued
        (invoices and retention), cleared (settlements of them), receipts (cash and honoured
        bills), overdue_in, overdue_out.
    """
    known = known_items(items, clock)
    known = known.filter(known.kind.isin(schema.AGED_KINDS))
    recent = settled.cross_join(clock.select("as_of"))
    recent = recent.filter(_month(recent.as_of) - _month(recent.paid_on) < SERIES_MONTHS)
    late = recent.filter(recent.handed_on > recent.due_on)
    again = recent.mutate(
        start=ibis.greatest(_next(recent.terms_end), recent.handed_on, recent.issued_on)
    )
    again = again.filter(again.paid_on > again.start)
    now = parts.cross_join(clock.select("as_of"))
    now = now.filter(now.kind.isin(schema.AGED_KINDS), now.amount > 0, now.ages_from < now.as_of)
    later = ibis.greatest
    # A settlement before its invoice reduces nothing until the invoice is there.
    cleared = later(recent.paid_on, recent.issued_on)
    rows = [
        *_monthly(
            known,
            known.issued_on,
            {"issued": known.amount, "sales": _where(known.kind == schema.INVOICE, known.amount)},
        ),
        *_monthly(
            recent,
            cleared,
            {
                "cleared": recent.amount,
                "receipts": _where(recent.paid | recent.undated, recent.amount),
            },
        ),
        *_monthly(late, later(_next(late.due_on), late.issued_on), {"overdue_in": late.amount}),
        *_monthly(late, later(late.handed_on, late.issued_on), {"overdue_out": late.amount}),
        *_monthly(again, again.start, {"overdue_in": again.amount}),
        *_monthly(again, again.paid_on, {"overdue_out": again.amount}),
        *_monthly(now, later(_next(now.ages_from), now.issued_on), {"overdue_in": now.amount}),
    ]
    every = rows[0].union(*rows[1:])
    sums = every.group_by("currency", "month", "measure").aggregate(
        amount=every.amount.sum().cast("decimal(38, 4)")
    )
    return sums.order_by("currency", "month", "measure")


def currency_activity(
    items: ir.Table, settled: ir.Table, profiles: ir.Table, clock: ir.Table
) -> ir.Table:
    """Per currency: the sums that the key figures of ``engine.kpis`` are made of."""
    known = known_items(items, clock)
    known = known.filter(known.kind.isin(schema.AGED_KINDS))
    ago = days_between(known.as_of, known.issued_on)
    issued = known.filter(ago < YEAR_DAYS).mutate(ago=ago)
    sold = issued.group_by(sold_in=issued.currency).aggregate(
        issued_365=issued.amount.sum().cast(MONEY),
        issued_90=sum_where(issued.amount, issued.ago < RECENT_DAYS),
    )
    moved = settled.cross_join(clock.select("as_of"))
    moved = moved.mutate(
        ago=days_between(moved.as_of, ibis.greatest(moved.paid_on, moved.issued_on))
    )
    moved = moved.filter(moved.ago < YEAR_DAYS)
    cleared = moved.group_by(cleared_in=moved.currency).aggregate(
        cleared_365=moved.amount.sum().cast(MONEY),
        cleared_90=sum_where(moved.amount, moved.ago < RECENT_DAYS),
    )
    rows = profiles.group_by("currency").aggregate(
        sales_365=profiles.sales_365.sum().cast(MONEY),
        first_issued_on=profiles.first_issued_on.min(),
        rated=profiles.count(where=profiles.not_rated_reason.isnull()),
    )
    rows = rows.left_join(sold, rows.currency == sold.sold_in)
    rows = rows.left_join(cleared, rows.currency == cleared.cleared_in)
    nothing = ibis.literal(0).cast(MONEY)
    return rows.select(
        "currency",
        "sales_365",
        "first_issued_on",
        "rated",
        **{
            name: rows[name].fill_null(nothing)
            for name in ("issued_365", "issued_90", "cleared_365", "cleared_90")
        },
    )
