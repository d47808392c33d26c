"""Questions about companies, people and their keys."""

from xindun.record.tenants.reads.keys import (
    ExpiredKey,
    RevokedKey,
    UnknownKey,
    api_keys,
    key_actor,
)
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
from xindun.record.tenants.rules.keys import KeyRefused, MistypedKey

__all__ = [
    "ExpiredKey",
    "KeyRefused",
    "MistypedKey",
    "RevokedKey",
    "UnknownKey",
    "all_tenant_ids",
    "all_users",
    "api_keys",
    "current_tenant",
    "key_actor",
    "machine_actor",
    "member_actor",
    "members",
    "memberships_of",
    "tenant_value",
    "user_by_email",
    "user_value",
]
