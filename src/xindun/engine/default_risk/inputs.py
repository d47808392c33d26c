"""What the models read: ratios of the catalogue, and a few amounts in dollars.

Why amounts at all: a large loss says more than a small one at the same ratio, and on held-out
years the amounts add 0.005 to 0.01 of AUC. They are million US dollars, so that companies with
different currencies compare; without a rate they are not known, which the model has a value for.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from xindun.engine.figures import Figures
from xindun.engine.ratios import RATIOS, inputs_of, ratio_of

MILLION: Final = 1_000_000
DOLLARS: Final[Mapping[str, str]] = {
    "net_income_usd": "net_income",
    "ebit_usd": "ebit",
    "retained_earnings_usd": "retained_earnings",
    "sales_usd": "sales",
    "market_value_usd": "market_value",
}
"""Code to line; the amount is in millions, a flow's is a year's."""


class InputSet(StrEnum):
    """Which statements a model can be applied to."""

    PRIVATE = "private"
    LISTED = "listed"


_STATEMENT: Final = (
    *("quick_ratio", "liquid_assets_to_current_liabilities", "liquid_assets_to_assets"),
    *("no_credit_days", "liabilities_to_assets", "current_liabilities_to_assets"),
    *("net_income_to_assets", "net_income_to_liabilities", "funds_to_liabilities"),
    *("ebitda_to_liabilities", "ebitda_to_current_liabilities", "asset_turnover"),
    *("inventory_to_assets", "inventory_days"),
    *("net_income_usd", "ebit_usd", "retained_earnings_usd", "sales_usd"),
)
_MARKET: Final = (
    *("market_value_to_liabilities", "market_value_to_assets", "market_value_to_equity"),
    *("market_value_to_sales", "net_income_to_market_assets", "market_value_usd"),
)
CODES: Final[Mapping[InputSet, tuple[str, ...]]] = {
    InputSet.PRIVATE: _STATEMENT,
    InputSet.LISTED: (*_STATEMENT, *_MARKET),
}
RISES: Final = frozenset({"liabilities_to_assets", "current_liabilities_to_assets"})
"""Risk may only rise with these."""
FALLS: Final = frozenset(
    (
        *("quick_ratio", "liquid_assets_to_current_liabilities", "liquid_assets_to_assets"),
        *("no_credit_days", "net_income_to_assets", "net_income_to_liabilities"),
        *("funds_to_liabilities", "ebitda_to_liabilities", "ebitda_to_current_liabilities"),
        *("market_value_to_liabilities", "market_value_to_assets", "market_value_to_sales"),
        "net_income_to_market_assets",
    )
)
"""Risk may only fall with these; the rest may go either way, as the data say."""


def direction(code: str) -> int:
    """1 where risk may only rise with the input, −1 where it may only fall, 0 where either."""
    return (code in RISES) - (code in FALLS)


def model_inputs(
    codes: tuple[str, ...],
    figures: Figures,
    before: Figures | None = None,
    *,
    months: int,
    usd_rate: Decimal | None,
) -> dict[str, Decimal | None]:
    """The inputs of one statement by code; None where a line, or the rate, is not stated.

    Args:
        usd_rate: US dollars for one unit of the statement's currency.
    """
    lines = inputs_of(figures, before, months=months)
    found: dict[str, Decimal | None] = {}
    for code in codes:
        if code not in DOLLARS:
            found[code] = ratio_of(RATIOS[code], lines).value
            continue
        amount = lines.get(DOLLARS[code])
        known = amount is not None and usd_rate is not None
        found[code] = amount * usd_rate / MILLION if known else None  # type: ignore[operator]
    return found
