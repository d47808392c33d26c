"""Company files for some buyers of the bundled sample ledger: statements, facts, public events.

What a reader would get wrong: nothing here is about a real company. Every source says synthetic,
and the statements are drawn from a few proportions, so that their sums agree to the unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from xindun.record.company_file.values import FactKind, NewFact
from xindun.record.company_file.values.facts import Json
from xindun.record.statements.values import (
    AuditOpinion,
    Figures,
    NewStatement,
    Scope,
    Standard,
)

SOURCE: Final = "Synthetic sample"
OTHER_SOURCE: Final = "Synthetic sample, second register"
STATED_ON: Final = date(2025, 9, 1)
RETRIEVED_AT: Final = datetime(2025, 9, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Year:
    """One year's lines as per mille of its total assets, which are in thousands of the currency."""

    ends_on: date
    total_assets: int
    current_assets: int
    cash: int
    receivables: int
    inventory: int
    current_liabilities: int
    payables: int
    long_term_debt: int
    total_liabilities: int
    retained_earnings: int
    sales: int
    cost_of_sales: int
    operating_expenses: int
    depreciation: int
    interest_expense: int
    net_income: int
    operating_cash_flow: int


@dataclass(frozen=True, slots=True)
class SampleFile:
    """What the demo keeps on one buyer, named by its number in the sample ledger."""

    buyer_key: str
    currency: str
    standard: Standard
    opinion: AuditOpinion
    years: tuple[Year, ...]
    facts: tuple[NewFact, ...]


def _year(ends_on: date, total_assets: int, *per_mille: int) -> Year:
    return Year(ends_on, total_assets, *per_mille)


_BEFORE, _LAST = date(2023, 12, 31), date(2024, 12, 31)
# Proportions: current assets, cash, receivables, inventory, current liabilities, payables,
# long-term debt, total liabilities, retained earnings, sales, cost of sales, operating expenses,
# depreciation, interest, net income, operating cash flow.
_SOUND_BEFORE = (580, 140, 210, 200, 250, 140, 110, 370, 330, 1240, 910, 210, 40, 8, 84, 101)
_SOUND = (600, 160, 210, 200, 240, 135, 100, 350, 360, 1260, 915, 210, 40, 7, 96, 118)
_TIGHT_BEFORE = (620, 70, 290, 240, 500, 290, 130, 650, 90, 1150, 960, 150, 30, 22, 14, 20)
_TIGHT = (640, 40, 330, 250, 560, 340, 140, 720, 60, 1060, 905, 140, 30, 29, -10, -31)
_FAILING_BEFORE = (540, 40, 260, 230, 560, 330, 210, 780, -20, 880, 790, 130, 35, 38, -70, -52)
_FAILING = (500, 15, 240, 235, 690, 420, 230, 930, -190, 700, 680, 135, 35, 47, -155, -96)


def _fact(kind: FactKind, value: Json, *, source: str = SOURCE, key: str = "") -> NewFact:
    return NewFact(kind, value, source, key, STATED_ON, RETRIEVED_AT)


def _capital(amount: str, currency: str, source: str = SOURCE) -> NewFact:
    money: Json = {"amount": amount, "currency": currency}
    return _fact(FactKind.REGISTERED_CAPITAL, money, source=source)


