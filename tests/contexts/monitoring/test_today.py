"""The list for today: who marks an action, and how long the mark speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contexts.monitoring.portfolio import ACTOR, EVENING, Console
from tests.contexts.receivables.ledgers import Doc
from xindun.control.monitoring.actions import mark_action
from xindun.control.monitoring.reads.today import UnknownAction
from xindun.control.monitoring.values import ActionState, TodayAction
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject


def mark(console: Console, action: TodayAction, state: ActionState, note: str = "") -> TodayAction:
    with tenant_scope(console.tenant_id):
        return mark_action(action.action_id, state, actor=ACTOR, now=EVENING, note=note)


def listed(console: Console, state: ActionState | None = None) -> list[TodayAction]:
    return list(console.ask("actions_page", state=state).rows)


def test_a_mark_moves_an_action_from_open_to_done(console: Console) -> None:
    console.run()
    first, *rest = listed(console)
    done = mark(console, first, ActionState.DONE, "called, pays on Friday")
    assert (done.state, done.mark.note) == (ActionState.DONE, "called, pays on Friday")
    assert listed(console, ActionState.DONE) == [done]
    assert listed(console, ActionState.OPEN) == rest
    assert console.ask("portfolio_page").actions_open == len(rest)
    with tenant_scope(console.tenant_id):
        (record,) = evidence.records_of(Subject("buyer", str(first.buyer_public_id)))
    assert record.result["state"] == "done"
    assert record.result["stake"] == str(first.stake)


def test_a_mark_can_be_taken_back(console: Console) -> None:
    console.run()
    first = listed(console)[0]
    mark(console, first, ActionState.DISMISSED)
    assert listed(console, ActionState.DISMISSED)
    mark(console, first, ActionState.OPEN)
    assert listed(console, ActionState.DISMISSED) == []
    assert listed(console)[0].state is ActionState.OPEN


def test_a_mark_outlives_the_run_it_was_made_in(console: Console) -> None:
    console.run()
    first = listed(console)[0]
    mark(console, first, ActionState.DONE)
    console.run(now=EVENING + timedelta(days=5))
    found = next(a for a in listed(console) if (a.name, a.code) == (first.name, first.code))
    assert found.action_id != first.action_id
    assert found.state is ActionState.DONE
    console.run(now=EVENING + timedelta(days=9))
    found = next(a for a in listed(console) if (a.name, a.code) == (first.name, first.code))
    assert found.state is ActionState.OPEN


def test_more_money_at_stake_opens_it_again(console: Console) -> None:
    console.run()
    first = listed(console)[0]
    assert first.name == "Zwei AG"
    mark(console, first, ActionState.DISMISSED)
    console.take(
        Doc("TWO-U2", "50.00", buyer="TWO", name="Zwei AG", currency="USD", issued="2025-03-02",
            due="2025-04-01")
    )  # fmt: skip
    console.run()
    found = next(a for a in listed(console) if (a.currency, a.code) == ("USD", first.code))
    assert found.stake > first.stake
    assert found.state is ActionState.OPEN


def test_an_earlier_day_shows_what_was_open_then(console: Console) -> None:
    console.run(as_of=EVENING.date() - timedelta(days=1), current=False)
    console.run()
    mark(console, listed(console)[0], ActionState.DONE)
    earlier = console.ask("actions_page", as_of=EVENING.date() - timedelta(days=1))
    assert {action.state for action in earlier.rows} == {ActionState.OPEN}


def test_another_tenants_action_cannot_be_marked(console: Console, other: Console) -> None:
    console.run()
    other.run()
    mine = listed(console)[0]
    with pytest.raises(UnknownAction):
        mark(other, mine, ActionState.DONE)
    assert listed(console)[0] == replace(mine)
