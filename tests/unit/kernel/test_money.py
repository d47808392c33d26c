"""Money never mixes currencies and knows each currency's decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.kernel.money import (
    CurrencyMismatch,
    Money,
    UnknownCurrency,
    is_currency,
    minor_units,
    quantize,
)

AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@pytest.mark.parametrize(
    ("currency", "decimals"),
    [("EUR", 2), ("CNY", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("IQD", 3), ("XXX", 4)],
)
def test_minor_units_follow_iso_4217(currency: str, decimals: int) -> None:
    assert minor_units(currency) == decimals


@pytest.mark.parametrize("code", ["RMB", "eur", "", "EURO"])
def test_an_unknown_code_is_refused(code: str) -> None:
    assert not is_currency(code)
    with pytest.raises(UnknownCurrency):
        Money(Decimal(1), code)


def test_currencies_never_add() -> None:
    with pytest.raises(CurrencyMismatch, match="EUR and USD"):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


@given(AMOUNTS, AMOUNTS)
def test_subtraction_undoes_addition(left: Decimal, right: Decimal) -> None:
    a, b = Money(left, "EUR"), Money(right, "EUR")
    assert a + b - b == a
    assert (-a) + a == b - b


@given(AMOUNTS, st.sampled_from(["EUR", "JPY", "KWD"]))
def test_rounding_moves_less_than_one_minor_unit(amount: Decimal, currency: str) -> None:
    unit = Decimal(1).scaleb(-minor_units(currency))
    money = Money(amount, currency)
    assert abs(money.rounded().amount - amount) <= unit / 2
    assert abs(money.rounded_down().amount) <= abs(amount)
    assert quantize(amount, currency) == money.rounded().amount
