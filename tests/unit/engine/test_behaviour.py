"""Payment behaviour: what counts, what does not, and that exact sums make it stable."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.unit.engine.ledgers import KNOWN, Row, buyer, item, ledger, paid
from xindun.engine.parameters import DEFAULTS, Parameters
from xindun.engine.portfolio import Review, review

AS_OF = date(2025, 6, 30)  # a Monday


def reviewed(
    items: list[Row],
    settlements: list[Row] | None = None,
    buyers: list[Row] | None = None,
    as_of: date = AS_OF,
    parameters: Parameters = DEFAULTS,
) -> Review:
    with ledger(items, settlements, buyers) as opened:
        return review(opened, as_of=as_of, known_at=KNOWN, parameters=parameters)


def account(*args: Any, **facts: Any) -> dict[str, Any]:
    (row,) = reviewed(*args, **facts).accounts.to_pylist()
    return dict(row)


def late(number: int, amount: int, days: int, due: date = date(2025, 3, 3)) -> tuple[Row, Row]:
    issued = due - timedelta(days=30)
    return item(number, amount, issued, due), paid(number, number, amount, due + timedelta(days))


def test_days_beyond_terms_weigh_by_amount() -> None:
    (first, one), (second, two) = late(1, 140, 7), late(2, 85, 55)
    assert account([first, second], [one, two])["days_beyond_terms"] == 25.1


def test_what_is_still_unpaid_counts_at_its_age_to_date() -> None:
    (first, one), (second, _) = late(1, 100, 0), late(2, 100, 0)
    row = account([first, second], [one])
    assert row["days_beyond_terms"] == round((AS_OF - date(2025, 3, 3)).days / 2, 1)


def test_a_write_off_was_never_paid() -> None:
    first, one = late(1, 100, 0)
    row = account([first], [one | {"kind": "write_off"}])
    assert (row["days_beyond_terms"], row["on_time_ratio"]) == (119.0, 0.0)


@pytest.mark.parametrize("kind", ["set_off", "goods", "credit_note"])
def test_what_is_no_payment_is_left_out(kind: str) -> None:
    (first, one), (second, two) = late(1, 100, 10), late(2, 900, -20)
    row = account([first, second], [one, two | {"kind": kind}])
    assert (row["days_beyond_terms"], row["on_time_ratio"]) == (10.0, 0.0)


def test_early_payment_is_negative_and_lifts_the_index() -> None:
    row = account(*map(list, zip(late(1, 100, -10), strict=True)))
    assert (row["days_beyond_terms"], row["payment_index"]) == (-10.0, 85)


@pytest.mark.parametrize(
    ("days", "index"), [(0, 80), (15, 70), (22, 60), (30, 50), (60, 40), (75, 35), (90, 30)]
)
def test_the_index_follows_the_published_ladder(days: int, index: int) -> None:
    first, one = late(1, 100, days)
    assert account([first], [one])["payment_index"] == index


def test_splitting_a_payment_of_one_day_changes_nothing() -> None:
    rows = [late(n, 100 * n, 7 * n) for n in range(1, 6)]
    items = [first for first, _ in rows]
    whole = [second for _, second in rows]
    parts = [
        move | {"settlement_id": 10 * move["settlement_id"] + n, "amount": share}
        for move in whole
        for n, share in enumerate((Decimal("33.33"), move["amount"] - Decimal("33.33")))
    ]
    assert account(items, whole) == account(items, parts)


SATURDAY = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("country", "due", "paid_on", "ratio"),
    [
        (None, SATURDAY, date(2025, 3, 3), 1.0),  # weekends for everyone
        (None, SATURDAY, date(2025, 3, 4), 0.0),
        ("DE", date(2025, 5, 1), date(2025, 5, 2), 1.0),  # Labour Day
        ("CN", date(2025, 10, 1), date(2025, 10, 9), 1.0),  # Golden Week
        ("CN", date(2025, 10, 11), date(2025, 10, 13), 0.0),  # a Saturday worked for the bridge
        ("ZZ", SATURDAY, date(2025, 3, 3), 1.0),  # unknown country: weekends
    ],
)
def test_a_due_date_without_work_moves_to_the_next_working_day(
    country: str | None, due: date, paid_on: date, ratio: float
) -> None:
    row = account(
        [item(1, 100, due - timedelta(30), due)],
        [paid(1, 1, 100, paid_on)],
        [buyer(1, country)],
        as_of=date(2025, 12, 1),
    )
    assert row["on_time_ratio"] == ratio


def test_tolerance_days_are_a_parameter() -> None:
    first, one = late(1, 100, 2)
    assert account([first], [one])["on_time_ratio"] == 0.0
    tolerant = Parameters(tolerance_days=2)
    assert account([first], [one], parameters=tolerant)["on_time_ratio"] == 1.0


def test_a_bill_handed_over_in_time_and_honoured_is_on_time() -> None:
    due = date(2025, 2, 3)
    facts: Row = {
        "kind": "bank_acceptance",
        "effective_on": due,
        "matures_on": date(2025, 5, 5),
        "cleared_on": date(2025, 5, 5),
    }
    row = account([item(1, 100, due - timedelta(30), due)], [paid(1, 1, 100, due, **facts)])
    assert (row["days_beyond_terms"], row["on_time_ratio"]) == (0.0, 1.0)


def test_a_bill_handed_over_late_is_as_late_as_its_hand_over() -> None:
    due = date(2025, 2, 3)
    facts: Row = {
        "kind": "bank_acceptance",
        "effective_on": due + timedelta(12),
        "matures_on": date(2025, 5, 5),
        "cleared_on": date(2025, 5, 5),
    }
    row = account([item(1, 100, due - timedelta(30), due)], [paid(1, 1, 100, due, **facts)])
    assert (row["days_beyond_terms"], row["on_time_ratio"]) == (12.0, 0.0)


def test_windows_compare_now_with_then_and_give_the_trend() -> None:
    old = [late(1, 100, 2, date(2024, 12, 2)), late(2, 100, 4, date(2025, 2, 3))]
    new = [late(3, 100, 20, date(2025, 5, 5))]
    items, moves = map(list, zip(*old, *new, strict=True))
    row = account(items, moves)
    assert (row["dbt_0_90"], row["dbt_91_180"], row["dbt_181_365"]) == (20.0, 4.0, 2.0)
    assert row["trend_days"] == 17.0


def test_what_was_overdue_at_a_windows_end_counts_in_that_window() -> None:
    first, one = late(1, 100, 100, date(2025, 3, 3))  # paid 11 June, overdue on 1 April
    row = account([first], [one])
    assert row["dbt_91_180"] == (AS_OF - timedelta(90) - date(2025, 3, 3)).days


def test_the_highest_balance_paid_on_time_is_the_highest_at_one_moment() -> None:
    due = date(2025, 4, 1)
    items = [
        item(1, 100, date(2025, 3, 1), due),
        item(2, 70, date(2025, 3, 10), due),
        item(3, 90, date(2025, 3, 20), due),
    ]
    moves = [
        paid(1, 1, 100, date(2025, 3, 20)),
        paid(2, 2, 70, date(2025, 3, 25)),
        paid(3, 3, 90, date(2025, 4, 20)),  # too late
    ]
    assert account(items, moves)["largest_paid_on_time"] == Decimal(170)


def test_seasons_need_two_years() -> None:
    rows = [
        late(n, 100, 30 if n % 12 == 1 else 0, date(2023, 1, 2) + timedelta(days=round(30.4 * n)))
        for n in range(1, 29)
    ]
    items, moves = map(list, zip(*rows, strict=True))
    months = reviewed(items, moves).seasonality.to_pylist()
    worst = max(months, key=lambda row: row["excess_days"])
    assert worst["month"] == 2
    assert worst["days_beyond_terms"] == 30.0
    assert reviewed(items[-5:], moves[-5:]).seasonality.num_rows == 0


def test_confidence_falls_when_settlements_are_derived() -> None:
    rows = [late(n, 100, 1, date(2024, 8, 5) + timedelta(days=20 * n)) for n in range(1, 15)]
    items, moves = map(list, zip(*rows, strict=True))
    open_too = [*items, item(99, 5, date(2025, 6, 1), date(2025, 7, 1))]
    oldest = item(98, 5, date(2024, 1, 1))
    assert account([*open_too, oldest], moves)["confidence"] == "high"
    derived = [move | {"derived": True, "source_item_id": 97} for move in moves]
    assert account([*open_too, oldest], derived)["confidence"] == "low"


def test_a_payment_on_a_day_that_nobody_states_is_no_evidence_and_makes_figures_less_sure() -> None:
    rows = [late(n, 100, 40, date(2024, 8, 5) + timedelta(days=20 * n)) for n in range(1, 15)]
    items, moves = map(list, zip(*rows, strict=True))
    items += [item(99, 5, date(2025, 6, 1), date(2025, 6, 20)), item(98, 5, date(2024, 1, 1))]
    before = account(items, moves)
    extra = item(97, 1000, date(2025, 5, 1), date(2025, 9, 30))
    undated = paid(97, 97, 1000, date(2025, 6, 30), derived=True)
    after = account([*items, extra], [*moves, undated])
    same = ("days_beyond_terms", "on_time_ratio", "payment_index", "largest_paid_on_time")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["open_total"] == before["open_total"]
    assert (before["confidence"], after["confidence"]) == ("high", "medium")
    never = [move | {"derived": True} for move in moves]
    assert account(items, never)["not_rated_reason"] == "payment_dates_unknown"


def test_a_ledger_of_open_items_only_says_nothing_of_payment_behaviour() -> None:
    late = item(1, 100, AS_OF - timedelta(90), AS_OF - timedelta(60))
    with ledger([late], []) as opened:
        (row,) = review(opened, as_of=AS_OF, known_at=KNOWN).accounts.to_pylist()
    unknown = ("days_beyond_terms", "payment_index", "on_time_ratio", "trend_days", "dbt_0_90")
    assert [row[name] for name in unknown] == [None] * len(unknown)
    assert row["not_rated_reason"] == "no_settlements_in_ledger"
    assert (row["overdue"], row["max_days_overdue"]) == (100, 60)
