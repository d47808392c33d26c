"""A recommended limit for each account: every formula the data allow, and the binding one.

What a reader would get wrong: a formula without its data is listed as not available with the
reason, never as zero and never left out; and the recommendation is the least of the available
ones, rounded down to two significant digits, so it never promises more than any formula allows.
Formula (f), the grade's multiplier, goes by the worse of payment grade and company grade and says
which it was: a company grade can lower a limit and can never raise one.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine.expressions.params import json_params

MONEY = "decimal(38, 4)"
FACTOR = "decimal(22, 4)"

UNAVAILABLE = {
    "tangible_net_worth": "no_statements",
    "working_capital": "no_statements",
    "loss_appetite": "no_default_probability",
    "insured_limit": "no_policy",
}
"""Formulas (a), (b), (e), (g) of a payment-only review and why they cannot be made."""


def starter_caps(profiles: ir.Table, configured: ir.Table, settings: ir.Table) -> ir.Table:
    """The cap for new buyers per currency: the configured one, else from the ledger's own sales.

    Without a configured cap it is ``starter_share`` of the median monthly sales of the rated
    accounts in that currency: a newcomer starts as half an ordinary customer.
    """
    usual = profiles.filter(profiles.not_rated_reason.isnull(), profiles.monthly_sales > 0)
    medians = usual.group_by("currency").aggregate(
        median_sales=usual.monthly_sales.cast("float64").median(), rated=usual.count()
    )
    currencies = profiles.select(account_currency="currency").distinct()
    rows = currencies.left_join(medians, currencies.account_currency == medians.currency)
    rows = rows.select("account_currency", "median_sales")
    fixed = configured.select(fixed_currency="currency", fixed_cap="cap")
    rows = rows.left_join(fixed, rows.account_currency == fixed.fixed_currency)
    rows = rows.cross_join(settings.select("starter_share"))
    share = rows.starter_share.cast("float64")
    derived = (rows.median_sales * share).round(4).cast(MONEY)
    return rows.select(
        currency=rows.account_currency,
        cap=rows.fixed_cap.cast(MONEY).coalesce(derived),
        basis=rows.fixed_cap.notnull().ifelse("configured", "median_sales"),
        median_sales=rows.median_sales.round(4).cast(MONEY),
    )


def rounded_down(amount: ir.Value) -> ir.Value:
    """The largest amount with two significant digits that is not above ``amount`` (≥ 0)."""
    number = amount.cast("float64")
    digits = ibis.greatest(number, 0.0001).log10().floor()
    grain = ibis.literal(10.0) ** (digits - 1)
    return ((number / grain + 1e-9).floor() * grain).round(4).cast(MONEY)


def _formula(code: ir.Value, amount: ir.Value, why_not: ir.Value, params: ir.Value) -> ir.Value:
    """One formula as a struct; ``why_not`` is null where the amount stands."""
    available = why_not.isnull() & amount.notnull()
    return ibis.struct(
        {
            "code": code,
            "available": available,
            "amount": available.ifelse(amount, ibis.null(MONEY)),
            "reason": available.ifelse(ibis.null("string"), why_not.coalesce("no_data")),
            "params": params,
        }
    )


def _amounts(rows: ir.Table) -> ir.Table:
    """Add each formula's amount and, where it cannot be made, the reason."""
    none = ibis.null("string")
    unrated = rows.not_rated_reason.notnull()
    sales = rows.monthly_sales.cast(FACTOR)
    stretch = rows.extension_days.cast("decimal(9, 0)") * rows.extension_share
    days = (rows.terms_days.cast("float64") + stretch.cast("float64")) / 30.0
    months = ibis.greatest(rows.terms_days.fill_null(30).cast("float64"), 30.0) / 30.0
    ordinary = (sales * months.round(4).cast("decimal(9, 4)")).cast(MONEY)
    no_sales = (rows.sales_365 <= 0).fill_null(True)
    return rows.mutate(
        experience=(rows.largest_paid_in_good_time.fill_null(0).cast(FACTOR) * rows.step_up).cast(
            MONEY
        ),
        experience_not=unrated.ifelse("not_rated", none),
        need_days=(days * 30.0).round(1),
        need=(sales * days.round(4).cast("decimal(9, 4)")).cast(MONEY),
        need_not=ibis.cases(
            (rows.only_open, "sales_incomplete"),
            (no_sales, "no_sales_in_12_months"),
            (rows.terms_days.isnull(), "no_terms"),
            else_=none,
        ),
        ordinary_balance=ordinary,
        graded=(ordinary.cast(FACTOR) * rows.multiplier).cast(MONEY),
        lowered=(ordinary.cast(FACTOR) * rows.company_multiplier).cast(MONEY),
        graded_not=ibis.cases(
            (unrated, "not_rated"), (no_sales, "no_sales_in_12_months"), else_=none
        ),
        is_lowered=(~unrated & ~no_sales & (rows.company_multiplier < rows.multiplier)).fill_null(
            False
        ),
        starter=rows.cap,
        starter_not=ibis.cases(
            (~unrated, "rated_buyer"), (rows.cap.isnull(), "no_rated_buyers"), else_=none
        ),
        floor_not=ibis.cases(
            (unrated, "not_rated"),
            (rows.health_score >= rows.score_floor, "above_floor"),
            else_=none,
        ),
        hold_not=ibis.cases(
            (~unrated, "in_the_score"),
            (rows.max_days_overdue.fill_null(0) < rows.hold_days, "not_overdue"),
            else_=none,
        ),
    )


