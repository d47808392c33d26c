"""Invite somebody by e-mail address, and let them in.

What a reader would get wrong: nobody becomes an owner by an invitation. An owner is a member whom a
second person has approved.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence.actions import append, erase_personal
from xindun.record.evidence.values import Subject
from xindun.record.tenants.actions.members import NeedsApproval
from xindun.record.tenants.actions.people import add_member, create_user
from xindun.record.tenants.models import Invitation, Membership, User
from xindun.record.tenants.reads.invitations import (
    InvitationGone,
    invitation_value,
    invitations_of,
    open_invitation,
)
from xindun.record.tenants.reads.people import current_tenant
from xindun.record.tenants.rules import normal_email
from xindun.record.tenants.rules.invitations import (
    FORGOTTEN_AFTER,
    VALID_FOR,
    new_token,
    token_hash,
)
from xindun.record.tenants.rules.members import check_reach, check_role
from xindun.record.tenants.values import Actor, Language, NewInvitation, Permission, Role
from xindun.record.tenants.values import User as UserValue

CLEARING = "system:clearing"


class AlreadyMember(DomainError):
    """The address belongs to an active member."""

    code = "already_member"
    sentence = "{email} is a member already."


class SignInFirst(DomainError):
    """The address has a login; a password is not set a second time."""

    code = "sign_in_first"
    sentence = "This address has a login already; sign in with it to join."


class InvitedAnother(DomainError):
    """Signed in as somebody else."""

    code = "invited_another"
    sentence = "This invitation is for another address; sign out first."


def invite(actor: Actor, *, email: str, role: Role, now: datetime) -> NewInvitation:
    """Invite an address; an open invitation of the same address is replaced by the new one.

    Args:
        role: any but the owner's, and none that may do more than the actor.

    Raises:
        NotPermitted, BadEmail, RoleNotOfKind, NeedsApproval, BeyondYourReach, AlreadyMember: as
            named.
    """
    actor.check(Permission.PEOPLE_MANAGE)
    address = normal_email(email)
    check_role(current_tenant().kind, role)
    if role is Role.OWNER:
        raise NeedsApproval
    check_reach(actor, itself=False, before=None, after=role)
    here = current_tenant_id()
    if Membership.objects.filter(tenant_id=here, user__email=address, ended_at=None).exists():
        raise AlreadyMember(email=address)
    token = new_token()
    with transaction.atomic():
        rows = Invitation.objects.select_for_update()
        for old in rows.filter(tenant_id=here, email=address, settled_at=None):
            _settle(old, "invitation_revoked", actor.name, now)
        row = Invitation.objects.create(
            tenant_id=here,
            email=address,
            role=role.value,
            token_hash=token_hash(token),
            made_at=now,
            expires_at=now + VALID_FOR,
        )
        _noted("invitation_made", row, actor.name, now, address)
    return NewInvitation(invitation_value(row), token)


def renew_invitation(actor: Actor, public_id: UUID, *, now: datetime) -> NewInvitation:
    """A new token for another seven days; the old link opens nothing any more.

    Raises:
        NotPermitted, InvitationGone: as named.
    """
    actor.check(Permission.PEOPLE_MANAGE)
    token = new_token()
    with transaction.atomic():
        row = _locked(public_id)
        row.token_hash, row.expires_at = token_hash(token), now + VALID_FOR
        row.save(update_fields=["token_hash", "expires_at"])
        _noted("invitation_renewed", row, actor.name, now, row.email)
    return NewInvitation(invitation_value(row), token)


def revoke_invitation(actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """End an invitation that nobody has answered.

    Raises:
        NotPermitted, InvitationGone: as named.
    """
    actor.check(Permission.PEOPLE_MANAGE)
    with transaction.atomic():
        _settle(_locked(public_id), "invitation_revoked", actor.name, now)


def accept_as_new(
    token: str, *, name: str, password: str, language: Language, now: datetime
) -> UserValue:
    """Create the login of an invited address and let it in; needs no tenant scope.

    Raises:
        InvitationGone, SignInFirst, NameMissing, PasswordTooWeak: as named.
    """
    found = open_invitation(token, now)
    if found.has_login:
        raise SignInFirst
    with tenant_scope(found.tenant_id), transaction.atomic():
        row = _locked(found.invitation.public_id)
        user = create_user(email=row.email, password=password, name=name, language=language)
        _let_in(row, user.email, f"user:{user.public_id}", now)
    return user


def accept_as(user_id: int, token: str, *, now: datetime) -> int:
    """Let somebody in who signed in with the invited address; needs no tenant scope.

    Returns:
        The tenant's id.

    Raises:
        InvitationGone, InvitedAnother: as named.
    """
    found = open_invitation(token, now)
    user = User.objects.get(id=user_id)
    if user.email != found.invitation.email:
        raise InvitedAnother
    with tenant_scope(found.tenant_id), transaction.atomic():
        row = _locked(found.invitation.public_id)
        _let_in(row, user.email, f"user:{user.public_id}", now)
    return found.tenant_id


def forget_invitations(public_id: UUID, email: str, *, actor: str, now: datetime) -> int:
    """Forget the address of every invitation that was for a person; open ones end.

    Returns:
        How many fields that lay apart from the evidence were erased.
    """
    erased = 0
    with transaction.atomic():
        rows = Invitation.objects.select_for_update()
        for row in rows.filter(tenant_id=current_tenant_id(), email=email, settled_at=None):
            _settle(row, "invitation_revoked", actor, now)
        for each in sorted(invitations_of(public_id, email)):
            erased += erase_personal(
                each, actor=actor, now=now, reason="asked_by_person", subject_type="invitation"
            )
    return erased


def forget_unanswered(now: datetime) -> int:
    """Forget the addresses in the current tenant that let an invitation run out 30 days ago.

    Returns:
        How many invitations were closed.
    """
    with transaction.atomic():
        rows = Invitation.objects.select_for_update(skip_locked=True)
        found = list(
            rows.filter(
                tenant_id=current_tenant_id(),
                settled_at=None,
                expires_at__lte=now - FORGOTTEN_AFTER,
            )
        )
        for row in found:
            _settle(row, "invitation_forgotten", CLEARING, now)
            erase_personal(
                str(row.public_id),
                actor=CLEARING,
                now=now,
                reason="never_answered",
                subject_type="invitation",
            )
    return len(found)


def _let_in(row: Invitation, email: str, actor: str, now: datetime) -> None:
    add_member(email=email, actor=actor, now=now, role=Role(row.role))
    _settle(row, "invitation_accepted", actor, now)


def _locked(public_id: UUID) -> Invitation:
    """The open invitation, locked: of two answers at once only one finds it."""
    rows = Invitation.objects.select_for_update()
    row = rows.filter(tenant_id=current_tenant_id(), public_id=public_id, settled_at=None).first()
    if row is None:
        raise InvitationGone
    return row


def _settle(row: Invitation, kind: str, actor: str, now: datetime) -> None:
    """Close an invitation and forget its address."""
    row.settled_at, row.email = now, ""
    row.save(update_fields=["settled_at", "email"])
    _noted(kind, row, actor, now, "")


def _noted(kind: str, row: Invitation, actor: str, now: datetime, email: str) -> None:
    append(
        kind=kind,
        subject=Subject("invitation", str(row.public_id)),
        actor=actor,
        occurred_at=now,
        inputs={},
        result={"role": row.role, "expires_at": row.expires_at},
        versions={},
        personal={"email": email} if email else {},
    )
