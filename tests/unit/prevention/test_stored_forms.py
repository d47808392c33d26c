"""Reasons, counterfactuals and formulas read back from their stored lists."""

from __future__ import annotations

from decimal import Decimal

from xindun.prevention.limits.values import Formula, formulas_of
from xindun.prevention.scoring.values import (
    Counterfactual,
    Reason,
    counterfactuals_of,
    reasons_of,
)


def test_reasons_keep_exact_points() -> None:
    stored = [
        ["on_time_ratio", "3.9", "15.0", "0.2790", {"value": 0.279}],
        ["x", "0.0", "1", None, None],
    ]
    assert reasons_of(stored) == (
        Reason(
            "on_time_ratio", Decimal("3.9"), Decimal("15.0"), Decimal("0.2790"), {"value": 0.279}
        ),
        Reason("x", Decimal("0.0"), Decimal("1"), None, {}),
    )


def test_counterfactuals_keep_their_direction() -> None:
    stored = [["settle_overdue_now", "overdue_ratio", "0.3000", "0.0000", "20.9", 7, {"to": 0.0}]]
    assert counterfactuals_of(stored) == (
        Counterfactual(
            "settle_overdue_now",
            "overdue_ratio",
            Decimal("0.3000"),
            Decimal("0.0000"),
            Decimal("20.9"),
            7,
            {"to": 0.0},
        ),
    )


def test_a_formula_that_is_not_available_has_no_amount() -> None:
    stored = [["need", True, "10.5000", None, {}], ["insured_limit", False, None, "no_policy", {}]]
    assert formulas_of(stored) == (
        Formula("need", True, Decimal("10.5000"), None, {}),
        Formula("insured_limit", False, None, "no_policy", {}),
    )


def test_nothing_stored_is_nothing_read() -> None:
    assert reasons_of(None) == counterfactuals_of(None) == formulas_of(None) == ()
