"""Score, grade, counterfactuals and limits: sums that add up and promises that are kept."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine.ledgers import KNOWN, Row, item, ledger, paid
from xindun.engine.parameters import (
    DEFAULTS,
    FACTORS,
    GRADE_MULTIPLIERS,
    Factor,
    Parameters,
    UnsoundParameters,
)
from xindun.engine.portfolio import Review, review

AS_OF = date(2025, 6, 30)
BY_CODE = {factor.code: factor for factor in FACTORS}


def reviewed(items: list[Row], moves: list[Row], parameters: Parameters = DEFAULTS) -> Review:
    with ledger(items, moves) as opened:
        return review(opened, as_of=AS_OF, known_at=KNOWN, parameters=parameters)


def accounts(items: list[Row], moves: list[Row], **facts: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = reviewed(items, moves, **facts).accounts.to_pylist()
    return rows


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Row], list[Row]]:
    """Two to four buyers with a year or more of invoices, each paid late, partly or not at all."""
    items: list[Row] = []
    moves: list[Row] = []
    for buyer_id in range(1, draw(st.integers(2, 4))):
        for _ in range(draw(st.integers(3, 14))):
            number = len(items) + 1
            issued = AS_OF - timedelta(days=draw(st.integers(0, 700)))
            due = issued + timedelta(days=draw(st.sampled_from([0, 14, 30, 60])))
            amount = Decimal(draw(st.integers(100, 500_000))) / 100
            items.append(item(number, amount, issued, due, buyer_id=buyer_id))
            share = draw(st.sampled_from([0, 1, 1, 1, 2]))
            day = due + timedelta(days=draw(st.integers(-20, 120)))
            if share:
                part = amount if share == 1 else (amount / 2).quantize(Decimal("0.01"))
                kind = draw(st.sampled_from(["cash"] * 8 + ["write_off", "set_off"]))
                moves.append(paid(number, number, part, max(day, issued), kind=kind))
    return items, moves


@settings(max_examples=12, deadline=None)
@given(histories())
def test_reasons_sum_to_the_score_and_can_be_worked_out_by_hand(rows: Any) -> None:
    for row in accounts(*rows):
        if row["not_rated_reason"]:
            assert (row["grade"], row["health_score"], row["reasons"]) == (None, None, None)
            continue
        assert sum(reason["points"] for reason in row["reasons"]) == row["health_score"]
        assert sum(reason["max_points"] for reason in row["reasons"]) == 100
        assert row["grade"] == DEFAULTS.grade_of(row["health_score"])
        for reason, factor in zip(row["reasons"], FACTORS, strict=True):
            assert reason["value"] == row[factor.code]
            assert abs(reason["points"] - factor.points(reason["value"])) <= Decimal("0.1")


@settings(max_examples=12, deadline=None)
@given(histories())
def test_every_suggested_change_reaches_the_grade_that_it_names(rows: Any) -> None:
    for row in accounts(*rows):
        for change in row["counterfactuals"] or []:
            if change["code"] == "settle_overdue_now":
                continue
            factor = BY_CODE[change["factor"]]
            (reason,) = (r for r in row["reasons"] if r["code"] == factor.code)
            after = row["health_score"] - reason["points"] + factor.points(change["to_value"])
            assert change["reaches_grade"] == row["grade"] - 1
            assert DEFAULTS.grade_of(after) <= change["reaches_grade"]
            assert (change["to_value"] < change["from_value"]) == factor.lower_is_better


@settings(max_examples=10, deadline=None)
@given(histories())
def test_settling_what_is_overdue_really_reaches_the_grade(rows: Any) -> None:
    items, moves = rows
    before = accounts(items, moves)
    settled = list(moves)
    for debt in items:
        left = debt["amount"] - sum(
            move["amount"]
            for move in moves
            if move["item_id"] == debt["item_id"] and move["cleared_on"] <= AS_OF
        )
        if left > 0 and debt["due_on"] < AS_OF:
            # Any later payment of the same debt did not happen then.
            settled = [
                m for m in settled if m["item_id"] != debt["item_id"] or m["cleared_on"] <= AS_OF
            ]
            settled.append(paid(1000 + debt["item_id"], debt["item_id"], left, AS_OF))
    after = {row["buyer_id"]: row for row in accounts(items, settled)}
    for row in before:
        for change in row["counterfactuals"] or []:
            if change["code"] == "settle_overdue_now":
                assert after[row["buyer_id"]]["grade"] <= change["reaches_grade"]


def history(number: int, days_late: int, amount: int = 1000, **facts: Any) -> tuple[Row, Row]:
    due = AS_OF - timedelta(days=30 * number + 130)
    first = item(number, amount, due - timedelta(days=30), due, **facts)
    return first, paid(number, number, amount, due + timedelta(days=days_late))


def prompt(count: int = 12, days_late: int = -1) -> tuple[list[Row], list[Row]]:
    pairs = [history(n, days_late) for n in range(-3, count - 3)]
    for number, (first, second) in enumerate(pairs, start=1):
        first |= {"item_id": number}
        second |= {"item_id": number, "settlement_id": number}
    return [first for first, _ in pairs], [second for _, second in pairs]


@pytest.mark.parametrize(
    ("items", "moves", "reason"),
    [
        ([item(1, 9, AS_OF - timedelta(30), AS_OF)], [], "no_settlements_in_ledger"),
        (*prompt(1), "history_too_short"),
        (*map(list, zip(history(5, 0), strict=True)), "too_few_items"),
    ],
)
def test_too_little_history_is_not_rated_and_never_a_middle_grade(
    items: list[Row], moves: list[Row], reason: str
) -> None:
    (row,) = accounts(items, moves)
    assert (row["grade"], row["health_score"]) == (None, None)
    assert row["not_rated_reason"] == reason


def test_a_new_buyer_is_not_rated_and_starts_at_the_cap() -> None:
    items, moves = prompt()
    new = item(99, 40, AS_OF - timedelta(20), AS_OF + timedelta(10), buyer_id=2)
    old, fresh = sorted(accounts([*items, new], moves), key=lambda row: row["buyer_id"])
    assert fresh["not_rated_reason"] == "history_too_short"
    formulas = {f["code"]: f for f in fresh["limit_formulas"]}
    assert abs(formulas["starter_cap"]["amount"] - old["monthly_sales"] / 2) < Decimal("0.001")
    assert formulas["grade_multiplier"]["reason"] == "not_rated"
    assert fresh["limit_recommended"] <= formulas["starter_cap"]["amount"]


def test_the_recommended_limit_is_the_least_formula_rounded_down() -> None:
    (row,) = accounts(*prompt())
    formulas = {f["code"]: f for f in row["limit_formulas"]}
    available = {code: f["amount"] for code, f in formulas.items() if f["available"]}
    least = min(available.values())
    assert available[row["limit_binding"]] == least
    assert row["limit_recommended"] <= least < row["limit_recommended"] * Decimal("1.1")
    assert len(row["limit_recommended"].normalize().as_tuple().digits) <= 2
    assert formulas["tangible_net_worth"]["reason"] == "no_statements"
    assert formulas["loss_appetite"]["reason"] == "no_default_probability"
    assert formulas["insured_limit"]["reason"] == "no_policy"
    experience = row["largest_paid_on_time"] * Decimal("1.25")
    assert formulas["payment_experience"]["amount"] == experience
    days = (Decimal(30) + 30) / 30
    assert formulas["need"]["amount"] == row["monthly_sales"] * days


def test_a_grade_carries_a_multiple_of_the_ordinary_balance_over_its_terms() -> None:
    items, moves = prompt()
    long = [one | {"due_on": one["issued_on"] + timedelta(90)} for one in items]
    (short_terms,) = accounts(items, moves)
    (long_terms,) = accounts(long, moves)
    for row, months in ((short_terms, 1), (long_terms, 3)):
        (graded,) = (f for f in row["limit_formulas"] if f["code"] == "grade_multiplier")
        multiple = GRADE_MULTIPLIERS[row["grade"] - 1]
        assert graded["amount"] == row["monthly_sales"] * months * multiple


def test_below_the_score_floor_nothing_is_recommended() -> None:
    items, _ = prompt()
    (row,) = accounts(items, [paid(1, 1, 1, AS_OF)])
    assert row["health_score"] < 30
    assert (row["limit_recommended"], row["limit_binding"]) == (0, "score_floor")


def test_the_model_version_follows_its_content() -> None:
    assert Parameters().model_version == DEFAULTS.model_version
    assert Parameters(tolerance_days=3).model_version != DEFAULTS.model_version
    assert Parameters(hold_days=20).model_version == DEFAULTS.model_version
    assert Parameters(hold_days=20).version != DEFAULTS.version


@pytest.mark.parametrize(
    "facts",
    [
        {"factors": FACTORS[:-1]},
        {"step_up": Decimal("1.3")},
        {"grade_bands": DEFAULTS.grade_bands[::-1]},
        {"day_basis": "360"},
        {"action_weights": {"call": 1.0}},
        {
            "factors": (
                *FACTORS[:-1],
                Factor("history_days", ((90, Decimal(7)), (0, Decimal(0))), Decimal(0), 1),
            )
        },
    ],
)
def test_unsound_parameters_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(UnsoundParameters):
        Parameters(**facts)
