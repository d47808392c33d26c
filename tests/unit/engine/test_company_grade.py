"""The company grade: reasons that sum, caps, what is missing, and what would lift it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import exp
from typing import Any

import pytest

from tests.unit.engine.small_model import BODY, MODEL
from xindun.engine.additive import GRAIN, UnsoundModel, model_of
from xindun.engine.company_grades import graded
from xindun.engine.grade_changes import lifts
from xindun.engine.grade_policy import DEFAULT_POLICY, GradePolicy, UnsoundPolicy, policy_of

SOUND: dict[str, Any] = {
    "net_income_to_assets": 0.1,
    "liabilities_to_assets": 0.3,
    "current_ratio": 2.0,
    "asset_turnover": 1.0,
    "statements": "fresh",
    "calibrated": True,
    "payment_score": 84.0,
    "payment_confidence": "high",
    "country_label": "medium",
    "sector_label": "medium",
}
WEAK = {**SOUND, "net_income_to_assets": -0.05, "liabilities_to_assets": 0.9}
WEAK["payment_score"] = 45.0
NO_STATEMENTS = {name: value for name, value in SOUND.items() if name not in MODEL.codes}
NO_STATEMENTS["statements"] = None
COMPANIES = {
    "sound": SOUND,
    "weak": WEAK,
    "uncalibrated": {**SOUND, "calibrated": False},
    "old": {**SOUND, "statements": "old"},
    "no statements": NO_STATEMENTS,
    "no payments": {**SOUND, "payment_score": None, "payment_confidence": None},
    "a ratio missing": {**SOUND, "current_ratio": float("nan")},
    "enforced": {**SOUND, "enforcement": True},
    "dishonest": {**SOUND, "dishonest_debtor": True},
    "insolvent": {**WEAK, "insolvency": True, "dishonest_debtor": True},
    "risky country": {**SOUND, "country_label": "high"},
    "nothing known": {"country_label": "low"},
}


@pytest.fixture(scope="module")
def grades() -> dict[str, dict[str, Any]]:
    rows = graded(list(COMPANIES.values()), MODEL, DEFAULT_POLICY)
    return dict(zip(COMPANIES, rows, strict=True))


def reason(row: dict[str, Any], code: str) -> int:
    return sum(int(each["grains"]) for each in row["reasons"] if each["code"] == code)


def test_reasons_sum_to_the_score_and_the_score_is_the_probability(
    grades: dict[str, dict[str, Any]],
) -> None:
    for name, row in grades.items():
        assert sum(each["grains"] for each in row["reasons"]) == row["grains"], name
        if row["grade"] is not None:
            year = 1 / (1 + exp(-row["grains"] / GRAIN))
            assert row["pd_12m"] == round(year, 6), name
            assert row["pd_low"] < row["pd_12m"] < row["pd_high"], name
            # A constant hazard over 180 of 365 days.
            assert row["pd_180d"] == pytest.approx(1 - (1 - year) ** (180 / 365), abs=1e-6)


def test_a_term_is_read_from_its_bin_and_weighted_by_the_calibration() -> None:
    # 0.9 × (−0.8): at 0.05 the value lies in the bin above the edge, just below it in the other.
    at, below, none = graded(
        [{**SOUND, "net_income_to_assets": x} for x in (0.05, 0.0499, None)], MODEL, DEFAULT_POLICY
    )
    assert reason(at, "net_income_to_assets") == -7200
    assert reason(below, "net_income_to_assets") == -900
    assert reason(none, "net_income_to_assets") == 1800
    assert reason(at, "current_ratio*asset_turnover") == -900
    # offset + slope × intercept = −3.5, against a base rate of 2 %: −3.8918.
    assert reason(at, "base") == -38918
    assert reason(at, "financial_level") == 3918


def test_without_other_dimensions_the_grade_is_the_model_s() -> None:
    (row,) = graded(
        [{**SOUND, "payment_score": None, "country_label": None, "sector_label": None}],
        MODEL,
        DEFAULT_POLICY,
    )
    exact = 0.1 + 0.9 * (-4.0 - 0.8 - 0.9 - 0.1)
    assert row["grains"] == round(exact * GRAIN)
    assert row["financial_pd"] == row["pd_12m"] == round(1 / (1 + exp(-exact)), 6)


def test_a_missing_dimension_widens_the_interval_and_lowers_the_confidence(
    grades: dict[str, dict[str, Any]],
) -> None:
    def width(name: str) -> float:
        row = grades[name]
        return float(row["pd_high"] / row["pd_low"])

    for less in ("uncalibrated", "old", "no statements", "no payments"):
        assert width(less) > width("sound"), less
    said = {name: grades[name]["confidence"] for name in COMPANIES}
    assert said["sound"] == "high"
    assert said["no payments"] == said["uncalibrated"] == "medium"
    assert said["no statements"] == "low"
    # The payment dimension counts the same whether the statements are there or not.
    assert reason(grades["no statements"], "payment_behaviour") == -7000
    assert reason(grades["sound"], "payment_behaviour") == -7000
    assert grades["no statements"]["financial_pd"] is None


def test_nothing_known_gives_no_grade(grades: dict[str, dict[str, Any]]) -> None:
    row = grades["nothing known"]
    assert row["grade"] is row["pd_12m"] is row["health_score"] is None
    assert row["not_rated_reason"] == "no_statements_and_no_payments"


def test_only_insolvency_and_dishonesty_cap(grades: dict[str, dict[str, Any]]) -> None:
    caps = {name: row["cap"] for name, row in grades.items() if row["cap"]}
    assert caps == {"dishonest": "dishonest_debtor", "insolvent": "insolvency"}
    assert (grades["dishonest"]["grade"], grades["insolvent"]["grade"]) == (9, 10)
    assert reason(grades["dishonest"], "cap") > 0
    assert reason(grades["enforced"], "cap") == 0
    severe = graded(
        [{**SOUND, code: True} for code in ("enforcement", "consumption_restriction")]
        + [{**SOUND, "enforcement_ended": True}],
        MODEL,
        DEFAULT_POLICY,
    )
    added = [row["grains"] - grades["sound"]["grains"] for row in severe]
    assert added == [7000, 10000, 15000]
    # A cap never improves: far above it already, it adds nothing.
    wreck = {**WEAK, "payment_score": 0.0, "liabilities_to_assets": 2.0, "enforcement_ended": True}
    wreck |= {"net_income_to_assets": -0.5, "country_label": "high"}
    plain, capped = graded([wreck, {**wreck, "dishonest_debtor": True}], MODEL, DEFAULT_POLICY)
    assert plain["grains"] == capped["grains"]


def test_grade_and_health_follow_the_probability(grades: dict[str, dict[str, Any]]) -> None:
    rows = sorted((r for r in grades.values() if r["grade"]), key=lambda row: row["grains"])
    assert [r["grade"] for r in rows] == sorted(r["grade"] for r in rows)
    assert [r["health_score"] for r in rows] == sorted(
        (r["health_score"] for r in rows), reverse=True
    )
    for row in rows:
        bound = sum(row["pd_12m"] >= limit for limit in DEFAULT_POLICY.scale) + 1
        assert row["grade"] == bound
    assert all(Decimal(0) <= row["health_score"] <= 100 for row in rows)


def test_a_change_that_is_told_really_reaches_the_grade() -> None:
    deep = {**WEAK, "liabilities_to_assets": 1.3, "net_income_to_assets": -0.3}
    deep |= {"consumption_restriction": True}
    companies = [WEAK, SOUND, deep, {"country_label": "low"}]
    rows = graded(companies, MODEL, DEFAULT_POLICY)
    found = lifts(companies, [row["grade"] for row in rows], MODEL, DEFAULT_POLICY)
    assert found[3] == ()
    told = 0
    for company, row, options in zip(companies, rows, found, strict=True):
        efforts = [sum(change.effort for change in lift.changes) for lift in options]
        assert efforts == sorted(efforts)
        for lift in options:
            told += 1
            changes = {change.code: change.to_value for change in lift.changes}
            (after,) = graded([{**company, **changes}], MODEL, DEFAULT_POLICY)
            assert after["grade"] == lift.reaches_grade < row["grade"]
    assert told >= 4
    # The smallest one: a step less does not reach.
    codes = {lift.changes[0].code: lift.changes[0] for lift in found[0] if len(lift.changes) == 1}
    down = codes["liabilities_to_assets"]
    assert down.to_value == 0.6999
    payment = codes["payment_score"]
    (short,) = graded([{**WEAK, "payment_score": payment.to_value - 1}], MODEL, DEFAULT_POLICY)
    assert short["grade"] == rows[0]["grade"]


def test_the_policy_and_the_model_come_back_from_what_is_stored() -> None:
    import json

    stored = json.loads(json.dumps(DEFAULT_POLICY.body()))
    assert policy_of(stored) == DEFAULT_POLICY
    assert policy_of(stored).version == DEFAULT_POLICY.version
    assert model_of(json.loads(json.dumps(BODY))).digest == MODEL.digest
    assert replace(DEFAULT_POLICY, anchor=0.03).version != DEFAULT_POLICY.version


def test_what_contradicts_itself_is_refused() -> None:
    first = BODY["terms"][0]
    for wrong in (
        {**BODY, "kind": "forest"},
        {**BODY, "terms": []},
        {**BODY, "base_rate": 0},
        {**BODY, "terms": [{**first, "edges": [[0.0, -0.1, 0.2]]}]},
        {**BODY, "terms": [{**first, "log_odds": [1.0]}]},
        {**BODY, "terms": [{**first, "missing": float("inf")}]},
        {"id": "x"},
    ):
        with pytest.raises(UnsoundModel):
            model_of(wrong)
    with pytest.raises(UnsoundPolicy):
        GradePolicy(payment=((0, 1.0), (100, 2.0)))
    with pytest.raises(UnsoundPolicy):
        GradePolicy(scale=(0.1,))
    with pytest.raises(UnsoundPolicy):
        GradePolicy(caps={"enforcement": 0.5})
