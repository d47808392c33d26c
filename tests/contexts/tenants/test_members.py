"""Roles change within bounds, memberships end and come back, and an owner is always left."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import (
    Actor,
    KeyState,
    NotPermitted,
    Permission,
    Role,
    TenantKind,
)

READ = frozenset({Permission.LEDGER_READ})


def test_an_owner_changes_a_role_and_it_counts_at_once(firm: Firm) -> None:
    firm.joins("sam", Role.SALES)
    member = firm.does(actions.change_role, firm.actor("olga"), firm.id("sam"), Role.FINANCE)
    assert member.role is Role.FINANCE
    assert firm.actor("sam").permissions == reads.permissions_of(Role.FINANCE)
    record = firm.records("user", firm.id("sam"))[0]
    assert (record.kind, record.result["from"], record.result["to"]) == (
        "member_role_changed",
        "sales",
        "finance",
    )
    firm.does(actions.change_role, firm.actor("olga"), firm.id("sam"), Role.FINANCE)
    assert len(firm.records("user", firm.id("sam"))) == 2  # joined, changed once


def test_the_last_owner_who_can_sign_in_stays(firm: Firm) -> None:
    olga, me = firm.actor("olga"), firm.id("olga")
    for verb, more in ((actions.change_role, [Role.AUDITOR]), (actions.deactivate, [])):
        with pytest.raises(actions.LastOwner):
            firm.does(verb, olga, me, *more)
    assert firm.role("olga") is Role.OWNER
    firm.joins("otto")
    firm.does(actions.deactivate, olga, me)
    with pytest.raises(actions.LastOwner):
        firm.does(actions.deactivate, firm.actor("otto"), firm.id("otto"))


def test_nobody_raises_themselves_or_reaches_above_themselves(firm: Firm) -> None:
    firm.joins("sam", Role.SALES)
    firm.joins("carl", Role.CREDIT_MANAGER)
    sam = firm.people["sam"]
    helper = reads.permissions_of(Role.SALES) | {Permission.PEOPLE_MANAGE}
    deputy = Actor(f"user:{sam.public_id}", helper, sam.id)
    for target, role, error in (
        ("sam", Role.FINANCE, actions.NotYourselfUp),
        ("carl", Role.SALES, actions.BeyondYourReach),
        ("olga", Role.AUDITOR, actions.BeyondYourReach),
        ("sam", Role.OWNER, actions.NeedsApproval),
    ):
        with pytest.raises(error):
            firm.does(actions.change_role, deputy, firm.id(target), role)
    with pytest.raises(actions.BeyondYourReach):
        firm.does(actions.deactivate, deputy, firm.id("carl"))
    with pytest.raises(NotPermitted):
        firm.does(actions.deactivate, firm.actor("carl"), firm.id("sam"))
    assert [firm.role(name) for name in ("sam", "carl", "olga")] == [
        Role.SALES,
        Role.CREDIT_MANAGER,
        Role.OWNER,
    ]


def test_who_leaves_leaves_no_key_and_no_loan_behind(firm: Firm) -> None:
    firm.joins("otto")
    firm.joins("carl", Role.CREDIT_MANAGER)
    otto = firm.actor("otto")
    key = firm.does(actions.create_key, otto, name="ERP", scopes=READ)
    day = NOW.date()
    firm.does(
        actions.delegate, otto, firm.id("carl"), {Permission.PEOPLE_MANAGE}, first=day, last=day
    )
    assert firm.actor("carl").may(Permission.PEOPLE_MANAGE)
    firm.does(actions.deactivate, firm.actor("olga"), firm.id("otto"))
    assert firm.actor("otto").permissions == frozenset()
    assert not firm.actor("carl").may(Permission.PEOPLE_MANAGE)
    with pytest.raises(reads.RevokedKey):
        reads.key_actor(key.token, NOW)
    record = firm.records("user", firm.id("otto"))[0]
    assert record.kind == "member_deactivated"
    assert record.result["keys_revoked"] == [str(key.key.public_id)]
    back = firm.does(actions.reactivate, firm.actor("olga"), firm.id("otto"), Role.AUDITOR)
    assert (back.role, back.is_active) == (Role.AUDITOR, True)
    assert firm.asks(reads.api_keys)[0].state(NOW) is KeyState.REVOKED


def test_a_demotion_revokes_the_keys_that_reach_further(firm: Firm) -> None:
    firm.joins("otto")
    otto = firm.actor("otto")
    narrow = firm.does(actions.create_key, otto, name="narrow", scopes=READ)
    wide = firm.does(
        actions.create_key, otto, name="wide", scopes=READ | {Permission.LEDGER_IMPORT}
    )
    firm.does(actions.change_role, firm.actor("olga"), firm.id("otto"), Role.SALES)
    states = {key.name: key.state(NOW) for key in firm.asks(reads.api_keys)}
    assert states == {"narrow": KeyState.RUNNING, "wide": KeyState.REVOKED}
    assert reads.key_actor(narrow.token, NOW).actor.permissions == READ
    with pytest.raises(reads.RevokedKey):
        reads.key_actor(wide.token, NOW)


def test_an_insurer_has_no_sales_and_no_collectors(db: None) -> None:
    insurer = open_firm("Ins", TenantKind.INSURER)
    insurer.joins("ana", Role.ANALYST)
    with pytest.raises(actions.RoleNotOfKind):
        insurer.does(
            actions.change_role, insurer.actor("olga.ins"), insurer.id("ana"), Role.COLLECTOR
        )
    assert Role.SALES not in insurer.asks(reads.roles_here)


def test_another_company_s_member_does_not_exist(firm: Firm) -> None:
    other = open_firm("Other")
    for wrong in (other.id("olga.other"), uuid4()):
        with pytest.raises(actions.NoSuchMember):
            firm.does(actions.deactivate, firm.actor("olga"), wrong)
    assert other.role("olga.other") is Role.OWNER


def test_members_are_searched_sorted_and_paged(firm: Firm) -> None:
    firm.joins("zoe", Role.SALES)
    firm.joins("ben", Role.AUDITOR)
    firm.does(actions.deactivate, firm.actor("olga"), firm.id("zoe"))

    def names(**asked: object) -> list[str]:
        return [row.name for row in firm.asks(reads.members_page, **asked).rows]

    assert names() == ["ben", "olga", "zoe"]
    assert names(sort="-name") == ["zoe", "olga", "ben"]
    assert names(sort="nonsense") == names()
    assert names(query="ZOE@") == ["zoe"]
    assert names(query="%") == []
    assert names(role=Role.OWNER) == ["olga"]
    assert (names(active=True), names(active=False)) == (["ben", "olga"], ["zoe"])
    assert [row.name for row in firm.asks(lambda: list(reads.iter_members(active=True)))] == [
        "ben",
        "olga",
    ]
    assert firm.asks(reads.members_page, page=9).page == 1
    assert [user.name for user in firm.asks(reads.members)] == ["ben", "olga"]


@pytest.mark.parametrize("days", [(-1, 0), (1, 0), (0, 366)])
def test_a_delegation_has_sensible_days(firm: Firm, days: tuple[int, int]) -> None:
    firm.joins("sam", Role.SALES)
    first, last = (NOW.date() + timedelta(days=each) for each in days)
    with pytest.raises(actions.BadPeriod):
        firm.does(
            actions.delegate, firm.actor("olga"), firm.id("sam"), READ, first=first, last=last
        )


def test_lent_permissions_run_from_day_to_day_and_are_not_lent_on(firm: Firm) -> None:
    firm.joins("carl", Role.CREDIT_MANAGER)
    firm.joins("sam", Role.SALES)
    lent = frozenset({Permission.LEDGER_IMPORT, Permission.LEDGER_READ})
    first, last = NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=2)
    given = firm.does(
        actions.delegate, firm.actor("carl"), firm.id("sam"), lent, first=first, last=last
    )
    # Days of Shanghai: from the 1st of July, 00:00 there, to the 3rd.
    assert (given.first_on, given.last_on) == (first, last)
    for now, may in (
        (given.starts_at - timedelta(seconds=1), False),
        (given.starts_at, True),
        (given.ends_at - timedelta(seconds=1), True),
        (given.ends_at, False),
    ):
        assert firm.actor("sam", now).may(Permission.LEDGER_IMPORT) is may, now
    sam = firm.actor("sam", given.starts_at)
    loan = sam.lent(Permission.LEDGER_IMPORT)
    assert loan is not None
    assert (loan.giver, loan.public_id) == (f"user:{firm.id('carl')}", given.public_id)
    assert sam.lent(Permission.LEDGER_READ) is None  # their own
    with pytest.raises(actions.NotYours):
        firm.does(
            actions.delegate,
            sam,
            firm.id("olga"),
            {Permission.LEDGER_IMPORT},
            first=first,
            last=last,
        )
    firm.does(actions.change_role, firm.actor("olga"), firm.id("carl"), Role.SALES)
    assert not firm.actor("sam", given.starts_at).may(Permission.LEDGER_IMPORT)
    firm.does(actions.revoke_delegation, sam, given.public_id)
    firm.does(actions.revoke_delegation, sam, given.public_id)
    kinds = [record.kind for record in firm.records("delegation", given.public_id)]
    assert kinds == ["delegation_revoked", "delegation_given"]


def test_who_has_nothing_to_do_with_a_delegation_cannot_end_it(firm: Firm) -> None:
    for name, role in (("carl", Role.CREDIT_MANAGER), ("sam", Role.SALES), ("ann", Role.ANALYST)):
        firm.joins(name, role)
    day = NOW.date()
    given = firm.does(
        actions.delegate, firm.actor("carl"), firm.id("sam"), READ, first=day, last=day
    )
    with pytest.raises(NotPermitted):
        firm.does(actions.revoke_delegation, firm.actor("ann"), given.public_id)
    for to, error in (("carl", actions.NobodyElse), ("gone", actions.ReceiverNotActive)):
        target = firm.id(to) if to in firm.people else uuid4()
        with pytest.raises(DomainError) as refusal:
            firm.does(actions.delegate, firm.actor("carl"), target, READ, first=day, last=day)
        assert refusal.type is error
    assert len(firm.asks(reads.delegations)) == 1
