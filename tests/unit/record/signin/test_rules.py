"""How long a wrong guess makes the next one wait, and when a session is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xindun.record.signin.rules import (
    LONGEST_DELAY,
    PATIENCE,
    counted,
    delay_after,
)
from xindun.record.signin.values import GuessOf, SessionClock

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@given(of=st.sampled_from(GuessOf), failures=st.integers(0, 10**9))
def test_the_delay_grows_and_is_never_for_good(of: GuessOf, failures: int) -> None:
    here, next_one = delay_after(of, failures), delay_after(of, failures + 1)
    assert timedelta() <= here <= next_one <= LONGEST_DELAY
    assert (here > timedelta()) == (failures >= PATIENCE[of].free)


def test_wrong_guesses_of_yesterday_count_no_more() -> None:
    assert counted(7, NOW - timedelta(hours=23), NOW) == 7
    assert counted(7, NOW - timedelta(hours=24), NOW) == 0
    assert counted(0, None, NOW) == 0


@pytest.mark.parametrize(
    ("age", "unused", "over"),
    [
        (timedelta(hours=23), timedelta(minutes=59), False),
        (timedelta(hours=23), timedelta(hours=1), True),
        (timedelta(hours=24), timedelta(0), True),
    ],
)
def test_a_session_ends_unused_or_old(age: timedelta, unused: timedelta, over: bool) -> None:
    clock = SessionClock(NOW - age, NOW - unused)
    assert clock.is_over(NOW, idle=HOUR, longest=24 * HOUR) is over
