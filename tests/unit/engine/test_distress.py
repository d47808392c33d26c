"""Distress models give the published vectors to the printed digits, traced, and say why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from xindun.engine.distress import MODELS, Zone, disagreement, distress_of, price_index
from xindun.engine.figures import Figures

VECTOR = Figures(
    total_assets=Decimal(1_000_000),
    current_assets=Decimal(450_000),
    current_liabilities=Decimal(300_000),
    total_liabilities=Decimal(600_000),
    retained_earnings=Decimal(150_000),
    ebit=Decimal(90_000),
    sales=Decimal(1_200_000),
    equity=Decimal(400_000),
    market_value=Decimal(400_000),  # the vector takes book equity in Z
    net_income=Decimal(50_000),
    depreciation=Decimal(30_000),  # funds from operations: 80
)
BEFORE = Figures(net_income=Decimal(40_000))
DOLLAR = Decimal(1)


@pytest.mark.parametrize(
    ("code", "index", "digits", "score", "probability", "zone"),
    [
        ("altman_z", 100, 3, "2.287", None, Zone.GREY),
        ("altman_z1", 100, 4, "1.9918", None, Zone.GREY),
        ("altman_z2", 100, 4, "2.7778", None, Zone.SAFE),
        ("altman_em", 100, 4, "6.0278", None, Zone.SAFE),
        ("zmijewski", 100, 5, "-1.14825", "0.1254", Zone.SAFE),
        ("ohlson", 100, 4, "-2.0350", "0.1156", Zone.SAFE),
        ("ohlson", 800, 4, "-1.1887", "0.2335", Zone.SAFE),
    ],
)
def test_the_published_vectors(
    code: str, index: int, digits: int, score: str, probability: str | None, zone: Zone
) -> None:
    found = distress_of(VECTOR, BEFORE, months=12, usd_rate=DOLLAR, index=Decimal(index))[code]
    assert found.score is not None
    assert round(found.score, digits) == Decimal(score)
    assert found.zone is zone
    shown = None if found.probability is None else round(found.probability, 4)
    assert shown == (None if probability is None else Decimal(probability))
    total = found.model.constant + sum(part.contribution for part in found.parts)
    assert total == found.score


@pytest.mark.parametrize(
    ("code", "scores"),
    [
        (
            "altman_z2",
            {"2.61": Zone.SAFE, "2.60": Zone.GREY, "1.10": Zone.GREY, "1.09": Zone.DISTRESS},
        ),
        ("altman_z1", {"2.91": Zone.SAFE, "1.23": Zone.GREY, "1.22": Zone.DISTRESS}),
        ("altman_em", {"5.86": Zone.SAFE, "4.35": Zone.GREY, "4.34": Zone.DISTRESS}),
        ("altman_z", {"3.00": Zone.SAFE, "1.81": Zone.GREY, "1.80": Zone.DISTRESS}),
        ("zmijewski", {"-0.01": Zone.SAFE, "0.01": Zone.DISTRESS}),
        ("ohlson", {"-0.01": Zone.SAFE, "0.01": Zone.DISTRESS}),
    ],
)
def test_zones_follow_each_model_s_direction(code: str, scores: dict[str, Zone]) -> None:
    assert {score: MODELS[code].zone(Decimal(score)) for score in scores} == scores


def test_a_model_without_an_input_names_it_and_keeps_the_rest() -> None:
    found = distress_of(replace(VECTOR, market_value=None), None, months=12)
    z, ohlson = found["altman_z"], found["ohlson"]
    assert z.score is None and z.zone is None
    assert {k: (w.code, w.lines) for k, w in z.why_not.items()} == {
        "market_value_to_liabilities": ("missing_line", ("market_value",))
    }
    assert len(z.parts) == 4
    assert {name: why.lines for name, why in ohlson.why_not.items()} == {
        "ohlson_size": ("usd_rate", "price_index"),
        "losses_two_years": ("net_income_before",),
        "net_income_change": ("net_income_before",),
    }
    assert found["altman_z2"].score is not None


def test_losses_and_debts_above_assets_count_against_a_company() -> None:
    poor = replace(VECTOR, total_liabilities=Decimal(1_100_000), net_income=Decimal(-9))
    before = Figures(net_income=Decimal(-1))
    found = distress_of(poor, before, months=12, usd_rate=DOLLAR, index=Decimal(100))["ohlson"]
    values = {part.part.input: part.value for part in found.parts}
    assert values["liabilities_above_assets"] == values["losses_two_years"] == 1
    assert found.zone is Zone.DISTRESS


def test_models_that_part_are_named() -> None:
    values = distress_of(VECTOR, BEFORE, months=12, usd_rate=DOLLAR, index=Decimal(100))
    found = disagreement(values)
    assert found is not None and not found.opposite
    assert found.by_zone[Zone.GREY] == ("altman_z", "altman_z1")
    some = {code: values[code] for code in ("altman_z2", "zmijewski")}
    assert disagreement(some) is None
    low = distress_of(replace(VECTOR, sales=Decimal(300_000)), months=12)
    opposed = disagreement(low)
    assert opposed is not None and opposed.opposite
    assert opposed.by_zone[Zone.DISTRESS] == ("altman_z", "altman_z1")


@pytest.mark.parametrize(
    ("day", "index", "year"),
    [
        (date(1968, 12, 31), "100.0", 1968),
        (date(2009, 6, 30), "484.4", 2009),
        (date(2030, 1, 1), "668.9", 2023),
        (date(1950, 1, 1), "100.0", 1968),
    ],
)
def test_the_price_index_says_which_year_it_is_of(day: date, index: str, year: int) -> None:
    assert price_index(day) == (Decimal(index), year)
