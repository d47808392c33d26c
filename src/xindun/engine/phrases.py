"""The sentences behind the engine's codes, as English templates with named placeholders.

Edges translate the template (gettext domain ``xindun``) and then fill it from the ``params`` of
the row; ratios and money arrive as numbers, and the edge formats them for the reader's language.

What a reader would get wrong: a key is ``<family>.<code>``, because the same code may stand in
two families (``on_time_ratio`` is a reason and, changed, a counterfactual).
"""

from __future__ import annotations

from typing import Final

from xindun.engine.coverage import Flag
from xindun.engine.statement_phrases import STATEMENT_PHRASES

PHRASES: Final[dict[str, str]] = {
    # Reasons of the health score: one per factor, with the value it was read from.
    "reason.days_beyond_terms": "Pays {value} days beyond terms on average, unpaid debts included.",
    "reason.on_time_ratio": "Paid {value} of the amount on time in the last 12 months.",
    "reason.overdue_ratio": "{value} of the balance is overdue.",
    "reason.long_overdue_ratio": "{value} of the balance is more than 60 days overdue.",
    "reason.trend_days": "Days beyond terms moved by {value} against the nine months before.",
    "reason.trend_days_unknown": "No earlier window to compare with: half the points.",
    "reason.volatility_days": "Payments scatter by {value} days around their average.",
    "reason.history_days": "{value} days of history with this buyer.",
    "factor.days_beyond_terms": "Days beyond terms",
    "factor.on_time_ratio": "Paid on time",
    "factor.overdue_ratio": "Overdue share",
    "factor.long_overdue_ratio": "Long overdue share",
    "factor.trend_days": "Trend",
    "factor.volatility_days": "Scatter",
    "factor.history_days": "History",
    # What would reach a better grade.
    "change.settle_overdue_now": "Settle everything that is overdue now.",
    "change.change_days_beyond_terms": "Bring days beyond terms from {from} to {to}.",
    "change.change_on_time_ratio": "Raise the share paid on time from {from} to {to}.",
    "change.change_overdue_ratio": "Bring the overdue share of the balance from {from} to {to}.",
    "change.change_long_overdue_ratio": (
        "Bring the share more than 60 days overdue from {from} to {to}."
    ),
    "change.change_trend_days": "Turn the trend of days beyond terms from {from} to {to}.",
    "change.change_volatility_days": "Pay more evenly: scatter from {from} to {to} days.",
    "change.change_history_days": "Keep trading: history from {from} to {to} days.",
    # Why an account has no grade.
    "not_rated.no_settlements_in_ledger": (
        "The ledger holds no payment at all, so behaviour cannot be judged."
    ),
    "not_rated.history_too_short": "The history with this buyer is too short to judge.",
    "not_rated.too_few_items": "Too few invoices fell due in the last 12 months to judge.",
    "not_rated.payment_dates_unknown": "The ledger says what was paid, but never when.",
    "not_rated.nothing_to_judge": "Nothing was paid or overdue in the last 12 months.",
    # Limit formulas, and why one cannot be made.
    "limit.tangible_net_worth": "Share of tangible net worth",
    "limit.working_capital": "Share of working capital",
    "limit.loss_appetite": "Loss appetite over expected loss",
    "limit.insured_limit": "Insured limit",
    "limit.payment_experience": (
        "Highest balance paid within {days} days of terms in 12 months × {step_up}"
    ),
    "limit.need": "Need: monthly sales of {monthly_sales} over {days} days",
    "limit.grade_multiplier": (
        "Ordinary balance of {ordinary_balance} × {multiplier} for grade {grade}"
    ),
    "limit.company_grade": (
        "Ordinary balance of {ordinary_balance} × {multiplier} for company grade {grade}, which is"
        " worse than payment grade {payment_grade}"
    ),
    "limit.starter_cap": "Starter cap for new buyers",
    "limit.score_floor": "Nothing below a score of {floor}",
    "limit.overdue_hold": "Nothing new while {days} days overdue",
    "limit_reason.no_statements": "No financial statements are known.",
    "limit_reason.no_default_probability": "A payment grade is no default probability.",
    "limit_reason.no_policy": "No credit insurance policy is known.",
    "limit_reason.not_rated": "The buyer is not rated.",
    "limit_reason.rated_buyer": "The buyer is rated; the starter cap is for new ones.",
    "limit_reason.no_rated_buyers": "No cap is configured and no rated buyer to derive it from.",
    "limit_reason.no_sales_in_12_months": "Nothing was sold in the last 12 months.",
    "limit_reason.no_terms": "No invoice has a due date.",
    "limit_reason.sales_incomplete": "The ledger holds open items only, so sales are incomplete.",
    "limit_reason.above_floor": "The score is above the floor.",
    "limit_reason.in_the_score": "Overdue debts of rated buyers count in the score.",
    "limit_reason.not_overdue": "Nothing is overdue long enough.",
    "limit_reason.no_data": "The data for it are missing.",
    # What to do today, and why.
    "action.hand_over": "Stop shipments and hand over to collection",
    "action.demand": "Send a formal demand",
    "action.call": "Call",
    "action.remind": "Remind before the due date",
    "action.hold_orders": "Hold new orders",
    "action.review_limit": "Review the limit",
    "action.check_unapplied": "Apply unapplied receipts",
    "action.chase_bill": "Chase a bill",
    "action_reason.overdue": "The oldest debt is {days} days overdue.",
    "action_reason.overdue_beyond_hold": "{days} days overdue; orders hold from {hold_days} days.",
    "action_reason.above_limit": "Exposure {exposure} is above the recommended limit {limit}.",
    "action_reason.unapplied_receipts": "Receipts of {unapplied} are not applied to an invoice.",
    "action_reason.due_soon": "{amount} falls due soon.",
    "action_reason.present_bill": "{bills} matured: present within ten days of maturity.",
    "action_reason.presentment_late": "{bills} matured; the ten days to present have passed.",
    "action_reason.recourse_runs": "{bills} dishonoured: recourse ends six months after.",
    "action_reason.recourse_lapsed": "{bills} dishonoured more than six months ago.",
    "action_reason.no_maturity": "{bills} without a maturity date.",
    # What the ledger as a whole cannot support.
    "coverage.ledger_empty": "The ledger holds nothing up to {as_of}.",
    "coverage.only_open_items": (
        "The ledger holds open items only: sales, payment behaviour, grades and past days are not"
        " available."
    ),
    "coverage.only_settled_items": (
        "Every item in the ledger is settled in the end: what was never paid is missing, so past"
        " balances are too low and behaviour looks better than it was."
    ),
    "coverage.items_without_due_date": "{items} items have no due date and count as not due.",
    "coverage.ledger_ends_before": (
        "The last movement is {days} days before the day asked about ({last})."
    ),
    # Why a key figure is not available.
    "kpi_reason.only_open_items": "The ledger holds open items only, so sales are incomplete.",
    "kpi_reason.only_settled_items": (
        "The ledger holds settled items only, so what is still owed is missing."
    ),
    "kpi_reason.no_sales_in_window": "Nothing was sold in the window.",
    "kpi_reason.history_too_short": "The ledger does not reach back far enough.",
    "kpi_reason.no_loss_rates": "No loss rates are configured.",
    # Methods of the key figures.
    "method.dso_simple": "Open total ÷ gross sales of the window × its days (at most 12 months).",
    "method.dso_countback": "Monthly gross sales taken off the open total, newest month first.",
    "method.dso_best_possible": "Not yet due ÷ gross sales of the window × its days.",
    "method.average_days_delinquent": "DSO minus best possible DSO.",
    "method.collection_effectiveness": (
        "Collected ÷ collectable over the last 90 days, in per cent."
    ),
    "method.turnover_turns": "Gross sales of 12 months ÷ mean of opening and closing balance.",
    "method.turnover_days": "365 ÷ turns a year.",
    "method.provision": "Balance by year since recognition × configured loss rate.",
    "confidence.high": "High confidence",
    "confidence.medium": "Medium confidence",
    "confidence.low": "Low confidence",
    **STATEMENT_PHRASES,
}


def template(family: str, code: str) -> str:
    """The English template of a code; the bare code when there is none (never an empty text)."""
    return PHRASES.get(f"{family}.{code}", code)


def flag_template(flag: Flag) -> str:
    """The template of a coverage flag."""
    return template("coverage", flag.code)
