"""Questions about companies, people and their keys."""

from xindun.record.tenants.reads.approvals import (
    decidable,
    four_eyes,
    open_proposal,
    proposals,
    second_person_exists,
)
from xindun.record.tenants.reads.days import company_day, day_begins
from xindun.record.tenants.reads.invitations import (
    InvitationGone,
    invitations,
    invitations_of,
    open_invitation,
)
from xindun.record.tenants.reads.keys import (
    ExpiredKey,
    RevokedKey,
    UnknownKey,
    api_keys,
    grantable_scopes,
    key_actor,
)
from xindun.record.tenants.reads.members import (
    delegations,
    iter_members,
    member,
    members_page,
    permissions_of,
    roles_behind,
    roles_here,
    standings_of,
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
from xindun.record.tenants.rules.people import BadEmail, normal_email

__all__ = [
    "BadEmail",
    "ExpiredKey",
    "InvitationGone",
    "KeyRefused",
    "MistypedKey",
    "RevokedKey",
    "UnknownKey",
    "all_tenant_ids",
    "all_users",
    "api_keys",
    "company_day",
    "current_tenant",
    "day_begins",
    "decidable",
    "delegations",
    "four_eyes",
    "grantable_scopes",
    "invitations",
    "invitations_of",
    "iter_members",
    "key_actor",
    "machine_actor",
    "member",
    "member_actor",
    "members",
    "members_page",
    "memberships_of",
    "normal_email",
    "open_invitation",
    "open_proposal",
    "permissions_of",
    "proposals",
    "roles_behind",
    "roles_here",
    "second_person_exists",
    "standings_of",
    "tenant_value",
    "user_by_email",
    "user_value",
]
