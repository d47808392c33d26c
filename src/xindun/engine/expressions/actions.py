"""What to do today: one row an action with the money at stake, most urgent first.

What a reader would get wrong: amounts in different currencies do not compare, so actions rank by
their share of their own currency's open total times the action's weight, never by bare amounts.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine import schema
from xindun.engine.expressions.params import json_params
from xindun.engine.expressions.payments import days_between
from xindun.engine.expressions.positions import visible

MONEY = "decimal(38, 4)"


def due_soon(parts: ir.Table, settings: ir.Table, clock: ir.Table) -> ir.Table:
    """Per account: what falls due from today within the reminder days."""
    rows = parts.cross_join(clock.select("as_of")).cross_join(settings.select("remind_days"))
    ahead = days_between(rows.ages_from, rows.as_of)
    rows = rows.filter(
        rows.kind.isin(schema.AGED_KINDS),
        rows.amount > 0,
        ~rows.under_bill,
        ahead >= 0,
        ahead <= rows.remind_days,
    )
    return rows.group_by("buyer_id", "currency").aggregate(
        soon_amount=rows.amount.sum().cast(MONEY), soon_due_on=rows.ages_from.min()
    )


def bill_clocks(
    settlements: ir.Table, items: ir.Table, settings: ir.Table, clock: ir.Table
) -> ir.Table:
    """Per account and reason: bills whose legal clock runs.

    A matured bill must be presented within ten days (票据法 art. 53), and recourse against the
    endorsers ends six months after the dishonour (art. 17).
    """
    bills = visible(settlements, clock)
    bills = bills.filter(
        bills.kind.isin(schema.BILL_KINDS),
        bills.effective_on <= bills.as_of,
        bills.cleared_on.isnull() | (bills.cleared_on > bills.as_of),
    )
    bills = bills.cross_join(settings.select("presentment_days", "recourse_months"))
    bounced = (bills.dishonoured_on <= bills.as_of).fill_null(False)
    present_by = bills.matures_on + bills.presentment_days.as_interval("D")
    recourse_by = bills.dishonoured_on + bills.recourse_months.as_interval("M")
    # Through a timestamp: date arithmetic gives a date in one SQL engine, a time in another.
    last = bounced.ifelse(recourse_by, present_by).cast("timestamp").cast("date")
    reason = ibis.cases(
        (bounced & (last >= bills.as_of), "recourse_runs"),
        (bounced, "recourse_lapsed"),
        (bills.matures_on > bills.as_of, "not_matured"),
        (last >= bills.as_of, "present_bill"),
        (last < bills.as_of, "presentment_late"),
        else_="no_maturity",
    )
    bills = bills.select("item_id", bill_amount=bills.amount, deadline=last, reason=reason)
    bills = bills.filter(bills.reason != "not_matured")
    owners = visible(items, clock)
    owners = owners.select(owner_id="item_id", buyer_id="buyer_id", currency="currency")
    rows = owners.join(bills, owners.owner_id == bills.item_id)
    return rows.group_by("buyer_id", "currency", "reason").aggregate(
        amount=rows.bill_amount.sum().cast(MONEY), deadline=rows.deadline.min(), bills=rows.count()
    )


def _action(
    rows: ir.Table,
    code: str | ir.Value,
    stake: ir.Value,
    reason: str | ir.Value,
    due_on: ir.Value | None = None,
    **facts: ir.Value,
) -> ir.Table:
    return rows.select(
        "buyer_id",
        "currency",
        action=ibis.literal(code) if isinstance(code, str) else code,
        stake=stake.cast(MONEY),
        reason=ibis.literal(reason) if isinstance(reason, str) else reason,
        params=json_params(**facts),
        due_on=ibis.null("date") if due_on is None else due_on,
    )


def _overdue_actions(rows: ir.Table) -> list[ir.Table]:
    """One step of the collection ladder an account, and whether new orders hold."""
    days = rows.max_days_overdue
    late = rows.filter(days >= rows.call_days, rows.overdue > 0)
    step = ibis.cases(
        (late.max_days_overdue >= late.hand_over_days, "hand_over"),
        (late.max_days_overdue >= late.demand_days, "demand"),
        else_="call",
    )
    since = late.oldest_due_on
    chase = _action(late, step, late.overdue, "overdue", since, days=late.max_days_overdue)
    held = rows.filter(days >= rows.hold_days, rows.overdue > 0)
    hold = _action(
        held,
        "hold_orders",
        held.overdue,
        "overdue_beyond_hold",
        held.oldest_due_on,
        days=held.max_days_overdue,
        hold_days=held.hold_days,
    )
    return [chase, hold]


def _limit_actions(rows: ir.Table) -> list[ir.Table]:
    """Exposure above the recommended limit, and receipts that nobody applied."""
    exposure = rows.open_total + rows.unbilled
    over = rows.mutate(exposure=exposure)
    # Where nothing new is granted while overdue, holding orders already says so.
    over = over.filter(over.limit_binding != "overdue_hold", over.exposure > over.limit_recommended)
    review = _action(
        over,
        "review_limit",
        over.exposure - over.limit_recommended,
        "above_limit",
        limit=over.limit_recommended,
        exposure=over.exposure,
    )
    idle = rows.filter(rows.unapplied > 0, rows.open_total > 0)
    stake = ibis.least(idle.unapplied, idle.open_total)
    apply = _action(idle, "check_unapplied", stake, "unapplied_receipts", unapplied=idle.unapplied)
    return [review, apply]


def actions(
    graded: ir.Table,
    limits: ir.Table,
    soon: ir.Table,
    bills: ir.Table,
    buyers: ir.Table,
    weights: ir.Table,
    totals: ir.Table,
    settings: ir.Table,
) -> ir.Table:
    """All actions, ranked.

    Args:
        graded: the accounts with their ageing.
        limits: their recommended limits.
        weights: action, weight: how urgent one unit of money at stake is.
    """
    capped = limits.select(
        "limit_recommended", "limit_binding", capped_buyer="buyer_id", capped_in="currency"
    )
    rows = graded.join(
        capped, [graded.buyer_id == capped.capped_buyer, graded.currency == capped.capped_in]
    )
    rows = rows.cross_join(
        settings.select("call_days", "hold_days", "demand_days", "hand_over_days")
    )
    remind = _action(
        soon, "remind", soon.soon_amount, "due_soon", soon.soon_due_on, amount=soon.soon_amount
    )
    chase = _action(
        bills, "chase_bill", bills.amount, bills.reason, bills.deadline, bills=bills.bills
    )
    every = [*_overdue_actions(rows), *_limit_actions(rows), remind, chase]
    return _ranked(every[0].union(*every[1:]), buyers, weights, totals)


def _ranked(rows: ir.Table, buyers: ir.Table, weights: ir.Table, totals: ir.Table) -> ir.Table:
    owed = totals.select(total_currency="currency", whole="open_total")
    rows = rows.join(owed, rows.currency == owed.total_currency)
    rows = rows.join(weights, "action")
    whole = rows.whole.cast("float64")
    share = (whole > 0).ifelse(rows.stake.cast("float64") / whole.nullif(0), 0.0)
    rows = rows.mutate(share_of_open=share.round(6), urgency=share * rows.weight)
    names = buyers.select(named_id="buyer_id", name="name")
    rows = rows.left_join(names, rows.buyer_id == names.named_id)
    order = [rows.urgency.desc(), rows.stake.desc(), rows.buyer_id, rows.action]
    ranked = rows.select(
        "buyer_id",
        "name",
        "currency",
        "action",
        "stake",
        "reason",
        "params",
        "due_on",
        "share_of_open",
        rank=ibis.row_number().over(ibis.window(order_by=order)) + 1,
    )
    return ranked.select("rank", *[c for c in ranked.columns if c != "rank"]).order_by("rank")
