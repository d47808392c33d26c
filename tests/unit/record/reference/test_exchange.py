"""Conversion at dated rates: by the quotation currency, rounded once, never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.kernel.money import Money, minor_units
from xindun.record.reference.rules import NoRates, QuotedOtherwise, RatesAhead, check_rates
from xindun.record.reference.values import (
    ExchangeTable,
    Quote,
    Rate,
    RateMissing,
    RateStale,
    ReadRates,
)

DAY = date(2024, 5, 3)
# Made up, of the size that such rates have: 0, 2 and 3 decimals, coarse and fine units.
PER_EURO = {"USD": "1.0750", "CNY": "7.7832", "JPY": "164.50", "KWD": "0.33045", "IDR": "17250"}


def table(on: date = DAY, **days: date) -> ExchangeTable:
    rates = {
        currency: Rate(currency, Decimal(rate), days.get(currency, DAY), "made up")
        for currency, rate in PER_EURO.items()
    }
    return ExchangeTable(on, "EUR", rates)


@pytest.mark.parametrize(
    ("amount", "currency", "to", "said", "used"),
    [
        ("100.00", "EUR", "USD", "107.50", "1.0750"),
        ("107.50", "USD", "EUR", "100.00", str(Decimal(1) / Decimal("1.0750"))),
        ("100.00", "USD", "JPY", "15302", str(Decimal("164.50") / Decimal("1.0750"))),
        ("-100.00", "USD", "JPY", "-15302", str(Decimal("164.50") / Decimal("1.0750"))),
        ("0.10", "EUR", "USD", "0.11", "1.0750"),  # 0.1075
        ("0.02", "EUR", "USD", "0.02", "1.0750"),  # 0.0215
        ("1000000000000.00", "CNY", "KWD", "42456830095.591", None),
        ("12.345", "USD", "USD", "12.345", "1"),
    ],
)
def test_an_amount_is_converted_by_both_rates_and_rounded_once(
    amount: str, currency: str, to: str, said: str, used: str | None
) -> None:
    done = table().convert(Money(Decimal(amount), currency), to)
    assert done.money == Money(Decimal(said), to)
    assert str(done.money.amount) == said
    if used is not None:
        assert abs(done.rate_used - Decimal(used)) < Decimal("1e-24")
    named = [rate and rate.currency for rate in (done.from_rate, done.to_rate)]
    needs = [None if each == "EUR" or currency == to else each for each in (currency, to)]
    assert named == needs


def test_half_a_minor_unit_goes_to_the_even_one() -> None:
    half = ExchangeTable(DAY, "EUR", {"USD": Rate("USD", Decimal("0.5"), DAY, "made up")})
    said = [
        half.convert(Money(Decimal(each), "EUR"), "USD").money.amount for each in ("0.01", "0.03")
    ]
    assert said == [Decimal("0.00"), Decimal("0.02")]


CURRENCIES = st.sampled_from(["EUR", *PER_EURO])


@given(st.integers(-(10**14), 10**14), CURRENCIES, CURRENCIES)
def test_there_and_back_is_the_same_within_the_minor_units_that_were_rounded(
    minor: int, currency: str, to: str
) -> None:
    unit, other = (Decimal(1).scaleb(-minor_units(each)) for each in (currency, to))
    money = Money(minor * unit, currency)
    there = table().convert(money, to)
    back = table().convert(there.money, currency)
    # Half a unit was rounded away there, worth this much here, and half a unit here.
    lost = (other * back.rate_used + unit) / 2
    assert abs(back.money.amount - money.amount) <= lost + Decimal("1e-12")


def test_a_rate_that_is_missing_or_too_old_is_never_guessed() -> None:
    with pytest.raises(RateMissing, match="no exchange rate of GBP on or before 2024-05-03"):
        table().convert(Money(Decimal(1), "GBP"), "EUR")
    with pytest.raises(RateMissing, match="of CHF"):
        table().convert(Money(Decimal(1), "USD"), "CHF")
    last = DAY + timedelta(days=7)
    assert table(last).convert(Money(Decimal(1), "EUR"), "CNY").money.amount == Decimal("7.78")
    with pytest.raises(RateStale, match="CNY on or before 2024-05-11 is of 2024-05-03") as refused:
        table(last + timedelta(days=1)).convert(Money(Decimal(1), "EUR"), "CNY")
    assert refused.value.params["days"] == 7
    # The other side counts as much, and the currency itself needs no rate at all.
    with pytest.raises(RateStale):
        table(last, USD=DAY - timedelta(days=1)).convert(Money(Decimal(1), "USD"), "CNY")
    nothing = ExchangeTable(DAY, "", {})
    assert nothing.convert(Money(Decimal("1.23"), "USD"), "USD").rate_used == 1
    with pytest.raises(RateMissing):
        nothing.convert(Money(Decimal(1), "USD"), "EUR")


def test_a_file_with_another_quotation_or_of_tomorrow_is_refused() -> None:
    def read(on: date, quoted_in: str = "EUR") -> ReadRates:
        return ReadRates("ECB", quoted_in, (Quote("USD", on, Decimal(1)),), (), "0" * 64)

    check_rates(read(DAY + timedelta(days=1)), "EUR", requote=False, today=DAY)
    check_rates(read(DAY, "CNY"), "", requote=False, today=DAY)
    check_rates(read(DAY, "CNY"), "EUR", requote=True, today=DAY)
    with pytest.raises(QuotedOtherwise):
        check_rates(read(DAY, "CNY"), "EUR", requote=False, today=DAY)
    with pytest.raises(RatesAhead, match="2024-05-05"):
        check_rates(read(DAY + timedelta(days=2)), "EUR", requote=False, today=DAY)
    with pytest.raises(NoRates):
        check_rates(ReadRates("ECB", "EUR", (), (), ""), "EUR", requote=False, today=DAY)
