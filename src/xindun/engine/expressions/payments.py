"""Every settlement of an aged item beside the item's terms: how late each part was paid.

One row a settlement, never one an invoice: an invoice paid in two parts was paid at two speeds,
and splitting a payment on one day changes no figure, because all later sums are exact decimals
over parts.

What a reader would get wrong: a bill that the buyer handed over in time is not late because it
matures later; its part is judged by the hand-over against the due date and by the honouring
against the maturity, whichever was later. A write-off was never paid; set-off, goods and credit
notes are neither paid on time nor late. A payment whose day nobody states (``derived`` without a
source) is evidence of neither: it only makes the account's figures less sure.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions.positions import known_items, visible

LOOKBACK_DAYS = 806
"""Settlements further back are in no window: 12 months of behaviour, 24 month ends and the month
under way (at most 26 calendar months), two rounds of seasons."""


def days_between(later: ir.Value, earlier: ir.Value) -> ir.Value:
    """Whole days from ``earlier`` to ``later``."""
    return later.delta(earlier, unit="day")


def next_working_day(
    rows: ir.Table, day: ir.Value, needed: ir.Value, working_days: ir.Table, result: str
) -> ir.Table:
    """``rows`` with the column ``result``: ``day``, or the next working day when it is none.

    Only rows where ``needed`` holds are looked up: a null key costs a join nothing.

    Args:
        rows: has the column ``country_key``.
        working_days: lists only the days without work.
    """
    rows = rows.mutate(day_key=needed.ifelse(day, ibis.null("date")), **{result: day})
    # A view of its own, so that one expression may join the calendar twice.
    calendar = working_days.view().select(
        calendar_country="country", calendar_day="day", shifted="next_working_day"
    )
    both = rows.left_join(
        calendar,
        [rows.day_key == calendar.calendar_day, rows.country_key == calendar.calendar_country],
    )
    kept = [name for name in rows.columns if name not in ("day_key", result)]
    return both.select(*kept, **{result: both.shifted.coalesce(both[result])})


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
        buyer_id, currency, amount, paid, undated (paid, but nobody says when), lost (written
        off), issued_on, due_on (may be
        null), terms_end (due date, for a bill its maturity when later), handed_on, paid_on,
        days (beyond terms, negative when early; null without a due date), on_time, in_good_time
        (no later than limit formula (c) allows), derived. A part that is neither
        paid nor lost (set-off, goods, credit note) is left out of payment behaviour.
    """
    seen = visible(settlements, clock)
    seen = seen.filter(
        seen.cleared_on <= seen.as_of,
        days_between(seen.as_of, seen.cleared_on) < LOOKBACK_DAYS,
    )
    seen = seen.select(
        "item_id",
        "kind",
        "amount",
        "effective_on",
        "cleared_on",
        "matures_on",
        "derived",
        "source_item_id",
    )
    owed = known_items(items, clock)
    owed = owed.filter(owed.kind.isin(schema.AGED_KINDS))
    owed = owed.select("item_id", "buyer_id", "currency", "issued_on", "due_on")
    both = seen.join(owed, seen.item_id == owed.item_id)
    bill = both.kind.isin(schema.BILL_KINDS)
    maturity = both.matures_on.coalesce(both.due_on)
    undated = both.derived & both.source_item_id.isnull()
    parts = both.mutate(
        terms_end=bill.ifelse(ibis.greatest(both.due_on, maturity), both.due_on),
        paid=both.kind.isin(schema.PAYING_KINDS) & ~undated,
        undated=both.kind.isin(schema.PAYING_KINDS) & undated,
        lost=both.kind == schema.WRITE_OFF,
    )
    parts = _with_country(parts, buyers)
    late = parts.effective_on > parts.due_on
    parts = next_working_day(parts, parts.due_on, late, working_days, "due_by")
    unhonoured = (parts.terms_end != parts.due_on) & (parts.cleared_on > parts.terms_end)
    parts = next_working_day(parts, parts.terms_end, unhonoured, working_days, "end_by")
    # Without a bill both ends are the same day, and only the first was looked up.
    parts = parts.mutate(
        end_by=(parts.terms_end == parts.due_on).ifelse(parts.due_by, parts.end_by)
    )
    return _judged(parts.cross_join(settings.select("tolerance_days", "experience_days")))


def _with_country(rows: ir.Table, buyers: ir.Table) -> ir.Table:
    places = buyers.select(place_id="buyer_id", place=buyers.country.fill_null(""))
    both = rows.left_join(places, rows.buyer_id == places.place_id)
    return both.select(*rows.columns, country_key=both.place.fill_null(""))


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
        "paid",
        "undated",
        "lost",
        "issued_on",
        "due_on",
        "terms_end",
        handed_on=parts.effective_on,
        paid_on=parts.cleared_on,
        days=parts.days.cast("int32"),
        on_time=on_time.fill_null(False),
        in_good_time=(on_time | (parts.days <= parts.experience_days)).fill_null(False),
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
    rows = _with_country(rows, buyers)
    rows = next_working_day(rows, rows.ages_from, ibis.literal(True), working_days, "pay_by")
    rows = rows.cross_join(settings.select("tolerance_days"))
    return rows.select(
        "buyer_id",
        "currency",
        "amount",
        days=days_between(rows.as_of, rows.ages_from).cast("int32"),
        too_late=days_between(rows.as_of, rows.pay_by) > rows.tolerance_days,
    )
