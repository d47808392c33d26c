"""One row an account with everything the scorecard, the limits and the actions read.

What a reader would get wrong: figures are rounded here, once, and every later step starts from
the rounded value, so that a score can be worked out again by hand from what the page shows.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine.expressions.ageing import BALANCE_COLUMNS, RECOGNITION_COLUMNS
from xindun.engine.expressions.behaviour import YEAR_DAYS
from xindun.engine.expressions.payments import days_between

ACCOUNT = ("buyer_id", "currency")
AVERAGE_MONTH = 365.25 / 12


def _beside(left: ir.Table, right: ir.Table) -> ir.Table:
    """``left`` with the columns of ``right`` for the same account, null where it has none."""
    renamed = right.rename({f"right_{name}": name for name in ACCOUNT})
    both = left.left_join(
        renamed,
        [left.buyer_id == renamed.right_buyer_id, left.currency == renamed.right_currency],
    )
    # Selected, not dropped: a drop writes its names in an order that changes from run to run.
    added = [name for name in right.columns if name not in ACCOUNT]
    return both.select(*left.columns, *added)


def _number(value: ir.Value) -> ir.Value:
    return value.fill_null(ibis.literal(0).cast("decimal(38, 4)")).cast("float64")


def _ratio(part: ir.Value, whole: ir.Value, digits: int) -> ir.Value:
    """part ÷ whole rounded; null where the whole is not positive."""
    return (whole > 0).ifelse(part / whole.nullif(0), ibis.null("float64")).round(digits)


def _average(table: ir.Table, names: tuple[str, ...]) -> ir.Value:
    """Amount-weighted days over the named groups of sums; null when nothing was judged."""
    amount = sum((_number(table[f"{n}_amount"]) for n in names), ibis.literal(0.0))
    days = sum((_number(table[f"{n}_days"]) for n in names), ibis.literal(0.0))
    return _ratio(days, amount, 1)


def payment_index(profiles: ir.Table, ladder: ir.Table) -> ir.Table:
    """Add the 1–100 index: days beyond terms placed on the published ladder."""
    steps = ladder.select("from_days", "to_days", "from_index", "to_index")
    days = profiles.days_beyond_terms
    both = profiles.left_join(steps, [days >= steps.from_days, days < steps.to_days])
    share = (days - both.from_days) / (both.to_days - both.from_days)
    index = both.from_index + share * (both.to_index - both.from_index)
    return both.select(*profiles.columns, payment_index=index.round().cast("int64"))


def behaviour(
    activity: ir.Table,
    settled: ir.Table,
    overdue: ir.Table,
    highest: ir.Table,
    aged: ir.Table,
    clock: ir.Table,
) -> ir.Table:
    """Join the accounts' sums and turn them into the behaviour figures."""
    rows = activity
    for part in (settled, overdue, highest, aged):
        rows = _beside(rows, part)
    rows = rows.cross_join(clock.select("as_of"))
    everything = ("year", "open", "lost")
    judged = sum((_number(rows[f"{n}_amount"]) for n in everything), ibis.literal(0.0))
    mean = sum((_number(rows[f"{n}_days"]) for n in everything), ibis.literal(0.0)) / judged.nullif(
        0
    )
    squares = sum((_number(rows[f"{n}_squares"]) for n in everything), ibis.literal(0.0))
    variance = ibis.greatest(squares / judged.nullif(0) - mean * mean, 0.0)
    on_time_base = (
        _number(rows.year_amount) + _number(rows.too_late_amount) + _number(rows.lost_amount)
    )
    history = days_between(rows.as_of, rows.first_issued_on)
    before = ("middle", "older", "late_before_recent", "open_before_recent")
    recent = _average(rows, ("recent", "open", "lost"))
    earlier = _average(rows, before)
    owed = _number(rows.open_total)
    long = sum(
        (_number(rows[c]) for c in ("d61_90", "d91_120", "d121_180", "d181_365", "d_gt_365")),
        ibis.literal(0.0),
    )
    late = _number(rows.overdue)
    covered = ibis.least(ibis.greatest(history + 1, 1), YEAR_DAYS)
    # A young account's sales of some weeks are not a year's; a month is the least we divide by.
    months = ibis.greatest(covered / AVERAGE_MONTH, 1.0)
    return rows.mutate(
        history_days=history,
        judged_amount=judged,
        days_beyond_terms=_average(rows, everything),
        on_time_ratio=_ratio(_number(rows.on_time_amount), on_time_base, 4),
        volatility_days=(judged > 0).ifelse(variance.sqrt(), ibis.null("float64")).round(1),
        dbt_0_90=recent,
        dbt_91_180=_average(rows, ("middle", "late_before_recent", "open_before_recent")),
        dbt_181_365=_average(rows, ("older", "late_before_middle", "open_before_middle")),
        trend_days=(recent - earlier).round(1),
        derived_ratio=_ratio(
            _number(rows.derived_amount) + _number(rows.undated_amount),
            _number(rows.year_amount) + _number(rows.undated_amount),
            4,
        ),
        overdue_ratio=(owed > 0).ifelse(ibis.greatest(late, 0.0) / owed.nullif(0), 0.0).round(4),
        long_overdue_ratio=(owed > 0)
        .ifelse(ibis.greatest(long, 0.0) / owed.nullif(0), 0.0)
        .round(4),
        terms_days=_ratio(_number(rows.termed_days), _number(rows.termed_amount), 1),
        monthly_sales=(_number(rows.sales_365) / months).round(4).cast("decimal(38, 4)"),
    )


