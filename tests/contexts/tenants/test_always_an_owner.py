"""Whatever people do to each other's roles: an owner is left, and nobody may do more than their
role and the delegations that run."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contexts.tenants.conftest import NOW, Firm
from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.rules import ROLE_PERMISSIONS
from xindun.record.tenants.values import DelegationState, Permission, Role

NAMES = ("olga", "otto", "carl", "sam")
PEOPLE = st.sampled_from(NAMES)
LENT = st.frozensets(
    st.sampled_from([Permission.PEOPLE_MANAGE, Permission.LEDGER_IMPORT, Permission.EVIDENCE_READ]),
    min_size=1,
)
STEPS = st.one_of(
    st.tuples(st.just("role"), PEOPLE, PEOPLE, st.sampled_from(Role)),
    st.tuples(st.just("end"), PEOPLE, PEOPLE, st.none()),
    st.tuples(st.just("renew"), PEOPLE, PEOPLE, st.sampled_from(Role)),
    st.tuples(st.just("lend"), PEOPLE, PEOPLE, LENT),
    st.tuples(st.just("wait"), PEOPLE, PEOPLE, st.none()),
)


@pytest.fixture
def full(firm: Firm) -> Firm:
    firm.joins("otto")
    firm.joins("carl", Role.CREDIT_MANAGER)
    firm.joins("sam", Role.SALES)
    return firm


def step(firm: Firm, what: str, who: str, whom: str, more: Any, now: Any) -> None:
    actor, target = firm.actor(who, now), firm.id(whom)
    match what:
        case "role":
            firm.does(actions.change_role, actor, target, more, now=now)
        case "end":
            firm.does(actions.deactivate, actor, target, now=now)
        case "renew":
            firm.does(actions.reactivate, actor, target, more, now=now)
        case "lend":
            day = now.date() + timedelta(days=1)
            firm.does(actions.delegate, actor, target, more, first=day, last=day, now=now)


def check(firm: Firm, now: Any) -> None:
    members = {row.public_id: row for row in firm.asks(lambda: list(reads.iter_members()))}
    assert any(row.is_active and row.role is Role.OWNER for row in members.values())
    loans = [
        loan
        for loan in firm.asks(reads.delegations)
        if loan.state(now) is DelegationState.RUNNING and members[loan.giver_id].is_active
    ]
    for name in NAMES:
        row = members[firm.id(name)]
        allowed = set(ROLE_PERMISSIONS[row.role]) if row.is_active else set()
        for loan in loans:
            if loan.receiver_id == row.public_id and row.is_active:
                allowed |= loan.permissions & ROLE_PERMISSIONS[members[loan.giver_id].role]
        assert firm.actor(name, now).permissions == allowed, name


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(STEPS, min_size=8, max_size=12))
def test_an_owner_is_left_and_nobody_has_more_than_they_were_given(full: Firm, steps: Any) -> None:
    now = NOW
    with transaction.atomic():
        for what, who, whom, more in steps:
            now += timedelta(days=1) if what == "wait" else timedelta(minutes=1)
            with suppress(DomainError):
                step(full, what, who, whom, more, now)
            check(full, now)
        transaction.set_rollback(True)
