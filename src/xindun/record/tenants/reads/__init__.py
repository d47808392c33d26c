"""Questions about companies and people."""

from xindun.record.tenants.reads.people import (
    all_tenant_ids,
    all_users,
    current_tenant,
    machine_actor,
    member_actor,
    members,
    memberships_of,
    tenant_value,
    user_by_email,
    user_value,
)

__all__ = [
    "all_tenant_ids",
    "all_users",
    "current_tenant",
    "machine_actor",
    "member_actor",
    "members",
    "memberships_of",
    "tenant_value",
    "user_by_email",
    "user_value",
]
