"""Values that cross the border of this context."""

from xindun.record.tenants.values.people import (
    Actor,
    Language,
    Membership,
    NewTenant,
    NotPermitted,
    Permission,
    Role,
    Tenant,
    TenantKind,
    User,
)

__all__ = [
    "Actor",
    "Language",
    "Membership",
    "NewTenant",
    "NotPermitted",
    "Permission",
    "Role",
    "Tenant",
    "TenantKind",
    "User",
]
