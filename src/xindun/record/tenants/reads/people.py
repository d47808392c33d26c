"""Questions about tenants and users; the first two are asked before a tenant is known."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from xindun.kit.tenancy import current_tenant_id
from xindun.record.tenants import values
from xindun.record.tenants.models import Membership, Tenant, User
from xindun.record.tenants.rules import EVERYTHING, ROLE_PERMISSIONS, normal_email
from xindun.record.tenants.values import Actor, Language, Role, RunningDelegation, TenantKind


def memberships_of(user_id: int) -> list[values.Membership]:
    """The tenants a user belongs to, oldest membership first; needs no tenant scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tenants_memberships_of(%s)", [user_id])
        return [
            values.Membership(tenant_id, public_id, name, Role(role))
            for tenant_id, public_id, name, role in cursor.fetchall()
        ]


def member_actor(
    user_id: int,
    public_id: UUID,
    role: Role,
    delegations: tuple[RunningDelegation, ...] = (),
) -> Actor:
    """A person as an actor, with what the role allows and what others lent."""
    permissions = ROLE_PERMISSIONS[role].union(*(each.permissions for each in delegations))
    return Actor(f"user:{public_id}", permissions, user_id, delegations)


def machine_actor(name: str) -> Actor:
    """The command line (``cli:<login>``) or the installation itself (``system:<what>``)."""
    return Actor(name, EVERYTHING)


def all_tenant_ids() -> list[int]:
    """Ids of all tenants, for workers that open one scope after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tenants_all_ids() AS id ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def current_tenant() -> values.Tenant:
    """The tenant of the running scope.

    Raises:
        TenantScopeMissing: outside a scope.
    """
    return tenant_value(Tenant.objects.get(id=current_tenant_id()))


def user_by_email(email: str) -> values.User | None:
    """The user of an address in any case; None when there is none."""
    row = User.objects.filter(email=normal_email(email)).first()
    return None if row is None else user_value(row)


def members() -> list[values.User]:
    """The active people of the current tenant, by e-mail."""
    here = Membership.objects.filter(tenant_id=current_tenant_id(), ended_at=None)
    ids = here.values("user_id")
    return [user_value(row) for row in User.objects.filter(id__in=ids).order_by("email")]


def all_users() -> list[values.User]:
    """Everybody who may sign in, by e-mail; for the command line."""
    return [user_value(row) for row in User.objects.order_by("email")]


def tenant_value(row: Tenant) -> values.Tenant:
    """A row as the value other contexts see."""
    return values.Tenant(
        id=row.id,
        public_id=row.public_id,
        name=row.name,
        kind=TenantKind(row.kind),
        base_currency=row.base_currency,
        time_zone=row.time_zone,
        country=row.country,
        language=Language(row.language),
    )


def user_value(row: User) -> values.User:
    """A row as the value other contexts see."""
    return values.User(
        id=row.id,
        public_id=row.public_id,
        email=row.email,
        name=row.name,
        language=Language(row.language),
        is_active=row.is_active,
    )