def limits(
    graded: ir.Table,
    caps: ir.Table,
    settings: ir.Table,
    grades: ir.Table,
    company_grades: ir.Table,
) -> ir.Table:
    """limit_recommended, limit_binding and limit_formulas of each account.

    The recommendation is null when no formula is available. ``company_grades`` holds a row for
    each buyer that has one; without it every limit is what payments alone say.
    """
    start = caps.select("cap", "median_sales", cap_currency="currency")
    rows = graded.left_join(start, graded.currency == start.cap_currency)
    bands = grades.select(band="grade", multiplier="multiplier")
    rows = rows.left_join(bands, rows.grade == bands.band)
    companies = company_grades.join(grades, company_grades.company_grade == grades.grade).select(
        "company_grade",
        company_id=company_grades.buyer_id,
        company_multiplier=grades.multiplier,
    )
    rows = rows.left_join(companies, rows.buyer_id == companies.company_id)
    rows = rows.cross_join(
        settings.select(
            "step_up",
            "experience_days",
            "extension_days",
            "extension_share",
            "score_floor",
            "hold_days",
            "only_open",
        )
    )
    rows = _amounts(rows)
    zero = ibis.literal(0).cast(MONEY)
    nothing = ibis.null(MONEY)
    # The first of equal amounts is the binding one: a plain refusal explains more than a product.
    made = {
        "score_floor": (zero, rows.floor_not),
        "overdue_hold": (zero, rows.hold_not),
        "payment_experience": (rows.experience, rows.experience_not),
        "need": (rows.need, rows.need_not),
        "grade_multiplier": (
            rows.is_lowered.ifelse(rows.lowered, rows.graded),
            rows.graded_not,
        ),
        "starter_cap": (rows.starter, rows.starter_not),
    }
    usable = {
        code: why_not.isnull().ifelse(amount, nothing) for code, (amount, why_not) in made.items()
    }
    # An amount above every real one stands for "not available", because LEAST of SQL engines
    # disagree about nulls.
    top = ibis.literal("99999999999999999999").cast(MONEY)
    least = ibis.least(*(amount.coalesce(top) for amount in usable.values()))
    codes: dict[str, ir.Value] = {code: ibis.literal(code) for code in made}
    codes["grade_multiplier"] = rows.is_lowered.ifelse("company_grade", "grade_multiplier")
    binding = ibis.cases(
        *((amount == least, codes[code]) for code, amount in usable.items()),
        else_=ibis.null("string"),
    )
    params = {
        "payment_experience": json_params(
            balance=rows.largest_paid_in_good_time.fill_null(0),
            step_up=rows.step_up,
            days=rows.experience_days,
        ),
        "need": json_params(monthly_sales=rows.monthly_sales, days=rows.need_days),
        "grade_multiplier": rows.is_lowered.ifelse(
            json_params(
                ordinary_balance=rows.ordinary_balance.round(2),
                grade=rows.company_grade,
                multiplier=rows.company_multiplier,
                payment_grade=rows.grade,
            ),
            json_params(
                ordinary_balance=rows.ordinary_balance.round(2),
                grade=rows.grade,
                multiplier=rows.multiplier,
            ),
        ),
        "starter_cap": json_params(median_sales=rows.median_sales),
        "score_floor": json_params(floor=rows.score_floor, score=rows.health_score),
        "overdue_hold": json_params(days=rows.max_days_overdue, hold_days=rows.hold_days),
    }
    empty = ibis.literal("{}")
    formulas = [
        _formula(ibis.literal(code), nothing, ibis.literal(reason), empty)
        for code, reason in UNAVAILABLE.items()
    ] + [
        _formula(codes[code], amount, why_not, params[code])
        for code, (amount, why_not) in made.items()
    ]
    return rows.select(
        "buyer_id",
        "currency",
        limit_recommended=(least == top).ifelse(nothing, rounded_down(least)),
        limit_binding=(least == top).ifelse(ibis.null("string"), binding),
        limit_formulas=ibis.array(formulas),
    )
