"""How often a webhook is tried and what an answer means."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from xindun.connectors.webhooks import rules
from xindun.connectors.webhooks.values import TEST, EndpointState, Outcome

NOW = datetime(2025, 6, 30, tzinfo=UTC)


def test_the_schedule_is_the_one_that_the_scheme_recommends() -> None:
    waits = [rules.next_try(n, NOW, chance=0.0) for n in range(1, 11)]
    assert [None if at is None else at - NOW for at in waits] == [
        timedelta(seconds=5),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        timedelta(hours=5),
        timedelta(hours=10),
        timedelta(hours=14),
        timedelta(hours=20),
        timedelta(hours=24),
        None,
    ]


def test_chance_lengthens_a_wait_by_a_fifth_at_most() -> None:
    assert rules.next_try(2, NOW, chance=1.0) == NOW + timedelta(minutes=6)
    assert rules.next_try(2, NOW, chance=0.5) == NOW + timedelta(minutes=5, seconds=30)


@pytest.mark.parametrize(
    ("wish", "wait"),
    [
        (1, timedelta(minutes=5)),
        (3600, timedelta(hours=1)),
        (10**9 - 1, timedelta(hours=24)),
    ],
)
def test_the_other_side_can_ask_for_a_longer_wait_up_to_a_day(wish: int, wait: timedelta) -> None:
    assert rules.next_try(2, NOW, chance=0.0, retry_after_seconds=wish) == NOW + wait


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ACCEPTED),
        (299, Outcome.ACCEPTED),
        (302, Outcome.REFUSED),
        (400, Outcome.REFUSED),
        (410, Outcome.GONE),
        (500, Outcome.REFUSED),
        (None, Outcome.UNREACHABLE),
    ],
)
def test_only_a_2xx_accepts(status: int | None, outcome: Outcome) -> None:
    assert rules.outcome_of(status) is outcome


def test_an_endpoint_that_fails_for_five_days_has_failed_too_long() -> None:
    assert not rules.has_failed_too_long(None, NOW)
    assert not rules.has_failed_too_long(NOW - timedelta(days=5) + timedelta(seconds=1), NOW)
    assert rules.has_failed_too_long(NOW - timedelta(days=5), NOW)


def test_no_topics_means_all_and_the_test_always_comes() -> None:
    assert rules.wants((), "import.finished")
    assert rules.wants(("import.finished",), "import.finished")
    assert not rules.wants(("import.failed",), "import.finished")
    assert rules.wants(("import.failed",), TEST)


def test_topics_are_known_sorted_and_each_once() -> None:
    assert rules.check_topics(["ledger.changed", "import.failed", "ledger.changed"]) == (
        "import.failed",
        "ledger.changed",
    )
    with pytest.raises(rules.UnknownTopic):
        rules.check_topics(["ledger.changed", "nothing.ever"])


def test_a_removed_endpoint_comes_back_by_no_step() -> None:
    for wanted in EndpointState:
        with pytest.raises(rules.WrongEndpointStep):
            rules.check_step(EndpointState.REMOVED, wanted)


def test_a_message_says_type_time_and_data() -> None:
    text = rules.message(
        topic="import.finished",
        subject="import:1",
        number=7,
        occurred_at=NOW,
        payload={"company": "信"},
    )
    assert json.loads(text) == {
        "type": "import.finished",
        "timestamp": "2025-06-30T00:00:00+00:00",
        "data": {"subject": "import:1", "number": 7, "company": "信"},
    }


def test_an_answer_is_kept_short_and_printable() -> None:
    assert rules.beginning(b"no\x00\x1b[31m\xff" + b"x" * 1000) == "no··[31m�" + "x" * 491
    assert rules.seconds_of("120") == 120
    assert rules.seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") is None
    assert rules.seconds_of("9" * 40) is None
