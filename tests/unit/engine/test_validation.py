"""Figures of a validation against hand-worked values, scikit-learn and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom
from sklearn.metrics import average_precision_score, roc_auc_score

from xindun.engine.validation import calibration, drift, lead_time, metrics, splits


def _case(seed: int, rows: int = 400) -> tuple[metrics.Floats, metrics.Floats]:
    random = np.random.default_rng(seed)
    scores = np.round(random.normal(size=rows), 1)  # rounded: many ties
    return (random.random(rows) < calibration.sigmoid(scores - 1)).astype(float), scores


@pytest.mark.parametrize("seed", range(3))
def test_area_and_average_precision_agree_with_scikit_learn_under_ties(seed: int) -> None:
    happened, scores = _case(seed)

    assert metrics.auc(happened, scores) == pytest.approx(roc_auc_score(happened, scores), 1e-12)
    assert metrics.average_precision(happened, scores) == pytest.approx(
        average_precision_score(happened, scores), 1e-12
    )
    assert metrics.gini(happened, scores) == 2 * metrics.auc(happened, scores) - 1


def test_ks_is_the_widest_gap() -> None:
    happened = np.array([1.0, 1, 0, 1, 0, 0, 0, 0])
    scores = np.array([8.0, 7, 6, 5, 4, 3, 2, 1])

    # After four rows all three events and one of five others are caught.
    assert metrics.ks(happened, scores) == pytest.approx(1 - 1 / 5)


def test_alerts_count_tied_rows_in_proportion() -> None:
    happened = np.array([1.0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    scores = np.array([9.0, 5, 5, 5, 1, 1, 1, 1, 1, 1])

    found = metrics.alerts(happened, scores, 0.2)

    # One alert is the event at 9; the second is one of three tied rows, one of them an event.
    assert found.recall == pytest.approx((1 + 1 / 3) / 2)
    assert found.precision == pytest.approx((1 + 1 / 3) / 2)
    assert found.threshold == 5


def test_a_validation_without_both_outcomes_is_refused() -> None:
    with pytest.raises(metrics.NothingToMeasure) as refusal:
        metrics.auc(np.zeros(3), np.arange(3.0))

    assert refusal.value.params == {"rows": 3, "events": 0}


@pytest.mark.parametrize(
    ("rows", "events", "probability"), [(1000, 20, 0.01), (50_000, 430, 0.01), (7, 0, 0.2)]
)
def test_the_binomial_test_agrees_with_scipy(rows: int, events: int, probability: float) -> None:
    upper = binom.sf(events - 1, rows, probability)
    lower = binom.cdf(events, rows, probability)

    found = calibration.binomial_p_value(rows, events, probability)

    assert found == pytest.approx(min(1, 2 * min(upper, lower)), rel=1e-8)


def test_grades_are_checked_by_what_they_state_and_what_happened() -> None:
    stated = np.array([0.01] * 100 + [0.2] * 50)
    happened = np.array([0.0] * 99 + [1.0] + [1.0] * 25 + [0.0] * 25)

    first, second, empty = calibration.by_grade(happened, stated, [0.2, 0.5])[0:3]

    assert (first.grade, first.rows, first.events, first.happened) == (1, 100, 1, 0.01)
    assert not first.is_off
    assert (second.rows, second.events) == (50, 25)  # a bound belongs to the worse grade
    assert second.is_off
    assert (empty.rows, empty.p_value) == (0, None)


def test_the_line_mends_log_odds_that_were_bent() -> None:
    random = np.random.default_rng(7)
    true = random.normal(-2, 1.5, 20_000)
    happened = (random.random(20_000) < calibration.sigmoid(true)).astype(float)

    slope, offset = calibration.fitted_line(happened, 2 * true + 1)

    assert slope == pytest.approx(0.5, abs=0.02)
    assert offset == pytest.approx(-0.5, abs=0.06)


def test_scores_without_an_error_have_no_line() -> None:
    with pytest.raises(calibration.NoLine):
        calibration.fitted_line(np.array([0.0, 0, 1, 1]), np.array([-2.0, -1, 1, 2]))


def test_a_population_that_stands_still_is_quiet_and_one_that_moves_asks_for_action() -> None:
    random = np.random.default_rng(3)
    was = np.where(random.random(5000) < 0.1, np.nan, random.normal(size=5000))
    profile = drift.profile(was)

    same = drift.drift("same", profile, was)
    moved = drift.drift("moved", profile, was + 1)
    missing = drift.drift("missing", profile, np.full(50, np.nan))

    assert same.psi == pytest.approx(0, abs=1e-12)
    assert same.state is drift.DriftState.QUIET
    assert moved.state is drift.DriftState.ACT
    assert missing.state is drift.DriftState.ACT
    assert missing.noise == 10 / 50


def test_a_firm_never_stands_in_two_folds_and_more_rows_move_nobody() -> None:
    firms = [f"firm {n % 40}" for n in range(200)]

    folds = splits.firm_folds(firms, 5)

    assert {len({fold for firm, fold in zip(firms, folds, strict=True) if firm == f"firm {n}"})
            for n in range(40)} == {1}  # fmt: skip
    assert list(splits.firm_folds(["another", *firms], 5)[1:]) == list(folds)


def test_an_alert_that_was_taken_back_gives_no_lead() -> None:
    firms = ["a", "a", "a", "b", "b", "c", "c", "d"]
    days = np.array([0.0, 365, 730, 0, 365, 0, 365, 0])
    scores = np.array([9.0, 1, 9, 9, 9, 1, 1, 9])
    event = np.array([900.0, 900, 900, 500, 500, 600, 600, np.nan])

    found = lead_time.lead_time(firms, days, scores, event, 5)

    # a: alerted, calm, alerted again 170 days before; b: 500 days; c: missed; d: no event.
    assert (found.firms, found.alerted) == (3, 2)
    assert found.median_days == (170 + 500) / 2
    assert found.median_days_all == 170
