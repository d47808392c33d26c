"""Wrong guesses, counted in the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from xindun.record.signin.actions import count_guess, forget_old, forgive
from xindun.record.signin.models import GuessCount
from xindun.record.signin.values import Guess, GuessOf, Held

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
ANNA = Guess(GuessOf.ACCOUNT, "anna@seller.example")
HERE = Guess(GuessOf.ADDRESS, "192.0.2.1")


def wrong(count: int, *guesses: Guess, now: datetime = NOW) -> Held:
    for _ in range(count):
        held = count_guess(guesses, now=now)
    return held


@pytest.mark.django_db
def test_the_fifth_wrong_guess_makes_the_sixth_wait_and_waiting_costs_nothing() -> None:
    assert wrong(4, ANNA, HERE).locks_until is None
    until = NOW + timedelta(seconds=30)
    assert wrong(1, ANNA, HERE) == Held(None, 5, until)
    for _ in range(10):
        assert count_guess([ANNA, HERE], now=NOW + timedelta(seconds=29)).until == until
    later = count_guess([ANNA, HERE], now=until)
    assert later == Held(None, 6, until + timedelta(seconds=60))


@pytest.mark.django_db
def test_a_right_guess_clears_the_account_and_takes_one_try_off_the_address() -> None:
    wrong(4, ANNA, HERE)
    count_guess([ANNA, HERE], now=NOW)
    forgive([ANNA, HERE])
    (address,) = GuessCount.objects.all()
    assert (address.failures, address.held_until) == (4, None)
    assert wrong(4, ANNA, HERE).until is None


@pytest.mark.django_db
def test_another_account_and_another_address_are_not_held_back() -> None:
    wrong(5, ANNA, HERE)
    ben = Guess(GuessOf.ACCOUNT, "ben@rival.example")
    assert count_guess([ben, HERE], now=NOW).until is None
    assert count_guess([ANNA, Guess(GuessOf.ADDRESS, "192.0.2.2")], now=NOW).until is not None


@pytest.mark.django_db
def test_the_table_names_nobody_and_old_counts_are_deleted() -> None:
    wrong(1, ANNA)
    (row,) = GuessCount.objects.all()
    assert len(bytes(row.key)) == 32
    assert b"anna" not in bytes(row.key)
    assert forget_old(NOW + timedelta(hours=23)) == 0
    assert forget_old(NOW + timedelta(hours=25)) == 1


@pytest.mark.django_db(transaction=True)
def test_many_processes_that_guess_at_once_get_the_free_tries_once() -> None:
    def guess(_: int) -> bool:
        try:
            return count_guess([ANNA, HERE], now=NOW).until is None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(24))) == 5
