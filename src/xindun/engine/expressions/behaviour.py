"""Payment behaviour of each account: days beyond terms, on-time share, trend, spread.

What a reader would get wrong: paid-only averages flatter the worst payers, because what they
never paid is not in them. Every average here also counts what is overdue now (and what was written
off) at its age to date; the windows before count what was overdue at their own end.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions.payments import days_between
from xindun.engine.expressions.positions import ZERO, known_items

RECENT_DAYS = 90
MIDDLE_DAYS = 180
YEAR_DAYS = 365

Sums = dict[str, ir.Value]


def _sum(value: ir.Value, where: ir.Value) -> ir.Value:
    return value.sum(where=where).fill_null(ibis.literal(0).cast("decimal(38, 4)"))


def _moments(prefix: str, amount: ir.Value, days: ir.Value, where: ir.Value) -> Sums:
    """Σ amount and Σ amount × days over the rows where ``where`` holds."""
    return {
        f"{prefix}_amount": _sum(amount, where),
        f"{prefix}_days": _sum(amount * days.cast("decimal(9, 0)"), where),
    }


def _squares(prefix: str, amount: ir.Value, days: ir.Value, where: ir.Value) -> Sums:
    square = days.cast("decimal(9, 0)") * days.cast("decimal(9, 0)")
    return {f"{prefix}_squares": _sum(amount * square, where)}


def settled_sums(settled: ir.Table, clock: ir.Table) -> ir.Table:
    """Per account: the sums over settled parts that every behaviour figure is made of."""
    rows = settled.cross_join(clock.select("as_of"))
    rows = rows.mutate(
        ago=days_between(rows.as_of, rows.paid_on).cast("int32"),
        since=days_between(rows.as_of, rows.terms_end).cast("int32"),
        known=days_between(rows.as_of, rows.issued_on).cast("int32"),
    )
    # Older payments are in no window; what was written off stays unpaid.
    told = (rows.paid | rows.undated) & (rows.ago < YEAR_DAYS)
    rows = rows.filter(rows.due_on.notnull(), told | rows.lost)
    paid = rows.paid
    unpaid = rows.lost & (rows.since > 0)
    year = paid
    sums: Sums = {
        **_moments("year", rows.amount, rows.days, year),
        **_squares("year", rows.amount, rows.days, year),
        **_moments("recent", rows.amount, rows.days, paid & (rows.ago < RECENT_DAYS)),
        **_moments(
            "middle",
            rows.amount,
            rows.days,
            paid & (rows.ago >= RECENT_DAYS) & (rows.ago < MIDDLE_DAYS),
        ),
        **_moments("older", rows.amount, rows.days, year & (rows.ago >= MIDDLE_DAYS)),
        **_moments("lost", rows.amount, rows.since, unpaid),
        **_squares("lost", rows.amount, rows.since, unpaid),
    }
    for name, back in (("recent", RECENT_DAYS), ("middle", MIDDLE_DAYS)):
        # Overdue when the window before this one ended, whatever became of it later.
        then = (rows.since > back) & (rows.known >= back)
        late = then & ((paid & (rows.ago < back)) | rows.lost)
        sums |= _moments(f"late_before_{name}", rows.amount, rows.since - back, late)
    sums["on_time_amount"] = _sum(rows.amount, year & rows.on_time)
    sums["derived_amount"] = _sum(rows.amount, year & rows.derived)
    sums["undated_amount"] = _sum(rows.amount, rows.undated)
    return rows.group_by("buyer_id", "currency").aggregate(**sums)


def overdue_sums(overdue: ir.Table) -> ir.Table:
    """Per account: the same sums over what is overdue now."""
    days = overdue.days
    everything = days > 0
    sums: Sums = {
        **_moments("open", overdue.amount, days, everything),
        **_squares("open", overdue.amount, days, everything),
        "too_late_amount": _sum(overdue.amount, overdue.too_late),
    }
    for name, back in (("recent", RECENT_DAYS), ("middle", MIDDLE_DAYS)):
        sums |= _moments(f"open_before_{name}", overdue.amount, days - back, days > back)
    return overdue.group_by("buyer_id", "currency").aggregate(**sums)


def account_activity(items: ir.Table, clock: ir.Table) -> ir.Table:
    """Every account with an item issued by ``as_of``: its history, sales and terms."""
    rows = known_items(items, clock)
    ago = days_between(rows.as_of, rows.issued_on)
    due_ago = days_between(rows.as_of, rows.due_on)
    aged = rows.kind.isin(schema.AGED_KINDS)
    year = (rows.kind == schema.INVOICE) & (ago < YEAR_DAYS)
    terms = days_between(rows.due_on, rows.issued_on).cast("decimal(9, 0)")
    return rows.group_by("buyer_id", "currency").aggregate(
        first_issued_on=rows.issued_on.min(),
        last_issued_on=rows.issued_on.max(),
        judged_items=rows.count(where=aged & (due_ago >= 0) & (due_ago < YEAR_DAYS)),
        sales_365=_sum(rows.amount, year),
        termed_amount=_sum(rows.amount, year & rows.due_on.notnull()),
        termed_days=_sum(rows.amount * terms, year & rows.due_on.notnull()),
    )


def highest_paid(settled: ir.Table, clock: ir.Table) -> ir.Table:
    """Per account: the highest balance at the end of a day that was later paid on time.

    Counts the parts paid within the last 12 months, each open from the day of its invoice to the
    day before its payment; the second figure is the same
    for parts paid at most ``experience_days`` late.
    """
    rows = settled.cross_join(clock.select("as_of"))
    rows = rows.filter(
        rows.paid,
        rows.in_good_time,
        days_between(rows.as_of, rows.paid_on) < YEAR_DAYS,
        rows.paid_on > rows.issued_on,
    )
    rows = rows.mutate(prompt=rows.on_time.ifelse(rows.amount, ZERO))
    same = ["buyer_id", "currency"]
    opened = rows.select(*same, day=rows.issued_on, good=rows.amount, prompt=rows.prompt)
    closed = rows.select(*same, day=rows.paid_on, good=-rows.amount, prompt=-rows.prompt)
    moves = opened.union(closed)
    # Payments of a day come first, so no balance inside a day is above that at its end.
    running = ibis.cumulative_window(
        group_by=[moves.buyer_id, moves.currency], order_by=[moves.day, moves.good]
    )
    balances = moves.select(
        *same, good=moves.good.sum().over(running), prompt=moves.prompt.sum().over(running)
    )
    return balances.group_by(*same).aggregate(
        largest_paid_on_time=balances.prompt.max().cast("decimal(38, 4)"),
        largest_paid_in_good_time=balances.good.max().cast("decimal(38, 4)"),
    )


SEASON_DAYS = 730
"""A calendar month must have come round twice before it can be called a season."""


def seasonality(settled: ir.Table, profiles: ir.Table) -> ir.Table:
    """Lateness by the calendar month of the due date, for accounts with 24 months of history.

    Returns:
        buyer_id, currency, month (1–12), amount, days_beyond_terms (of parts due in that month,
        paid ones only), excess_days over the account's own average of the same parts.
    """
    old = profiles.filter(profiles.history_days >= SEASON_DAYS)
    old = old.select(old_buyer="buyer_id", old_currency="currency")
    paid = settled.filter(settled.paid, settled.due_on.notnull())
    rows = paid.select(
        "buyer_id", "currency", "amount", "days", month=paid.due_on.month().cast("int64")
    )
    sums = rows.group_by("buyer_id", "currency", "month").aggregate(
        amount=rows.amount.sum().cast("decimal(38, 4)"),
        weighted=(rows.amount * rows.days.cast("decimal(9, 0)")).sum().cast("float64"),
    )
    sums = sums.join(old, [sums.buyer_id == old.old_buyer, sums.currency == old.old_currency])
    sums = sums.filter(sums.amount > 0)
    whole = ibis.window(group_by=[sums.buyer_id, sums.currency])
    amount = sums.amount.cast("float64")
    usual = sums.weighted.sum().over(whole) / amount.sum().over(whole)
    days = sums.weighted / amount
    return sums.select(
        "buyer_id",
        "currency",
        "month",
        "amount",
        days_beyond_terms=days.round(1),
        excess_days=(days - usual).round(1),
    )
