"""Values that cross the border of this context."""

from xindun.record.tenants.values.keys import (
    KeyHolder,
    KeyState,
    NewKey,
    StoredKey,
)
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
    "KeyHolder",
    "KeyState",
    "Language",
    "Membership",
    "NewKey",
    "NewTenant",
    "NotPermitted",
    "Permission",
    "Role",
    "StoredKey",
    "Tenant",
    "TenantKind",
    "User",
]
