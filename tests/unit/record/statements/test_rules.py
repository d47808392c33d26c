"""What a statement must satisfy: its sums to the last printed digit, its unit, its period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xindun.kernel.errors import DomainError
from xindun.kernel.money import UnknownCurrency
from xindun.record.statements import rules
from xindun.record.statements.values import (
    UNITS,
    AuditOpinion,
    Figures,
    NewStatement,
    Scope,
    Standard,
)

TODAY = date(2025, 6, 30)
FIGURES = Figures(
    current_assets=Decimal(450),
    non_current_assets=Decimal(550),
    total_assets=Decimal(1000),
    current_liabilities=Decimal(300),
    total_liabilities=Decimal(600),
    equity=Decimal(400),
    sales=Decimal(1200),
    cost_of_sales=Decimal(900),
    gross_profit=Decimal(300),
)
NEW = NewStatement(
    starts_on=date(2024, 1, 1),
    ends_on=date(2024, 12, 31),
    standard=Standard.CAS,
    currency="CNY",
    unit=1,
    scope=Scope.SINGLE,
    audit_opinion=AuditOpinion.UNQUALIFIED,
    figures=FIGURES,
    source="filed accounts",
)


def but(**lines: int | str) -> NewStatement:
    return replace(NEW, figures=replace(FIGURES, **{k: Decimal(v) for k, v in lines.items()}))


def test_a_sound_statement_passes() -> None:
    rules.check_statement(NEW, TODAY)


@pytest.mark.parametrize(
    ("new", "error", "says"),
    [
        (
            but(equity=398),
            rules.Unbalanced,
            {"identity": "assets_equal_claims", "left": Decimal(1000), "right": Decimal(998)},
        ),
        (
            but(non_current_assets=560),
            rules.Unbalanced,
            {"identity": "assets_by_term", "left": Decimal(1010), "right": Decimal(1000)},
        ),
        (
            but(gross_profit=310),
            rules.Unbalanced,
            {"identity": "gross_profit", "left": Decimal(1210), "right": Decimal(1200)},
        ),
        (
            but(cash=452),
            rules.Unbalanced,
            {"identity": "cash_within", "left": Decimal(452), "right": Decimal(450)},
        ),
        (replace(NEW, unit=7), rules.UnitMissing, {}),
        (replace(NEW, currency="ABC"), UnknownCurrency, {"currency": "ABC"}),
        (replace(NEW, source=" "), rules.BadSource, {"length": 300}),
        (replace(NEW, figures=Figures()), rules.EmptyStatement, {}),
        (replace(NEW, usd_rate=Decimal(0)), rules.BadRate, {}),
        (
            replace(NEW, ends_on=date(2025, 7, 1)),
            rules.BadPeriod,
            {"months": 24, "starts_on": date(2024, 1, 1), "ends_on": date(2025, 7, 1)},
        ),
        (
            replace(NEW, starts_on=date(2025, 1, 10)),
            rules.BadPeriod,
            {"months": 24, "starts_on": date(2025, 1, 10), "ends_on": date(2024, 12, 31)},
        ),
        (
            replace(NEW, figures=Figures(total_assets=Decimal(-5))),
            rules.NegativeTotal,
            {"line": "total_assets", "amount": Decimal(-5)},
        ),
        (
            replace(NEW, figures=Figures(cash=Decimal("NaN"))),
            rules.AmountTooLong,
            None,
        ),
    ],
)
def test_a_faulty_statement_is_refused_by_name(
    new: NewStatement, error: type[DomainError], says: dict[str, object] | None
) -> None:
    with pytest.raises(error) as refused:
        rules.check_statement(new, TODAY)
    assert says is None or refused.value.params == says


@pytest.mark.parametrize(
    ("total", "unit", "holds"),
    [
        ("100.06", 1, True),
        ("100.04", 1, True),
        ("100.07", 1, False),
        ("1000600", 10_000, True),
        ("1000700", 10_000, False),
    ],
)
def test_rounding_to_the_last_printed_digit_is_tolerated_and_no_more(
    total: str, unit: int, holds: bool
) -> None:
    claims = Figures(total_liabilities=Decimal("60.02"), equity=Decimal("40.03")).scaled(unit)
    [balance] = rules.balances(replace(claims, total_assets=Decimal(total)), unit)
    assert balance.holds is holds
    assert balance.tolerance == Decimal("0.015") * unit


amounts = st.integers(0, 10**12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(amounts, amounts, amounts, amounts, st.sampled_from(UNITS))
def test_what_adds_up_balances_in_every_unit(
    current: int, fixed: int, debts: int, gap: int, unit: int
) -> None:
    figures = Figures(
        current_assets=Decimal(current),
        non_current_assets=Decimal(fixed),
        total_assets=Decimal(current + fixed),
        total_liabilities=Decimal(debts),
        equity=Decimal(current + fixed - debts),
    ).scaled(unit)
    assert all(each.holds for each in rules.balances(figures, unit))
    off = replace(figures, equity=(figures.equity or Decimal(0)) + (gap + 2) * unit)
    assert [each.code for each in rules.balances(off, unit) if not each.holds] == [
        "assets_equal_claims"
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(amounts, amounts, amounts)
def test_a_line_that_follows_from_two_others_is_worked_out_and_named(
    current: int, fixed: int, debts: int
) -> None:
    found, derived = rules.completed(
        Figures(
            current_assets=Decimal(current),
            non_current_assets=Decimal(fixed),
            total_liabilities=Decimal(debts),
        )
    )
    assert found.total_assets == current + fixed
    assert found.equity == current + fixed - debts
    assert derived == ("total_assets", "equity")


def test_nothing_is_worked_out_from_one_line_alone() -> None:
    figures = Figures(total_assets=Decimal(5), sales=Decimal(7))
    assert rules.completed(figures) == (figures, ())
