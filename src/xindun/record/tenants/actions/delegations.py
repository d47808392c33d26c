"""Hand permissions to another member for some days, and take them back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.tenants.models import Delegation, Membership
from xindun.record.tenants.reads.members import delegation_value
from xindun.record.tenants.reads.people import current_tenant
from xindun.record.tenants.rules.members import NobodyElse, check_lending, period_of
from xindun.record.tenants.values import Actor, NotPermitted, Permission
from xindun.record.tenants.values import Delegation as DelegationValue


class NoSuchDelegation(DomainError):
    """No delegation with this id in the tenant."""

    code = "no_such_delegation"
    sentence = "There is no such delegation."


class ReceiverNotActive(DomainError):
    """The receiver is no active member, or the giver is none."""

    code = "receiver_not_active"
    sentence = "Permissions go from one active member to another."


def delegate(
    actor: Actor,
    to: UUID,
    permissions: frozenset[Permission],
    *,
    first: date,
    last: date,
    now: datetime,
) -> DelegationValue:
    """Lend some of the actor's own permissions to another member.

    What was lent counts while the giver has it: it shrinks with the giver's role and ends with
    either membership. It cannot be lent on.

    Args:
        to: the receiver's public id.
        permissions: at most what the actor's role gives.
        first, last: days of the tenant's time zone, both included.

    Raises:
        NotYours, NobodyElse, ReceiverNotActive, BadPeriod: as named.
    """
    check_lending(actor, permissions)
    if actor.user_id is None:
        raise ReceiverNotActive
    tenant = current_tenant()
    starts_at, ends_at = period_of(first, last, tenant.time_zone, now)
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).select_related("user")
        active = rows.filter(tenant_id=tenant.id, ended_at=None)
        giver = active.filter(user_id=actor.user_id).first()
        receiver = active.filter(user__public_id=to).first()
        if giver is None or receiver is None:
            raise ReceiverNotActive
        if giver.id == receiver.id:
            raise NobodyElse
        row = Delegation.objects.create(
            tenant_id=tenant.id,
            giver=giver,
            receiver=receiver,
            permissions=sorted(each.value for each in permissions),
            starts_at=starts_at,
            ends_at=ends_at,
            created_at=now,
        )
        result: dict[str, Plain] = {
            "giver": giver.user.public_id,
            "receiver": receiver.user.public_id,
            "permissions": row.permissions,
            "starts_at": starts_at,
            "ends_at": ends_at,
        }
        _noted("delegation_given", row, actor, now, result)
    return delegation_value(row, tenant.time_zone)


def revoke_delegation(actor: Actor, public_id: UUID, *, now: datetime) -> DelegationValue:
    """End a delegation: its giver may, its receiver may, and who manages people. Twice is once.

    Raises:
        NoSuchDelegation, NotPermitted: as named.
    """
    tenant = current_tenant()
    with transaction.atomic():
        rows = Delegation.objects.select_for_update(of=("self",))
        row = (
            rows.select_related("giver__user", "receiver__user")
            .filter(tenant_id=current_tenant_id(), public_id=public_id)
            .first()
        )
        if row is None:
            raise NoSuchDelegation
        concerned = actor.user_id in (row.giver.user_id, row.receiver.user_id)
        if not concerned and not actor.may(Permission.PEOPLE_MANAGE):
            raise NotPermitted(permission=Permission.PEOPLE_MANAGE.value)
        if row.revoked_at is None and now < row.ends_at:
            row.revoked_at = now
            row.save(update_fields=["revoked_at"])
            _noted("delegation_revoked", row, actor, now, {})
    return delegation_value(row, tenant.time_zone)


def _noted(
    kind: str, row: Delegation, actor: Actor, now: datetime, result: dict[str, Plain]
) -> None:
    append(
        kind=kind,
        subject=Subject("delegation", str(row.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={},
        result=result,
        versions={},
    )
