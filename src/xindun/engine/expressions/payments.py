"""Every settlement of an aged item beside the item's terms: how late each part was paid.

One row a settlement, never one an invoice: an invoice paid in two parts was paid at two speeds,
and splitting a payment on one day changes no figure, because all later sums are exact decimals
over parts.

What a reader would get wrong: a bill that the buyer handed over in time is not late because it
matures later; its part is judged by the hand-over against the due date and by the honouring
against the maturity, whichever was later. A write-off was never paid; set-off, goods and credit
notes are neither paid on time nor late.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions.positions import known_items, visible

PAID = "paid"
UNPAID = "unpaid"  # written off: aged to the day asked about
OTHER = "other"  # set-off, goods, credit note: left out of payment behaviour
LOOKBACK_DAYS = 1126
"""Settlements further back are in no window (12 months, 24 month ends, 36 months of seasons)."""


def days_between(later: ir.Value, earlier: ir.Value) -> ir.Value:
    """Whole days from ``earlier`` to ``later``."""
    return later.delta(earlier, unit="day")


def next_working_day(rows: ir.Table, day: str, working_days: ir.Table, result: str) -> ir.Table:
    """``rows`` with the column ``result``: ``day``, or the next working day when it is none.

    ``rows`` needs the column ``country_key``; ``working_days`` lists only days without work.
    """
    # A view of its own, so that one expression may join the calendar twice.
    calendar = working_days.view().select(
        calendar_country="country", calendar_day="day", shifted="next_working_day"
    )
    both = rows.left_join(
        calendar,
        [rows.country_key == calendar.calendar_country, rows[day] == calendar.calendar_day],
    )
    return both.select(*rows.columns, **{result: both.shifted.coalesce(both[day])})


def settled_parts(
    items: ir.Table,
    settlements: ir.Table,
    buyers: ir.Table,
    working_days: ir.Table,
    settings: ir.Table,
    clock: ir.Table,
) -> ir.Table:
    """One row a settlement cleared by ``as_of`` (within the lookback) of a visible aged item.

    Returns:
        buyer_id, currency, amount, outcome (paid, unpaid, other), issued_on, due_on (may be
        null), terms_end (due date, for a bill its maturity when later), handed_on, paid_on,
        days (beyond terms, negative when early; null without a due date), on_time, in_good_time
        (no later than the days after which orders are held), derived.
    """
    seen = visible(settlements, clock)
    seen = seen.filter(
        seen.cleared_on <= seen.as_of,
        days_between(seen.as_of, seen.cleared_on) < LOOKBACK_DAYS,
    )
    seen = seen.select(
        "item_id", "kind", "amount", "effective_on", "cleared_on", "matures_on", "derived"
    )
    owed = known_items(items, clock)
    owed = owed.filter(owed.kind.isin(schema.AGED_KINDS))
    owed = owed.select("item_id", "buyer_id", "currency", "issued_on", "due_on")
    both = seen.join(owed, seen.item_id == owed.item_id)
    places = buyers.select(place_id="buyer_id", country_key=buyers.country.fill_null(""))
    both = both.left_join(places, both.buyer_id == places.place_id)
    bill = both.kind.isin(schema.BILL_KINDS)
    maturity = both.matures_on.coalesce(both.due_on)
    parts = both.mutate(
        country_key=both.country_key.fill_null(""),
        terms_end=bill.ifelse(ibis.greatest(both.due_on, maturity), both.due_on),
        outcome=ibis.cases(
            (both.kind == schema.WRITE_OFF, UNPAID),
            (both.kind.isin(schema.PAYING_KINDS), PAID),
            else_=OTHER,
        ),
    )
    parts = next_working_day(parts, "due_on", working_days, "due_by")
    parts = next_working_day(parts, "terms_end", working_days, "end_by")
    return _judged(parts.cross_join(settings.select("tolerance_days", "hold_days")))


def _judged(parts: ir.Table) -> ir.Table:
    """Add days beyond terms and the two yes-or-no judgements."""
    handed = days_between(parts.effective_on, parts.due_on)
    cleared = days_between(parts.cleared_on, parts.terms_end)
    parts = parts.mutate(days=ibis.greatest(handed, cleared))
    grace = parts.tolerance_days
    on_time = (days_between(parts.effective_on, parts.due_by) <= grace) & (
        days_between(parts.cleared_on, parts.end_by) <= grace
    )
    return parts.select(
        "buyer_id",
        "currency",
        "amount",
        "outcome",
        "issued_on",
        "due_on",
        "terms_end",
        handed_on=parts.effective_on,
        paid_on=parts.cleared_on,
        days=parts.days.cast("int32"),
        on_time=on_time.fill_null(False),
        in_good_time=(on_time | (parts.days <= parts.hold_days)).fill_null(False),
        derived=parts.derived,
    )


def overdue_parts(
    parts: ir.Table, buyers: ir.Table, working_days: ir.Table, settings: ir.Table, clock: ir.Table
) -> ir.Table:
    """Open parts past their day: still unpaid, at their age to date.

    ``too_late`` is false while a payment today would still count as on time (due on a holiday).
    """
    rows = parts.cross_join(clock.select("as_of"))
    rows = rows.filter(
        rows.kind.isin(schema.AGED_KINDS), rows.amount > 0, rows.ages_from < rows.as_of
    )
    places = buyers.select(place_id="buyer_id", country_key=buyers.country.fill_null(""))
    rows = rows.left_join(places, rows.buyer_id == places.place_id)
    rows = rows.mutate(country_key=rows.country_key.fill_null(""))
    rows = next_working_day(rows, "ages_from", working_days, "pay_by")
    rows = rows.cross_join(settings.select("tolerance_days"))
    return rows.select(
        "buyer_id",
        "currency",
        "amount",
        days=days_between(rows.as_of, rows.ages_from).cast("int32"),
        too_late=days_between(rows.as_of, rows.pay_by) > rows.tolerance_days,
    )
