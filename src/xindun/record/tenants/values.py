"""Values that cross the border of this context."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class TenantKind(StrEnum):
    """Which side of a trade credit policy the company stands on."""

    SELLER = "seller"
    INSURER = "insurer"


class Language(StrEnum):
    """Languages of the screens; the values are Django's language codes."""

    ENGLISH = "en"
    CHINESE = "zh-hans"


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
