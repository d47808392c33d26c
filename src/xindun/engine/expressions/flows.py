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
from xindun.engine.expressions.payments import PAID
from xindun.engine.expressions.positions import known_items

ONE_DAY = 1


def _monthly(rows: ir.Table, measure: str, day: ir.Value, amount: ir.Value) -> ir.Table:
    # A number, because date truncation gives a date in one SQL engine and a time in another.
    month = day.year().cast("int64") * 12 + day.month().cast("int64") - 1
    flat = rows.select("currency", month=month, amount=amount)
    sums = flat.group_by("currency", "month").aggregate(
        amount=flat.amount.sum().cast("decimal(38, 4)")
    )
    return sums.select("currency", "month", "amount", measure=ibis.literal(measure))


def _next(day: ir.Value) -> ir.Value:
    return (day + ibis.interval(days=ONE_DAY)).cast("date")


def flows(items: ir.Table, settled: ir.Table, parts: ir.Table, clock: ir.Table) -> ir.Table:
    """Sums by currency, month and measure.

    Returns:
        currency, month (year × 12 + month − 1), amount, measure: sales (invoices), issued
        (invoices and retention), cleared (settlements of them), receipts (cash and honoured bills),
        overdue_in, overdue_out.
    """
    known = known_items(items, clock)
    sold = known.filter(known.kind == schema.INVOICE)
    aged = known.filter(known.kind.isin(schema.AGED_KINDS))
    received = settled.filter(settled.outcome == PAID)
    late = settled.filter(settled.handed_on > settled.due_on)
    again = _next(settled.terms_end)
    start = ibis.greatest(again, settled.handed_on)
    billed = settled.mutate(start=start)
    billed = billed.filter(billed.paid_on > billed.start)
    now = parts.cross_join(clock.select("as_of"))
    now = now.filter(now.kind.isin(schema.AGED_KINDS), now.amount > 0, now.ages_from < now.as_of)
    later = ibis.greatest
    monthly = [
        _monthly(sold, "sales", sold.issued_on, sold.amount),
        _monthly(aged, "issued", aged.issued_on, aged.amount),
        _monthly(settled, "cleared", later(settled.paid_on, settled.issued_on), settled.amount),
        _monthly(received, "receipts", received.paid_on, received.amount),
        _monthly(late, "overdue_in", later(_next(late.due_on), late.issued_on), late.amount),
        _monthly(late, "overdue_out", later(late.handed_on, late.issued_on), late.amount),
        _monthly(billed, "overdue_in", later(billed.start, billed.issued_on), billed.amount),
        _monthly(billed, "overdue_out", later(billed.paid_on, billed.issued_on), billed.amount),
        _monthly(now, "overdue_in", later(_next(now.ages_from), now.issued_on), now.amount),
    ]
    rows = monthly[0].union(*monthly[1:])
    sums = rows.group_by("currency", "month", "measure").aggregate(
        amount=rows.amount.sum().cast("decimal(38, 4)")
    )
    return sums.order_by("currency", "month", "measure")


def currency_activity(profiles: ir.Table) -> ir.Table:
    """Per currency: the sums that the key figures of ``engine.kpis`` are made of."""
    money = ("sales_365", "sales_90", "issued_365", "issued_90", "cleared_365", "cleared_90")
    return profiles.group_by("currency").aggregate(
        # Null where no account of the currency ever had a settlement: then nothing was cleared.
        **{name: profiles[name].sum().fill_null(0).cast("decimal(38, 4)") for name in money},
        first_issued_on=profiles.first_issued_on.min(),
        accounts=profiles.count(),
        rated=profiles.count(where=profiles.not_rated_reason.isnull()),
    )
