"""The ratios and distress models as columns of a table of statements.

Why this exists: a portfolio run and a model's training read statements by the million. Both take
the formulas from ``engine/ratios`` and ``engine/distress``; a test holds the columns to the exact
decimals.

What a reader would get wrong: here a ratio is a double, and one that is not defined is null without
a reason.
"""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from xindun.engine.distress import MODELS, PRICE_INDEX, USD_RATE, Indicator, Model
from xindun.engine.ratios import RATIOS, Ratio, Term, Unit
from xindun.engine.ratios.evaluate import DAYS_A_YEAR, MONTHS_A_YEAR


def ratio_columns(statements: ir.Table, codes: Iterable[str] = RATIOS) -> dict[str, ir.Column]:
    """The asked ratios as columns over ``statements``.

    Args:
        statements: the lines of ``engine/figures.py`` that the ratios need, ``months``, and for
            growth the lines of the year before with ``_before``. A ratio with a line that the
            table has no column for is null.
    """
    return {code: _column(statements, RATIOS[code]) for code in codes}


def distress_columns(statements: ir.Table, codes: Iterable[str] = MODELS) -> dict[str, ir.Column]:
    """The asked models' scores, by their codes; probabilities are left to the reader.

    Args:
        statements: as for ``ratio_columns``; for Ohlson's also ``usd_rate`` and ``price_index``.
    """
    return {code: _score(statements, MODELS[code]) for code in codes}


def _column(table: ir.Table, ratio: Ratio) -> ir.Column:
    if any(term.column not in table.columns for term in ratio.terms):
        return ibis.null("float64")
    top = _sum(table, ratio.top)
    if ratio.unit is Unit.LOG:
        return (top > 0).ifelse(top, ibis.null("float64")).ln()
    bottom = _sum(table, ratio.bottom)
    factor = DAYS_A_YEAR if ratio.unit is Unit.DAYS else 1
    found = top * factor / (bottom > 0).ifelse(bottom, ibis.null("float64"))
    if ratio.zero is None:
        return found
    return (bottom == 0).ifelse(ibis.literal(float(ratio.zero)), found)


def _sum(table: ir.Table, terms: tuple[Term, ...]) -> ir.Column:
    total = None
    for term in terms:
        amount = table[term.column].cast("float64")
        if term.is_flow:
            amount = amount * MONTHS_A_YEAR / table.months
        amount = amount.abs() if term.absolute else amount
        signed = amount if term.sign > 0 else -amount
        total = signed if total is None else total + signed
    return total


def _score(table: ir.Table, model: Model) -> ir.Column:
    total = ibis.literal(float(model.constant))
    for part in model.parts:
        total = total + float(part.coefficient) * _part(table, part.input)
    return total


def _part(table: ir.Table, name: str) -> ir.Column:
    if name in RATIOS:
        return _column(table, RATIOS[name])
    amounts = table.columns
    match Indicator(name):
        case Indicator.OHLSON_SIZE:
            needed = {"total_assets", USD_RATE, PRICE_INDEX}
            if not needed <= set(amounts):
                return ibis.null("float64")
            dollars = table.total_assets.cast("float64") * table[USD_RATE].cast("float64")
            index = table[PRICE_INDEX].cast("float64")
            return ((dollars > 0) & (index > 0)).ifelse(dollars / index, ibis.null("float64")).ln()
        case Indicator.LIABILITIES_ABOVE_ASSETS:
            return (table.total_liabilities > table.total_assets).ifelse(1.0, 0.0)
        case Indicator.LOSSES_TWO_YEARS:
            if "net_income_before" not in amounts:
                return ibis.null("float64")
            both = (table.net_income < 0) & (table.net_income_before < 0)
            return both.ifelse(1.0, 0.0)
