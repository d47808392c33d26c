"""Change a member's role, end a membership and renew it.

What a reader would get wrong: a person who loses permissions also loses what they left behind with
them. API keys that reach further than the new role are revoked, and so are delegations of an ended
membership; a key that outlives its maker's right would be a back door.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from xindun.kernel.errors import DomainError
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.tenants.actions.keys import revoke_keys_beyond
from xindun.record.tenants.models import Delegation, Membership
from xindun.record.tenants.reads.members import member_value
from xindun.record.tenants.reads.people import current_tenant
from xindun.record.tenants.rules import ROLE_PERMISSIONS
from xindun.record.tenants.rules.members import LastOwner, check_reach, check_role
from xindun.record.tenants.values import Actor, Member, Permission, Role

REMEMBERED = timedelta(days=7)
"""How long a former role counts for four eyes; the longest delay of a self-approval."""


class NoSuchMember(DomainError):
    """Nobody with this id belongs to the tenant."""

    code = "no_such_member"
    sentence = "There is no such member."


class NotActive(DomainError):
    """The membership has ended."""

    code = "member_not_active"
    sentence = "This member was deactivated; reactivate them first."


class NeedsApproval(DomainError):
    """A second person has to agree."""

    code = "needs_approval"
    sentence = "Making an owner needs a second person's approval; propose it."


def change_role(actor: Actor, public_id: UUID, role: Role, *, now: datetime) -> Member:
    """Give a member of the current tenant another role; the same role again changes nothing.

    The owner's role is not given here but by a proposal that somebody else approves.

    Args:
        public_id: the user's.

    Raises:
        NotPermitted, NoSuchMember, NotActive, RoleNotOfKind, NeedsApproval, NotYourselfUp,
        BeyondYourReach, LastOwner: as named.
    """
    actor.check(Permission.PEOPLE_MANAGE)
    check_role(current_tenant().kind, role)
    with transaction.atomic():
        row = locked_member(public_id)
        if row.ended_at is not None:
            raise NotActive
        if role.value == row.role:
            return member_value(row)
        if role is Role.OWNER:
            raise NeedsApproval
        check_reach(actor, itself=row.user_id == actor.user_id, before=Role(row.role), after=role)
        _check_owner_left(row)
        set_role(row, role, actor=actor, now=now)
    return member_value(row)


def deactivate(actor: Actor, public_id: UUID, *, now: datetime) -> Member:
    """End a membership; the user keeps their login and other companies. Twice changes nothing.

    Raises:
        NotPermitted, NoSuchMember, BeyondYourReach, LastOwner: as named.
    """
    actor.check(Permission.PEOPLE_MANAGE)
    with transaction.atomic():
        row = locked_member(public_id)
        if row.ended_at is not None:
            return member_value(row)
        check_reach(actor, itself=row.user_id == actor.user_id, before=Role(row.role), after=None)
        _check_owner_left(row)
        _remember(row, now)
        row.ended_at = now
        row.save(update_fields=["ended_at", "previous_role", "changed_at"])
        Delegation.objects.filter(
            Q(giver_id=row.id) | Q(receiver_id=row.id),
            tenant_id=row.tenant_id,
            revoked_at=None,
            ends_at__gt=now,
        ).update(revoked_at=now)
        keys = revoke_keys_beyond(row.user_id, frozenset(), now=now)
        note_member("member_deactivated", row, actor, now, {"role": row.role, "keys_revoked": keys})
    return member_value(row)


def reactivate(actor: Actor, public_id: UUID, role: Role, *, now: datetime) -> Member:
    """Let a former member in again, in a role that is not the owner's.

    Raises:
        NotPermitted, NoSuchMember, RoleNotOfKind, NeedsApproval, BeyondYourReach: as named.
    """
    actor.check(Permission.PEOPLE_MANAGE)
    check_role(current_tenant().kind, role)
    if role is Role.OWNER:
        raise NeedsApproval
    with transaction.atomic():
        row = locked_member(public_id)
        if row.ended_at is None:
            return member_value(row)
        check_reach(actor, itself=row.user_id == actor.user_id, before=None, after=role)
        row.role, row.ended_at = role.value, None
        row.save(update_fields=["role", "ended_at"])
        note_member("member_reactivated", row, actor, now, {"role": role.value})
    return member_value(row)


def set_role(row: Membership, role: Role, *, actor: Actor, now: datetime) -> None:
    """Write a locked member's new role and its evidence; for this context's own actions."""
    before = row.role
    _remember(row, now)
    row.role = role.value
    row.save(update_fields=["role", "previous_role", "changed_at"])
    keys = revoke_keys_beyond(row.user_id, ROLE_PERMISSIONS[role], now=now)
    result: dict[str, Plain] = {"from": before, "to": role.value, "keys_revoked": keys}
    note_member("member_role_changed", row, actor, now, result)


def locked_member(public_id: UUID) -> Membership:
    """The row of a member, locked together with those of all owners, in the order of their ids:
    of two owners who remove each other only one succeeds.

    Raises:
        NoSuchMember: as the name says.
    """
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user")
    owners = Q(role=Role.OWNER.value, ended_at=None)
    wanted = rows.filter(
        owners | Q(user__public_id=public_id), tenant_id=current_tenant_id()
    ).order_by("id")
    found = next((row for row in wanted if row.user.public_id == public_id), None)
    if found is None:
        raise NoSuchMember
    return found


def note_member(
    kind: str, row: Membership, actor: Actor, now: datetime, result: dict[str, Plain]
) -> None:
    """Evidence about a member, and the event that tells of it."""
    append(
        kind=kind,
        subject=Subject("user", str(row.user.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={},
        result=result,
        versions={},
    )
    topic = kind.replace("member_", "member.", 1)
    publish(topic, f"user:{row.user.public_id}", {"role": row.role}, occurred_at=now)


def _check_owner_left(row: Membership) -> None:
    """Refuse to take the last owner who can still sign in."""
    if row.role != Role.OWNER.value:
        return
    others = Membership.objects.filter(
        tenant_id=row.tenant_id, role=Role.OWNER.value, ended_at=None, user__is_active=True
    ).exclude(id=row.id)
    if not others.exists():
        raise LastOwner


def _remember(row: Membership, now: datetime) -> None:
    """Keep the mightiest of the recent roles, so that two changes in a row hide none."""
    recent = row.changed_at is not None and now - row.changed_at < REMEMBERED
    if recent and row.previous_role:
        former = ROLE_PERMISSIONS[Role(row.previous_role)]
        if former > ROLE_PERMISSIONS[Role(row.role)]:
            row.changed_at = now
            return
    row.previous_role, row.changed_at = row.role, now
