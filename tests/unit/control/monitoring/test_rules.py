"""Which day, whose mark, what is kept: the decisions around a run, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.control.monitoring.rules import (
    DETAILED_FOR,
    HOLDS_DAYS,
    KEPT_FOR,
    KEPT_MONTH_ENDS,
    DayNotOver,
    Kept,
    day_to_review,
    local_day,
    needs_run,
    state_of,
    to_prune,
)
from xindun.control.monitoring.values import BUCKET_COLUMNS, SORTS, ActionMark, ActionState
from xindun.engine import schema
from xindun.engine.expressions.ageing import BUCKET_COLUMNS as ENGINE_COLUMNS

TODAY = date(2025, 6, 30)
NOON = datetime(2025, 6, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moved_on", "expected"),
    [
        (None, (TODAY, "today")),
        (TODAY, (TODAY, "today")),
        (date(2025, 5, 30), (TODAY, "today")),
        (date(2025, 5, 29), (date(2025, 5, 29), "last_movement")),
        (date(2013, 12, 2), (date(2013, 12, 2), "last_movement")),
    ],
)
def test_the_day_is_today_unless_the_ledger_ended_long_ago(
    moved_on: date | None, expected: tuple[date, str]
) -> None:
    assert day_to_review(TODAY, moved_on) == expected


def test_a_day_asked_for_is_taken_as_it_is_but_not_from_the_future() -> None:
    assert day_to_review(TODAY, date(2013, 1, 1), date(2020, 2, 29)) == (
        date(2020, 2, 29),
        "asked",
    )
    with pytest.raises(DayNotOver):
        day_to_review(TODAY, None, date(2025, 7, 1))


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", datetime(2025, 6, 30, 23, 59, tzinfo=UTC), date(2025, 6, 30)),
        ("Asia/Shanghai", datetime(2025, 6, 30, 15, 59, tzinfo=UTC), date(2025, 6, 30)),
        ("Asia/Shanghai", datetime(2025, 6, 30, 16, 0, tzinfo=UTC), date(2025, 7, 1)),
        ("America/New_York", datetime(2025, 7, 1, 3, 59, tzinfo=UTC), date(2025, 6, 30)),
        ("Asia/Kathmandu", datetime(2025, 6, 30, 18, 15, tzinfo=UTC), date(2025, 7, 1)),
    ],
)
def test_a_day_ends_at_local_midnight(zone: str, moment: datetime, day: date) -> None:
    assert local_day(moment, zone) == day


@pytest.mark.parametrize(
    ("version", "moved_on", "shown", "due"),
    [
        (0, None, None, False),
        (1, TODAY, None, True),
        (1, TODAY, (1, TODAY), False),
        (2, TODAY, (1, TODAY), True),
        (1, TODAY, (1, date(2025, 6, 29)), True),
        (1, date(2024, 1, 5), (1, date(2024, 1, 5)), False),
        (1, date(2026, 1, 1), (1, TODAY), False),  # a movement dated ahead counts as today
    ],
)
def test_a_run_is_due_when_ledger_or_day_moved_on(
    version: int, moved_on: date | None, shown: tuple[int, date] | None, due: bool
) -> None:
    asked = needs_run(NOON, "UTC", ledger_version=version, last_movement_on=moved_on, shown=shown)
    assert asked is due


def mark(state: ActionState, on: date = TODAY, stake: str = "100") -> ActionMark:
    return ActionMark(state, on, Decimal(stake), NOON, "user:x")


@pytest.mark.parametrize(
    ("given_mark", "stake", "as_of", "state"),
    [
        (None, "100", TODAY, ActionState.OPEN),
        (mark(ActionState.OPEN), "100", TODAY, ActionState.OPEN),
        (mark(ActionState.DONE), "100", TODAY, ActionState.DONE),
        (mark(ActionState.DONE), "99", TODAY + timedelta(7), ActionState.DONE),
        (mark(ActionState.DONE), "100", TODAY + timedelta(8), ActionState.OPEN),
        (mark(ActionState.DISMISSED), "100", TODAY + timedelta(30), ActionState.DISMISSED),
        (mark(ActionState.DISMISSED), "100", TODAY + timedelta(31), ActionState.OPEN),
        (mark(ActionState.DISMISSED), "100.01", TODAY, ActionState.OPEN),
        (mark(ActionState.DONE), "100", TODAY - timedelta(1), ActionState.OPEN),
    ],
)
def test_a_mark_speaks_for_a_while_and_not_for_more_money(
    given_mark: ActionMark | None, stake: str, as_of: date, state: ActionState
) -> None:
    assert state_of(Decimal(stake), as_of, given_mark) is state


def test_every_mark_has_a_time() -> None:
    assert set(HOLDS_DAYS) == set(ActionState) - {ActionState.OPEN}


days = st.dates(date(2023, 1, 1), date(2025, 6, 30))
minutes = st.integers(0, 60 * 24 * 400)


@given(st.lists(st.tuples(days, minutes), max_size=60), st.integers(0, 59))
def test_pruning_keeps_what_it_promises(made: list[tuple[date, int]], current: int) -> None:
    runs = [
        Kept(key, as_of, NOON - timedelta(minutes=ago), is_current=key == current)
        for key, (as_of, ago) in enumerate(made)
    ]
    wholly, details = to_prune(runs)
    assert not wholly & details
    if not runs:
        return
    newest = max(run.made_at for run in runs)
    kept = [run for run in runs if run.key not in wholly]
    assert all(run.key in {k.key for k in kept} - details for run in runs if run.is_current)
    of_day = {
        day: max((r for r in runs if r.as_of == day), key=lambda r: (r.made_at, r.key))
        for day in {run.as_of for run in runs}
    }
    assert {run.key for run in kept} <= {run.key for run in of_day.values()} | {current}
    for run in of_day.values():
        if newest - run.made_at <= KEPT_FOR:
            assert run.key not in wholly
        if newest - run.made_at <= DETAILED_FOR:
            assert run.key not in details
    months = {(run.as_of.year, run.as_of.month) for run in kept}
    every_month = sorted({(day.year, day.month) for day in of_day})
    assert set(every_month[-KEPT_MONTH_ENDS:]) <= months
    # Applying it again to what is left changes nothing.
    assert to_prune(kept)[0] == frozenset()


def test_buckets_are_the_engines() -> None:
    assert tuple(label for _, label in BUCKET_COLUMNS) == tuple(row[0] for row in schema.BUCKETS)
    assert tuple(column for column, _ in BUCKET_COLUMNS) == ENGINE_COLUMNS


def test_every_order_has_its_index() -> None:
    from xindun.control.monitoring.models import SORTED_BY_INDEX

    assert {"sort_key" if name == "name" else name for name in SORTS} == set(SORTED_BY_INDEX)