PAYMENT_BEHAVIOUR = (
    "days_beyond_terms",
    "payment_index",
    "on_time_ratio",
    "volatility_days",
    "trend_days",
    "dbt_0_90",
    "dbt_91_180",
    "dbt_181_365",
)
"""Figures that need payments: null for a ledger that holds open items only."""


def rated(profiles: ir.Table, settings: ir.Table) -> ir.Table:
    """Say which accounts have too little history to be graded, and why; add the confidence."""
    rows = profiles.cross_join(
        settings.select(
            "min_items",
            "min_history_days",
            "sure_items",
            "sure_history_days",
            "unsure_derived_ratio",
            "only_open",
            "only_settled",
        )
    )
    undated = (_number(rows.undated_amount) > 0) & (
        _number(rows.year_amount) + _number(rows.lost_amount) <= 0
    )
    reason = ibis.cases(
        (rows.only_open, "no_settlements_in_ledger"),
        (rows.history_days < rows.min_history_days, "history_too_short"),
        (rows.judged_items < rows.min_items, "too_few_items"),
        # What is overdue alone would make everybody late who has an open invoice.
        (undated, "payment_dates_unknown"),
        (rows.days_beyond_terms.isnull() | rows.on_time_ratio.isnull(), "nothing_to_judge"),
        else_=ibis.null("string"),
    )
    derived = rows.derived_ratio.fill_null(0.0)
    confidence = ibis.cases(
        (reason.notnull(), ibis.null("string")),
        (derived > rows.unsure_derived_ratio, "low"),
        (rows.only_settled | (derived > 0.0), "medium"),
        (rows.judged_items < rows.sure_items, "medium"),
        (rows.history_days < rows.sure_history_days, "medium"),
        else_="high",
    )
    # Where no payment is in the ledger, what is overdue says nothing of how the buyer pays.
    known = {
        name: rows.only_open.ifelse(ibis.null(rows[name].type()), rows[name])
        if name in PAYMENT_BEHAVIOUR
        else rows[name]
        for name in profiles.columns
    }
    return rows.select(**known, not_rated_reason=reason, confidence=confidence)


def profiles(t: dict[str, ir.Table]) -> ir.Table:
    """The behaviour of every account, its payment index, and whether it can be rated."""
    rows = behaviour(
        t["account_activity"],
        t["settled_sums"],
        t["overdue_sums"],
        t["highest_paid"],
        t["aged_accounts"],
        t["clock"],
    )
    return rated(payment_index(rows, t["ladder"]), t["settings"])


MONEY_OR_NOTHING = (*BALANCE_COLUMNS, *RECOGNITION_COLUMNS)
"""Columns of the ageing that are zero for an account with nothing open."""


def graded(profiles: ir.Table, scores: ir.Table) -> ir.Table:
    """The profiles with score, grade and reasons; money columns zero where nothing is open."""
    rows = _beside(profiles, scores)
    zero = ibis.literal(0).cast("decimal(38, 4)")
    return rows.mutate(
        **{name: rows[name].fill_null(zero) for name in MONEY_OR_NOTHING},
        open_items=rows.open_items.fill_null(0),
        max_days_overdue=rows.max_days_overdue.fill_null(0),
    )


REPORT = (
    *MONEY_OR_NOTHING,
    "oldest_due_on",
    "max_days_overdue",
    "open_items",
    "days_beyond_terms",
    "payment_index",
    "on_time_ratio",
    "trend_days",
    "volatility_days",
    "largest_paid_on_time",
    "history_days",
    "judged_items",
    "dbt_0_90",
    "dbt_91_180",
    "dbt_181_365",
    "overdue_ratio",
    "long_overdue_ratio",
    "monthly_sales",
    "terms_days",
    "derived_ratio",
    "confidence",
    "first_issued_on",
    "last_issued_on",
    "health_score",
    "grade",
    "not_rated_reason",
    "reasons",
)


def account_report(
    graded: ir.Table, limits: ir.Table, changes: ir.Table, buyers: ir.Table, totals: ir.Table
) -> ir.Table:
    """One row an account: everything that a credit file shows."""
    rows = _beside(_beside(graded, limits), changes)
    names = buyers.select(named_id="buyer_id", name="name", country="country")
    rows = rows.left_join(names, rows.buyer_id == names.named_id)
    whole = totals.select(total_currency="currency", whole="open_total")
    rows = rows.left_join(whole, rows.currency == whole.total_currency)
    owed = rows.whole.cast("float64")
    share = (owed > 0).ifelse(rows.open_total.cast("float64") / owed.nullif(0), 0.0)
    report = rows.select(
        "buyer_id",
        "name",
        "country",
        "currency",
        *REPORT,
        "counterfactuals",
        "limit_recommended",
        "limit_binding",
        "limit_formulas",
        share_of_open=share.round(6),
    )
    return report.order_by(report.currency, report.open_total.desc(), report.buyer_id)
