"""A company with an owner, and shortcuts to act in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Evidence, Subject
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import Actor, NewTenant, Role, Tenant, TenantKind, User

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
PASSWORD = "correct-horse-battery"


@dataclass
class Firm:
    """A tenant and its people by short names; each call runs in the tenant's scope."""

    tenant: Tenant
    people: dict[str, User] = field(default_factory=dict)

    def joins(self, name: str, role: Role = Role.OWNER) -> User:
        user = actions.create_user(email=f"{name}@x.example", password=PASSWORD, name=name)
        with tenant_scope(self.tenant.id):
            actions.add_member(email=user.email, actor="system:test", now=NOW, role=role)
        self.people[name] = user
        return user

    def actor(self, name: str, now: datetime = NOW) -> Actor:
        user = self.people[name]
        for standing in reads.standings_of(user.id, now):
            if standing.membership.tenant_id == self.tenant.id:
                role, lent = standing.membership.role, standing.delegations
                return reads.member_actor(user.id, user.public_id, role, lent)
        return Actor(f"user:{user.public_id}", frozenset(), user.id)

    def id(self, name: str) -> UUID:
        return self.people[name].public_id

    def does(self, verb: Any, *arguments: Any, **named: Any) -> Any:
        with tenant_scope(self.tenant.id):
            return verb(*arguments, **{"now": NOW} | named)

    def asks(self, question: Any, *arguments: Any, **named: Any) -> Any:
        with tenant_scope(self.tenant.id):
            return question(*arguments, **named)

    def records(self, type: str, public_id: object) -> list[Evidence]:
        found: list[Evidence] = self.asks(evidence.records_of, Subject(type, str(public_id)))
        assert all(map(evidence.is_intact, found))
        return found

    def role(self, name: str) -> Role:
        found = self.asks(reads.member, self.id(name))
        assert found is not None
        role: Role = found.role
        return role


def open_firm(name: str = "Acme", kind: TenantKind = TenantKind.SELLER) -> Firm:
    new = NewTenant(name, "CNY", "Asia/Shanghai", "CN", kind)
    firm = Firm(actions.create_tenant(new, actor="system:test", now=NOW))
    firm.joins(f"olga.{name.lower()}" if name != "Acme" else "olga")
    return firm


@pytest.fixture
def firm(db: None) -> Firm:
    """Acme, whose owner is Olga."""
    return open_firm()
