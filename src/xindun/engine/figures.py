"""The lines of a financial statement that ratios, models and grades are worked out from.

Why here: a statement that was recorded, a data set that a model learns from and a portfolio run
over Parquet name their columns alike, so one formula serves them all.

What a reader would get wrong: None is "not stated", never zero. And amounts are whole units of
one currency (a sheet in 万元 is multiplied before it comes here); flows cover the statement's own
months, formulas bring them to a year.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

BALANCES = (
    *("current_assets", "cash", "receivables", "inventory", "non_current_assets", "total_assets"),
    *("current_liabilities", "payables", "non_current_liabilities", "long_term_debt"),
    *("total_liabilities", "equity", "retained_earnings", "paid_in_capital", "subscribed_capital"),
    "market_value",
)
"""Lines that stand on a day."""
FLOWS = (
    *("sales", "cost_of_sales", "gross_profit", "operating_expenses", "depreciation", "ebitda"),
    *("ebit", "interest_expense", "net_income", "operating_cash_flow"),
)
"""Lines that run over a period."""
LINES = (*BALANCES, *FLOWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One statement's lines in whole currency units; None is not stated.

    Attributes:
        cash: with what is as good as cash.
        receivables: from customers, bills among them.
        payables: to suppliers, bills among them.
        long_term_debt: what bears interest and is due in more than a year.
        paid_in_capital: paid in, 实缴.
        subscribed_capital: promised, 认缴; a register's figure more often than a statement's.
        market_value: of the equity, where it is listed; no statement has it.
        operating_expenses: selling, administrative and research costs, without cost of sales.
        depreciation: with amortisation.
        ebit: earnings before interest and taxes.
    """

    current_assets: Decimal | None = None
    cash: Decimal | None = None
    receivables: Decimal | None = None
    inventory: Decimal | None = None
    non_current_assets: Decimal | None = None
    total_assets: Decimal | None = None
    current_liabilities: Decimal | None = None
    payables: Decimal | None = None
    non_current_liabilities: Decimal | None = None
    long_term_debt: Decimal | None = None
    total_liabilities: Decimal | None = None
    equity: Decimal | None = None
    retained_earnings: Decimal | None = None
    paid_in_capital: Decimal | None = None
    subscribed_capital: Decimal | None = None
    market_value: Decimal | None = None
    sales: Decimal | None = None
    cost_of_sales: Decimal | None = None
    gross_profit: Decimal | None = None
    operating_expenses: Decimal | None = None
    depreciation: Decimal | None = None
    ebitda: Decimal | None = None
    ebit: Decimal | None = None
    interest_expense: Decimal | None = None
    net_income: Decimal | None = None
    operating_cash_flow: Decimal | None = None

    def stated(self) -> dict[str, Decimal]:
        """The lines that are stated, by name."""
        pairs = ((line.name, getattr(self, line.name)) for line in fields(self))
        return {name: amount for name, amount in pairs if amount is not None}

    def scaled(self, unit: int) -> Figures:
        """The figures of a sheet that is written in ``unit``, in whole units.

        >>> Figures(cash=Decimal("1.5")).scaled(10_000).cash
        Decimal('15000.0')
        """
        return Figures(**{name: amount * unit for name, amount in self.stated().items()})
