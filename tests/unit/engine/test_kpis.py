"""The published vectors of the receivables key figures (mechanics 5.9 and 5.15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xindun.engine import kpis
from xindun.engine.kpis import Countback

D = Decimal
SALES = [D(100_000), D(80_000), D(70_000)]


def test_simple_dso() -> None:
    assert kpis.dso_simple(D(150_000), D(1_800_000), 365) == D("30.4")
    assert kpis.dso_simple(D(1), D(0), 365) is None


def test_countback_with_months_of_30_days_and_of_their_own_length() -> None:
    thirty = [(30, amount) for amount in SALES]
    actual = list(zip((30, 31, 30), SALES, strict=True))
    assert kpis.dso_countback(D(212_000), thirty) == Countback(D("73.7"), False)
    assert kpis.dso_countback(D(212_000), actual) == Countback(D("74.7"), False)


def test_countback_is_a_lower_bound_when_the_history_runs_out() -> None:
    months = [(30, amount) for amount in SALES]
    assert kpis.dso_countback(D(250_001), months) == Countback(D("90.0"), True)
    assert kpis.dso_countback(D(250_000), months) == Countback(D("90.0"), False)


def test_countback_counts_a_month_without_sales_and_nothing_owed_is_no_day() -> None:
    assert kpis.dso_countback(D(50), [(30, D(0)), (31, D(100))]).days == D("45.5")
    assert kpis.dso_countback(D(0), [(30, D(100))]) == Countback(D("0.0"), False)


def test_best_possible_and_average_days_delinquent() -> None:
    dso = kpis.dso_simple(D(120), D(300), 90)
    best = kpis.dso_simple(D(80), D(300), 90)
    assert (dso, best) == (D("36.0"), D("24.0"))
    assert kpis.average_days_delinquent(D(36), D(24)) == 12


def test_collection_effectiveness() -> None:
    assert kpis.collection_effectiveness(D(100), D(80), D(60), D(45)) == D("88.9")
    assert kpis.collection_effectiveness(D(0), D(0), D(0), D(0)) is None


def test_turns_and_days_move_in_opposite_directions() -> None:
    assert kpis.turnover(D(1200), D(100), D(200)) == (D("8.00"), D("45.6"))
    assert kpis.turnover(D(0), D(100), D(200)) is None


@pytest.mark.parametrize(
    ("balance", "rate", "loss"),
    [
        ("15000", "0.005", "75"),
        ("7500", "0.022", "165"),
        ("4000", "0.027", "108"),
        ("2500", "0.045", "112.50"),
    ],
)
def test_the_provision_matrix(balance: str, rate: str, loss: str) -> None:
    assert kpis.provision({"b": D(balance)}, {"b": D(rate)}) == D(loss)


def test_months_count_their_days_back_to_the_first_sale() -> None:
    sales = {date(2024, 2, 1): D(5)}
    months = kpis.months_back(date(2024, 3, 15), date(2024, 2, 20), sales, "actual")
    assert months == [(15, D(0)), (29, D(5))]
    thirty = kpis.months_back(date(2024, 3, 15), date(2024, 2, 20), sales, "30")
    assert thirty == [(15, D(0)), (30, D(5))]
