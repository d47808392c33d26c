"""What is known about a person is found, given out, and erased without breaking the evidence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate
from django.utils import timezone

from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.privacy import actions, reads
from xindun.record.signin.tasks import clear
from xindun.record.tenants import actions as tenants
from xindun.record.tenants import reads as tenant_reads
from xindun.record.tenants.models import User
from xindun.record.tenants.rules.approvals import OwnProposal
from xindun.record.tenants.rules.invitations import FORGOTTEN_AFTER, VALID_FOR
from xindun.record.tenants.values import (
    Actor,
    Language,
    NewTenant,
    NotPermitted,
    Permission,
    Role,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
PASSWORD = "correct-horse-battery"
ANNA, BEN = "anna@seller.example", "ben@seller.example"


def a_company(name: str, *people: tuple[str, Role]) -> int:
    tenant = tenants.create_tenant(
        NewTenant(name, "EUR", "Europe/Berlin", "DE"), actor="system:test", now=NOW
    )
    with tenant_scope(tenant.id):
        for email, role in people:
            if tenant_reads.user_by_email(email) is None:
                tenants.create_user(email=email, password=PASSWORD, name=email.split("@")[0])
            tenants.add_member(email=email, actor="system:test", now=NOW, role=role)
    return tenant.id


def actor(email: str, role: Role = Role.OWNER) -> Actor:
    user = tenant_reads.user_by_email(email)
    assert user is not None
    return tenant_reads.member_actor(user.id, user.public_id, role)


def id_of(email: str) -> UUID:
    user = tenant_reads.user_by_email(email)
    assert user is not None
    return user.public_id


@pytest.fixture
def seller() -> int:
    return a_company("Seller", (ANNA, Role.OWNER), (BEN, Role.ANALYST))


def known(public_id: UUID) -> dict[str, int]:
    return {each.place.code: len(each.rows) for each in reads.dossier(public_id).found}


def test_everything_known_is_found_and_no_secret_is_given_out(seller: int) -> None:
    user = User.objects.get(email=BEN)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "TOPSECRET"})
    UserSession.objects.create(user=user, ip="192.0.2.7", user_agent="Browser", session_key="k")
    with tenant_scope(seller):
        found = known(user.public_id)
        assert (found["login"], found["factors"], found["sessions"]) == (1, 1, 1)
        assert (found["membership"], found["evidence_content"]) == (1, 1)
        text = str(reads.dossier(user.public_id))
        assert "192.0.2.7" in text
        assert BEN in text
        for secret in ("TOPSECRET", user.password):
            assert secret not in text


def test_an_erased_person_is_gone_and_the_evidence_still_verifies(seller: int) -> None:
    ben = id_of(BEN)
    user = User.objects.get(email=BEN)
    Authenticator.objects.create(user=user, type="totp", data={})
    UserSession.objects.create(user=user, ip="192.0.2.7", user_agent="Browser", session_key="k")
    SocialAccount.objects.create(user=user, provider="oidc", uid="42")
    with tenant_scope(seller):
        assert known(ben)["providers"] == 1
        done = actions.erase_person(actor(ANNA), ben, now=NOW, reason="asked_by_person")
        assert done.login_closed
        after = known(ben)
        for code in ("factors", "providers", "sessions", "addresses", "evidence_content"):
            assert after[code] == 0, code
        assert after["membership"] == 1
        assert "membership" in done.kept
        records = evidence.records_of(Subject("user", str(ben)))
        assert "person_erased" in [each.kind for each in records]
        assert all(evidence.is_intact(each) for each in records)
        added = next(each for each in records if each.kind == "member_added")
        assert set(added.personal) == {"email"}
        assert not any(BEN in str(each) for each in records)
    user.refresh_from_db()
    assert (user.email, user.is_active) == (f"erased-{ben}@erased.invalid", False)
    assert not user.has_usable_password()
    assert authenticate(None, username=BEN, password=PASSWORD) is None
    assert tenant_reads.user_by_email(BEN) is None


def test_a_login_that_another_company_uses_stays_open(seller: int) -> None:
    other = a_company("Rival", (BEN, Role.OWNER))
    ben = id_of(BEN)
    with tenant_scope(seller):
        done = actions.erase_person(actor(ANNA), ben, now=NOW, reason="asked_by_person")
        assert not done.login_closed
        assert known(ben)["evidence_content"] == 0
    with tenant_scope(other):
        assert known(ben)["evidence_content"] == 1
        assert tenant_reads.member(ben) is not None
    assert User.objects.get(public_id=ben).email == BEN


def test_invitations_of_an_erased_person_keep_no_address(seller: int) -> None:
    cleo, role = "cleo@seller.example", Role.ANALYST
    with tenant_scope(seller):
        revoked = tenants.invite(actor(ANNA), email=cleo, role=role, now=NOW)
        accepted = tenants.invite(actor(ANNA), email=cleo, role=role, now=NOW)
        other = tenants.invite(actor(ANNA), email="dora@seller.example", role=role, now=NOW)
    tenants.accept_as_new(
        accepted.token, name="Cleo", password=PASSWORD, language=Language.ENGLISH, now=NOW
    )
    person = id_of(cleo)
    with tenant_scope(seller):
        tenants.deactivate(actor(ANNA), person, now=NOW)
        again = tenants.invite(actor(ANNA), email=cleo, role=role, now=NOW)
        found = known(person)
        assert (found["invitations"], found["invitation_content"]) == (1, 3)
        done = actions.erase_person(actor(ANNA), person, now=NOW, reason="asked_by_person")
        assert done.deleted["invitation_content"] == 3
        found = known(person)
        assert (found["invitations"], found["invitation_content"]) == (0, 0)
        for each in (revoked, accepted, again):
            assert evidence.personal_about(str(each.invitation.public_id)) == []
        (left,) = tenant_reads.invitations()
        assert left.public_id == other.invitation.public_id
        assert len(evidence.personal_about(str(left.public_id))) == 1
        assert list(evidence.audit()) == []


def test_an_invitation_that_nobody_answers_loses_its_address_after_thirty_days(
    seller: int,
) -> None:
    made = timezone.now() - VALID_FOR - FORGOTTEN_AFTER
    with tenant_scope(seller):
        old, new = (
            tenants.invite(actor(ANNA), email=f"{day}@new.example", role=Role.SALES, now=at)
            for day, at in enumerate((made, made + timedelta(minutes=5)))
        )
    clear(0)
    with tenant_scope(seller):
        assert [each.public_id for each in tenant_reads.invitations()] == [new.invitation.public_id]
        assert evidence.personal_about(str(old.invitation.public_id)) == []
        records = evidence.records_of(Subject("invitation", str(old.invitation.public_id)))
        assert "invitation_forgotten" in {each.kind for each in records}
        assert all(evidence.is_intact(each) for each in records)
        with pytest.raises(tenant_reads.InvitationGone):
            tenants.renew_invitation(actor(ANNA), old.invitation.public_id, now=timezone.now())


def test_where_a_second_person_could_approve_nobody_erases_alone(seller: int) -> None:
    otto = "otto@seller.example"
    tenants.create_user(email=otto, password=PASSWORD, name="Otto")
    ben = id_of(BEN)
    with tenant_scope(seller):
        tenants.add_member(email=otto, actor="system:test", now=NOW)
        with pytest.raises(actions.SecondPersonNeeded):
            actions.erase_person(actor(ANNA), ben, now=NOW, reason="x")
        asked = actions.propose_erasure(actor(ANNA), ben, now=NOW, reason="asked_by_person")
        with pytest.raises(tenants.AlreadyProposed):
            actions.propose_erasure(actor(otto), ben, now=NOW, reason="asked_by_person")
        with pytest.raises(OwnProposal):
            tenants.approve(actor(ANNA), asked.public_id, now=NOW + timedelta(days=2))
        assert known(ben)["login"] == 1
        assert BEN in str(reads.dossier(ben))
        tenants.approve(actor(otto), asked.public_id, now=NOW)
        assert BEN not in str(reads.dossier(ben))
        # Who was cleared out of the way a moment ago still counts.
        tenants.deactivate(actor(ANNA), id_of(otto), now=NOW)
        assert tenant_reads.second_person_exists(actor(ANNA), Permission.PERSONAL_DATA, NOW)
        later = NOW + timedelta(days=2)
        assert not tenant_reads.second_person_exists(actor(ANNA), Permission.PERSONAL_DATA, later)
        tenants.add_member(email=otto, actor="system:test", now=NOW)
        # Who agrees to be erased is the second person; the proposer answers for it.
        with pytest.raises(actions.NotYourself):
            actions.propose_erasure(actor(otto), id_of(otto), now=NOW, reason="x")
        gone = id_of(otto)
        asked = actions.propose_erasure(actor(ANNA), gone, now=NOW, reason="asked_by_person")
        tenants.approve(actor(otto), asked.public_id, now=NOW)
        assert otto not in str(reads.dossier(gone))


def test_who_may_not_erase_changes_nothing(seller: int) -> None:
    anna, ben = id_of(ANNA), id_of(BEN)
    rival = a_company("Rival", ("cleo@rival.example", Role.OWNER))
    with tenant_scope(seller):
        before = (known(anna), known(ben))
        with pytest.raises(NotPermitted):
            actions.erase_person(actor(BEN, Role.ANALYST), anna, now=NOW, reason="x")
        with pytest.raises(actions.NotYourself):
            actions.erase_person(actor(ANNA), anna, now=NOW, reason="x")
        with pytest.raises(tenants.LastOwner):
            actions.erase_person(
                tenant_reads.machine_actor("cli:root"), anna, now=NOW, reason="asked_by_person"
            )
        assert (known(anna), known(ben)) == before
    with tenant_scope(rival), pytest.raises(reads.NoSuchPerson):
        actions.erase_person(actor("cleo@rival.example"), ben, now=NOW, reason="x")
    assert Permission.PERSONAL_DATA in actor(ANNA).permissions
    assert User.objects.get(public_id=ben).email == BEN
