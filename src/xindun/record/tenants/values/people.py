"""Values that cross the border of this context."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from xindun.kernel.errors import DomainError


class TenantKind(StrEnum):
    """Which side of a trade credit policy the company stands on."""

    SELLER = "seller"
    INSURER = "insurer"


class Language(StrEnum):
    """Languages of the screens; the values are Django's language codes."""

    ENGLISH = "en"
    CHINESE = "zh-hans"


class Role(StrEnum):
    """What a person is in a company; ``rules.ROLE_PERMISSIONS`` says what each may do."""

    OWNER = "owner"
    CREDIT_MANAGER = "credit_manager"
    ANALYST = "analyst"
    SALES = "sales"
    COLLECTOR = "collector"
    FINANCE = "finance"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One thing an actor may do; an API key's scopes are values of this.

    A screen, an address of the API and an action name the same permission.
    """

    LEDGER_READ = "ledger.read"
    LEDGER_IMPORT = "ledger.import"
    PORTFOLIO_READ = "portfolio.read"
    PORTFOLIO_RUN = "portfolio.run"
    TODAY_MARK = "today.mark"
    EVIDENCE_READ = "evidence.read"
    EVIDENCE_MANAGE = "evidence.manage"
    COMPANY_READ = "company.read"
    COMPANY_MANAGE = "company.manage"
    PEOPLE_READ = "people.read"
    PEOPLE_MANAGE = "people.manage"
    KEYS_MANAGE = "keys.manage"
    PERSONAL_DATA = "personal_data.manage"
    WEBHOOKS_MANAGE = "webhooks.manage"
    SYSTEM_READ = "system.read"
    FILES_READ = "files.read"
    FILES_CHANGE = "files.change"
    FILES_APPROVE = "files.approve"
    GRADES_OVERRIDE = "grades.override"
    MODELS_MANAGE = "models.manage"
    POLICY_CHANGE = "policy.change"
    POLICY_APPROVE = "policy.approve"
    LIMITS_REQUEST = "limits.request"
    LIMITS_DECIDE = "limits.decide"
    ORDERS_READ = "orders.read"
    ORDERS_CHECK = "orders.check"
    ORDERS_CHECKOUT = "orders.checkout"
    ORDERS_RELEASE = "orders.release"


class NotPermitted(DomainError):
    """The actor's role or scopes do not include this."""

    code = "not_permitted"
    sentence = "This needs the permission {permission}."


@dataclass(frozen=True, slots=True)
class RunningDelegation:
    """What another member handed to somebody, right now.

    Attributes:
        giver: whose permissions they are, as evidence names people.
        permissions: what the giver still has and the receiver's own role does not give.
    """

    public_id: UUID
    giver: str
    permissions: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in the current tenant, and what they may do there.

    Attributes:
        name: as evidence writes it: ``user:<public id>``, ``key:<public id>``, ``cli:<login>`` or
            ``system:<what>``.
        permissions: by role, by scopes, or everything for the command line and the worker.
        user_id: the person's row id; None for anybody but a person.
        delegations: where some of the permissions come from, if not from the role.
    """

    name: str
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    user_id: int | None = None
    delegations: tuple[RunningDelegation, ...] = ()

    @property
    def own(self) -> frozenset[Permission]:
        """The permissions that nobody lent."""
        return self.permissions.difference(*(each.permissions for each in self.delegations))

    def lent(self, permission: Permission) -> RunningDelegation | None:
        """The delegation that gives the permission; None when the actor's role does."""
        return next((each for each in self.delegations if permission in each.permissions), None)

    def may(self, permission: Permission) -> bool:
        """Whether the actor has the permission."""
        return permission in self.permissions

    def check(self, permission: Permission) -> None:
        """Refuse an actor without the permission.

        Raises:
            NotPermitted: as the name says.
        """
        if not self.may(permission):
            raise NotPermitted(permission=permission.value)


@dataclass(frozen=True, slots=True)
class NewTenant:
    """What is needed to open a tenant.

    Attributes:
        base_currency: ISO 4217 code; figures in it are the tenant's own.
        time_zone: IANA name; a day of the tenant's ends at midnight there. Mandatory.
        country: ISO 3166-1 alpha-2 code.
    """

    name: str
    base_currency: str
    time_zone: str
    country: str
    kind: TenantKind = TenantKind.SELLER
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Tenant:
    """A tenant as other contexts see it; ``id`` is what ``tenant_scope`` takes."""

    id: int
    public_id: UUID
    name: str
    kind: TenantKind
    base_currency: str
    time_zone: str
    country: str
    language: Language


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in."""

    id: int
    public_id: UUID
    email: str
    name: str
    language: Language
    is_active: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """One tenant a user belongs to."""

    tenant_id: int
    tenant_public_id: UUID
    tenant_name: str
    role: Role