FILES: Final = (
    SampleFile(
        "C000021", "CNY", Standard.CAS, AuditOpinion.UNQUALIFIED,
        (_year(_BEFORE, 84_000, *_SOUND_BEFORE), _year(_LAST, 91_000, *_SOUND)),
        (
            _capital("30000000", "CNY"),
            _capital("30000000", "CNY", OTHER_SOURCE),
            _fact(FactKind.FOUNDED_ON, "2009-05-18"),
            _fact(FactKind.STATUS, "active"),
            _fact(FactKind.EMPLOYEES, 210),
        ),
    ),
    SampleFile(
        "C000054", "CNY", Standard.CAS, AuditOpinion.QUALIFIED,
        (_year(_BEFORE, 41_000, *_TIGHT_BEFORE), _year(_LAST, 43_000, *_TIGHT)),
        (
            _capital("20000000", "CNY"),
            # The sources disagree: the screen shows both and says what to check.
            _capital("8000000", "CNY", OTHER_SOURCE),
            _fact(FactKind.FOUNDED_ON, "2016-11-02"),
            _fact(FactKind.STATUS, "active"),
            _fact(
                FactKind.ENFORCEMENT,
                {
                    "case_number": "(2025)样例执1号",
                    "amount": {"amount": "640000", "currency": "CNY"},
                },
                key="(2025)样例执1号",
            ),
        ),
    ),
    SampleFile(
        "C000014", "CNY", Standard.CAS, AuditOpinion.UNAUDITED,
        (_year(_LAST, 12_000, *_FAILING),),
        (
            _fact(FactKind.STATUS, "active"),
            _fact(
                FactKind.DISHONEST_DEBTOR,
                {"case_number": "(2025)样例执2号", "published_on": "2025-07-14"},
                key="(2025)样例执2号",
            ),
        ),
    ),
    SampleFile(
        "C000038", "USD", Standard.US_GAAP, AuditOpinion.UNQUALIFIED,
        (_year(_BEFORE, 15_500, *_SOUND_BEFORE), _year(_LAST, 16_800, *_SOUND)),
        (_fact(FactKind.FOUNDED_ON, "1998-03-01"), _fact(FactKind.STATUS, "active")),
    ),
    SampleFile(
        "C000065", "EUR", Standard.IFRS, AuditOpinion.UNQUALIFIED,
        (_year(_BEFORE, 7_400, *_TIGHT_BEFORE), _year(_LAST, 7_100, *_TIGHT)),
        (_fact(FactKind.FOUNDED_ON, "2011-09-20"), _fact(FactKind.STATUS, "active")),
    ),
    SampleFile(
        "C000094", "EUR", Standard.OTHER, AuditOpinion.DISCLAIMER,
        (_year(_BEFORE, 3_900, *_FAILING_BEFORE), _year(_LAST, 3_200, *_FAILING)),
        (_fact(FactKind.FOUNDED_ON, "2014-01-15"), _fact(FactKind.STATUS, "active")),
    ),
)  # fmt: skip
"""Buyers of the bundled sample whose files the demo fills in."""


def statements_of(file: SampleFile) -> list[NewStatement]:
    """The statements of a sample file, the oldest first."""
    return [
        NewStatement(
            starts_on=date(year.ends_on.year, 1, 1),
            ends_on=year.ends_on,
            standard=file.standard,
            currency=file.currency,
            unit=1,
            scope=Scope.SINGLE,
            audit_opinion=file.opinion,
            figures=_figures(year),
            source=SOURCE,
        )
        for year in file.years
    ]


def _figures(year: Year) -> Figures:
    """Whole units: thousands of total assets times per mille are units of the currency."""

    def amount(per_mille: int) -> Decimal:
        return Decimal(year.total_assets) * per_mille

    gross = year.sales - year.cost_of_sales
    ebit = gross - year.operating_expenses
    return Figures(
        current_assets=amount(year.current_assets),
        cash=amount(year.cash),
        receivables=amount(year.receivables),
        inventory=amount(year.inventory),
        total_assets=amount(1000),
        current_liabilities=amount(year.current_liabilities),
        payables=amount(year.payables),
        long_term_debt=amount(year.long_term_debt),
        total_liabilities=amount(year.total_liabilities),
        equity=amount(1000 - year.total_liabilities),
        retained_earnings=amount(year.retained_earnings),
        sales=amount(year.sales),
        cost_of_sales=amount(year.cost_of_sales),
        gross_profit=amount(gross),
        operating_expenses=amount(year.operating_expenses),
        depreciation=amount(year.depreciation),
        ebit=amount(ebit),
        ebitda=amount(ebit + year.depreciation),
        interest_expense=amount(year.interest_expense),
        net_income=amount(year.net_income),
        operating_cash_flow=amount(year.operating_cash_flow),
    )
