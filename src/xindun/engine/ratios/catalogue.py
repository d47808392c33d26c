"""Every ratio, by group. Balances are those of the closing day, never an average of two."""

from __future__ import annotations

from xindun.engine.ratios.formulas import Better, Group, Ratio, Unit, terms

_HIGHER, _LOWER, _NEITHER = Better.HIGHER, Better.LOWER, Better.NEITHER
_SHARE, _TIMES, _DAYS, _LOG = Unit.SHARE, Unit.TIMES, Unit.DAYS, Unit.LOG

_TABLE: dict[Group, tuple[tuple[str, str, str, Unit, Better], ...]] = {
    Group.LIQUIDITY: (
        ("current_ratio", "current_assets", "current_liabilities", _TIMES, _HIGHER),
        ("quick_ratio", "current_assets - inventory", "current_liabilities", _TIMES, _HIGHER),
        ("cash_ratio", "cash", "current_liabilities", _TIMES, _HIGHER),
        (
            "working_capital_to_assets",
            "current_assets - current_liabilities",
            "total_assets",
            _SHARE,
            _HIGHER,
        ),
        ("cash_to_assets", "cash", "total_assets", _SHARE, _HIGHER),
        ("current_assets_to_assets", "current_assets", "total_assets", _SHARE, _NEITHER),
        ("inventory_to_assets", "inventory", "total_assets", _SHARE, _NEITHER),
        (
            "liquid_assets_to_assets",
            "current_assets - inventory - receivables",
            "total_assets",
            _SHARE,
            _HIGHER,
        ),
        (
            "liquid_assets_to_current_liabilities",
            "current_assets - inventory - receivables",
            "current_liabilities",
            _TIMES,
            _HIGHER,
        ),
        (
            "no_credit_days",
            "current_assets - inventory - current_liabilities",
            "sales - ebitda",
            _DAYS,
            _HIGHER,
        ),
    ),
    Group.LEVERAGE: (
        ("liabilities_to_assets", "total_liabilities", "total_assets", _SHARE, _LOWER),
        ("equity_to_liabilities", "equity", "total_liabilities", _TIMES, _HIGHER),
        ("liabilities_to_equity", "total_liabilities", "equity", _TIMES, _LOWER),
        ("current_liabilities_to_assets", "current_liabilities", "total_assets", _SHARE, _LOWER),
        (
            "current_liabilities_to_current_assets",
            "current_liabilities",
            "current_assets",
            _TIMES,
            _LOWER,
        ),
        ("long_term_debt_to_assets", "long_term_debt", "total_assets", _SHARE, _LOWER),
        ("retained_earnings_to_assets", "retained_earnings", "total_assets", _SHARE, _HIGHER),
    ),
    Group.MARKET: (
        ("market_value_to_liabilities", "market_value", "total_liabilities", _TIMES, _HIGHER),
        ("market_value_to_assets", "market_value", "total_assets", _TIMES, _HIGHER),
        ("market_value_to_equity", "market_value", "equity", _TIMES, _NEITHER),
        ("market_value_to_sales", "market_value", "sales", _TIMES, _HIGHER),
        (
            "net_income_to_market_assets",
            "net_income",
            "total_liabilities + market_value",
            _SHARE,
            _HIGHER,
        ),
    ),
    Group.PROFITABILITY: (
        ("gross_margin", "gross_profit", "sales", _SHARE, _HIGHER),
        ("operating_expenses_to_sales", "operating_expenses", "sales", _SHARE, _LOWER),
        ("ebitda_margin", "ebitda", "sales", _SHARE, _HIGHER),
        ("ebit_margin", "ebit", "sales", _SHARE, _HIGHER),
        ("net_margin", "net_income", "sales", _SHARE, _HIGHER),
        ("gross_profit_to_assets", "gross_profit", "total_assets", _SHARE, _HIGHER),
        ("ebitda_to_assets", "ebitda", "total_assets", _SHARE, _HIGHER),
        ("ebit_to_assets", "ebit", "total_assets", _SHARE, _HIGHER),
        ("net_income_to_assets", "net_income", "total_assets", _SHARE, _HIGHER),
        ("net_income_to_equity", "net_income", "equity", _SHARE, _HIGHER),
        ("net_income_to_liabilities", "net_income", "total_liabilities", _SHARE, _HIGHER),
    ),
    Group.COVERAGE: (
        ("interest_cover", "ebit", "interest_expense", _TIMES, _HIGHER),
        ("ebitda_to_interest", "ebitda", "interest_expense", _TIMES, _HIGHER),
        ("ebitda_to_liabilities", "ebitda", "total_liabilities", _SHARE, _HIGHER),
        ("ebitda_to_current_liabilities", "ebitda", "current_liabilities", _SHARE, _HIGHER),
        (
            "funds_to_liabilities",
            "net_income + depreciation",
            "total_liabilities",
            _SHARE,
            _HIGHER,
        ),
        (
            "operating_cash_flow_to_liabilities",
            "operating_cash_flow",
            "total_liabilities",
            _SHARE,
            _HIGHER,
        ),
        (
            "operating_cash_flow_to_current_liabilities",
            "operating_cash_flow",
            "current_liabilities",
            _SHARE,
            _HIGHER,
        ),
    ),
    Group.ACTIVITY: (
        ("asset_turnover", "sales", "total_assets", _TIMES, _HIGHER),
        ("receivable_days", "receivables", "sales", _DAYS, _LOWER),
        ("inventory_days", "inventory", "cost_of_sales", _DAYS, _LOWER),
        ("payable_days", "payables", "cost_of_sales", _DAYS, _NEITHER),
    ),
    Group.GROWTH: (
        ("sales_growth", "sales - sales_before", "sales_before", _SHARE, _HIGHER),
        (
            "assets_growth",
            "total_assets - total_assets_before",
            "total_assets_before",
            _SHARE,
            _NEITHER,
        ),
        ("equity_growth", "equity - equity_before", "equity_before", _SHARE, _HIGHER),
        (
            "net_income_change",
            "net_income - net_income_before",
            "|net_income| + |net_income_before|",
            _SHARE,
            _HIGHER,
        ),
    ),
    Group.SIZE: (
        ("log_assets", "total_assets", "", _LOG, _HIGHER),
        ("log_sales", "sales", "", _LOG, _HIGHER),
    ),
}
_ZERO = {"net_income_change": 0}
"""Ohlson's change of income: two years without any are no change."""

RATIOS: dict[str, Ratio] = {
    code: Ratio(code, group, unit, better, terms(top), terms(bottom), _ZERO.get(code))
    for group, rows in _TABLE.items()
    for code, top, bottom, unit, better in rows
}
"""By code, in the order in which they are shown.

Liquid assets are what is current and neither stock nor owed by customers: cash, and near to it.
Market assets are liabilities and the market's value of the equity. No-credit days tell how long
what is left after current liabilities would pay the running costs.

A logarithm is of the amount in whole units of the statement's own currency: it compares companies
of one currency only.
"""
