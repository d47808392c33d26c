"""Invitations open a company to one address, once, for seven days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.contexts.tenants.conftest import NOW, PASSWORD, Firm, open_firm
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import has_tenant
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import Language, NewInvitation, NotPermitted, Role

DAY = timedelta(days=1)


def invited(
    firm: Firm, email: str = "Nina@New.example", role: Role = Role.ANALYST
) -> NewInvitation:
    made: NewInvitation = firm.does(actions.invite, firm.actor("olga"), email=email, role=role)
    return made


def joins(token: str, password: str = PASSWORD, name: str = "Nina"):  # type: ignore[no-untyped-def]
    return actions.accept_as_new(
        token, name=name, password=password, language=Language.CHINESE, now=NOW + DAY
    )


def test_an_invited_address_gets_a_login_and_its_role_once(firm: Firm) -> None:
    new = invited(firm)
    assert not has_tenant()
    found = reads.open_invitation(new.token, NOW)
    assert (found.tenant_name, found.invitation.email, found.has_login) == (
        "Acme",
        "nina@new.example",
        False,
    )
    assert new.token not in repr(new)
    user = joins(new.token)
    (standing,) = reads.standings_of(user.id, NOW)
    assert standing.membership.role is Role.ANALYST
    with pytest.raises(reads.InvitationGone):
        joins(new.token)
    assert firm.asks(reads.invitations) == []
    kinds = [record.kind for record in firm.records("invitation", new.invitation.public_id)]
    assert kinds == ["invitation_accepted", "invitation_made"]
    for record in firm.records("invitation", new.invitation.public_id):
        assert "nina" not in str(record.result) + str(record.inputs)


def test_an_address_with_a_login_joins_by_signing_in(firm: Firm) -> None:
    other = open_firm("Other")
    user = other.people["olga.other"]
    new = invited(firm, user.email)
    assert reads.open_invitation(new.token, NOW).has_login
    with pytest.raises(actions.SignInFirst):
        joins(new.token)
    with pytest.raises(actions.InvitedAnother):
        actions.accept_as(firm.people["olga"].id, new.token, now=NOW)
    assert actions.accept_as(user.id, new.token, now=NOW) == firm.tenant.id
    assert len(reads.standings_of(user.id, NOW)) == 2
    with pytest.raises(reads.InvitationGone):
        actions.accept_as(user.id, new.token, now=NOW)


def test_a_link_ends_by_time_by_revocation_and_by_a_newer_one(firm: Firm) -> None:
    first = invited(firm)
    reads.open_invitation(first.token, NOW + 7 * DAY - timedelta(seconds=1))
    with pytest.raises(reads.InvitationGone):
        reads.open_invitation(first.token, NOW + 7 * DAY)
    second = invited(firm)
    third = firm.does(
        actions.renew_invitation, firm.actor("olga"), second.invitation.public_id, now=NOW + DAY
    )
    for old in (first, second):
        with pytest.raises(reads.InvitationGone):
            reads.open_invitation(old.token, NOW + DAY)
    assert reads.open_invitation(third.token, NOW + 8 * DAY - timedelta(seconds=1))
    firm.does(actions.revoke_invitation, firm.actor("olga"), third.invitation.public_id)
    for verb in (actions.revoke_invitation, actions.renew_invitation):
        with pytest.raises(reads.InvitationGone):
            firm.does(verb, firm.actor("olga"), third.invitation.public_id)
    with pytest.raises(reads.InvitationGone):
        joins(third.token)
    assert reads.user_by_email("nina@new.example") is None


def test_who_may_not_invite_or_be_invited(firm: Firm) -> None:
    firm.joins("carl", Role.CREDIT_MANAGER)
    olga, other = firm.actor("olga"), open_firm("Other")
    for actor, email, role, error in (
        (firm.actor("carl"), "x@y.example", Role.SALES, NotPermitted),
        (olga, "x@y.example", Role.OWNER, actions.NeedsApproval),
        (olga, "CARL@x.example", Role.SALES, actions.AlreadyMember),
        (olga, "no address", Role.SALES, DomainError),
    ):
        with pytest.raises(error):
            firm.does(actions.invite, actor, email=email, role=role)
    new = invited(firm)
    with pytest.raises(reads.InvitationGone):
        other.does(actions.revoke_invitation, other.actor("olga.other"), new.invitation.public_id)
    with pytest.raises(actions.PasswordTooWeak):
        joins(new.token, password="short")
    with pytest.raises(reads.InvitationGone):
        joins("guess")
    assert [each.email for each in firm.asks(reads.invitations)] == ["nina@new.example"]
    assert reads.user_by_email("nina@new.example") is None
