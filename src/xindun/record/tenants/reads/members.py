"""What a user may do where, asked before a tenant is known; and the members of the current one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, Func, OrderBy, Q, QuerySet
from django.db.models.functions import Lower

from xindun.kernel.paging import page_place
from xindun.kit.tenancy import current_tenant_id
from xindun.record.tenants.models import Delegation, Membership
from xindun.record.tenants.reads.keys import permissions_named
from xindun.record.tenants.reads.people import current_tenant
from xindun.record.tenants.rules import ROLE_PERMISSIONS
from xindun.record.tenants.rules.members import ROLES_OF_KIND, running
from xindun.record.tenants.values import (
    Actor,
    Member,
    MembersPage,
    Permission,
    Role,
    RunningDelegation,
    Standing,
    TenantKind,
)
from xindun.record.tenants.values import Delegation as DelegationValue
from xindun.record.tenants.values import Membership as MembershipValue

PAGE_SIZE = 20
BY_NAME = "name"
SORTS: dict[str, Func | F] = {
    "name": Lower("user__name"),
    "email": F("user__email"),
    "role": F("role"),
    "joined": F("created_at"),
    "seen": F("user__last_login"),
}
"""What the list of members can be ordered by; ``-`` in front turns it round."""


def standings_of(user_id: int, now: datetime) -> list[Standing]:
    """Where a user is an active member, oldest first, with the delegations that run at ``now``.

    Needs no tenant scope. One query: it is asked on every request.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tenants_standings_of(%s, %s)", [user_id, now])
        rows = cursor.fetchall()
    return [
        Standing(
            MembershipValue(tenant_id, public_id, name, Role(role)),
            TenantKind(kind),
            running(Role(role), [_lent(each) for each in json.loads(lent)]),
        )
        for tenant_id, public_id, name, kind, role, lent in rows
    ]


def _lent(each: dict[str, str]) -> tuple[RunningDelegation, Role]:
    found = RunningDelegation(
        UUID(each["id"]), f"user:{each['giver']}", permissions_named(each["permissions"])
    )
    return found, Role(each["role"])


def roles_here() -> tuple[Role, ...]:
    """The roles that a company of the current tenant's kind has, the mightiest first."""
    return ROLES_OF_KIND[current_tenant().kind]


def permissions_of(role: Role) -> frozenset[Permission]:
    """What a role may do."""
    return ROLE_PERMISSIONS[role]


def member(public_id: UUID) -> Member | None:
    """One member by the user's public id, active or not; None when there is none."""
    row = _rows().filter(user__public_id=public_id).first()
    return None if row is None else member_value(row)


def members_page(
    *,
    query: str = "",
    role: Role | None = None,
    active: bool | None = None,
    sort: str = BY_NAME,
    page: int = 1,
) -> MembersPage:
    """A page of the members of the current tenant.

    Args:
        query: part of a name or address, in any case.
        role: only this one.
        active: only active members, or only those who left.
        sort: a key of ``SORTS``, with ``-`` in front for the other direction; an unknown one is
            by name.
        page: from 1; a page behind the last is the last.
    """
    rows, sort = _wanted(query, role, active, sort)
    total = rows.count()
    at = page_place(total, page, PAGE_SIZE)
    shown = rows[at.start : at.stop]
    return MembersPage(tuple(map(member_value, shown)), total, at.page, at.pages, sort)


def iter_members(
    *,
    query: str = "",
    role: Role | None = None,
    active: bool | None = None,
    sort: str = BY_NAME,
) -> Iterator[Member]:
    """Every member that ``members_page`` would list, in its order."""
    rows, _sort = _wanted(query, role, active, sort)
    return map(member_value, rows.iterator(PAGE_SIZE))


def delegations(*, since: datetime | None = None) -> list[DelegationValue]:
    """Delegations in the current tenant, the newest first; only those not over at ``since``."""
    rows = Delegation.objects.filter(tenant_id=current_tenant_id())
    if since is not None:
        rows = rows.filter(revoked_at=None, ends_at__gt=since)
    here = current_tenant().time_zone
    found = rows.select_related("giver__user", "receiver__user").order_by("-id")
    return [delegation_value(row, here) for row in found]


def delegation_value(row: Delegation, zone: str) -> DelegationValue:
    """A row as the value other contexts see."""
    giver, receiver = row.giver.user, row.receiver.user
    return DelegationValue(
        public_id=row.public_id,
        giver_id=giver.public_id,
        giver=giver.name,
        receiver_id=receiver.public_id,
        receiver=receiver.name,
        permissions=permissions_named(row.permissions),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        first_on=_day(row.starts_at, zone),
        last_on=_day(row.ends_at, zone) - timedelta(days=1),
        revoked_at=row.revoked_at,
    )


def member_value(row: Membership) -> Member:
    """A row, with its user, as the value other contexts see."""
    return Member(
        public_id=row.user.public_id,
        email=row.user.email,
        name=row.user.name,
        role=Role(row.role),
        joined_at=row.created_at,
        ended_at=row.ended_at,
        last_login=row.user.last_login,
    )


def _rows() -> QuerySet[Membership]:
    return Membership.objects.filter(tenant_id=current_tenant_id()).select_related("user")


def _wanted(
    query: str, role: Role | None, active: bool | None, sort: str
) -> tuple[QuerySet[Membership], str]:
    rows = _rows()
    if query := query.strip():
        rows = rows.filter(Q(user__name__icontains=query) | Q(user__email__icontains=query))
    if role is not None:
        rows = rows.filter(role=role.value)
    if active is not None:
        rows = rows.filter(ended_at__isnull=active)
    if sort.removeprefix("-") not in SORTS:
        sort = BY_NAME
    order = OrderBy(SORTS[sort.removeprefix("-")], descending=sort.startswith("-"), nulls_last=True)
    return rows.order_by(order, "id"), sort


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def roles_behind(actor: Actor, permission: Permission, *, now: datetime) -> frozenset[Role]:
    """The roles by which an actor has a permission: its own, or those of who lent it.

    Authority by amount belongs to a role; whoever stands in for another has that one's. Machines
    and keys have none: they may ask, they decide nothing that needs a person.
    """
    if actor.user_id is None or not actor.may(permission):
        return frozenset()
    if permission in actor.own:
        return frozenset(
            each.membership.role
            for each in standings_of(actor.user_id, now)
            if each.membership.tenant_id == current_tenant_id()
        )
    givers = {x.giver for x in actor.delegations if permission in x.permissions}
    members = Membership.objects.filter(tenant_id=current_tenant_id(), ended_at=None)
    rows = members.values_list("user__public_id", "role")
    return frozenset(Role(role) for person, role in rows if f"user:{person}" in givers)
