"""The verbs: open a company, let people in, make and end API keys."""

from xindun.record.tenants.actions.delegations import (
    NoSuchDelegation,
    ReceiverNotActive,
    delegate,
    revoke_delegation,
)
from xindun.record.tenants.actions.keys import (
    NoSuchKey,
    create_key,
    note_key_use,
    revoke_key,
    rotate_key,
)
from xindun.record.tenants.actions.members import (
    NeedsApproval,
    NoSuchMember,
    NotActive,
    change_role,
    deactivate,
    reactivate,
)
from xindun.record.tenants.actions.people import (
    EmailTaken,
    NoSuchUser,
    PasswordTooWeak,
    add_member,
    close_login,
    create_tenant,
    create_user,
    set_language,
    set_password,
)
from xindun.record.tenants.rules.keys import BadKeyLife, BadOverlap, NoScopes, ScopeTooWide
from xindun.record.tenants.rules.members import (
    BadPeriod,
    BeyondYourReach,
    LastOwner,
    NobodyElse,
    NotYours,
    NotYourselfUp,
    RoleNotOfKind,
)

__all__ = [
    "BadKeyLife",
    "BadOverlap",
    "BadPeriod",
    "BeyondYourReach",
    "EmailTaken",
    "LastOwner",
    "NeedsApproval",
    "NoScopes",
    "NoSuchDelegation",
    "NoSuchKey",
    "NoSuchMember",
    "NoSuchUser",
    "NobodyElse",
    "NotActive",
    "NotYours",
    "NotYourselfUp",
    "PasswordTooWeak",
    "ReceiverNotActive",
    "RoleNotOfKind",
    "ScopeTooWide",
    "add_member",
    "change_role",
    "close_login",
    "create_key",
    "create_tenant",
    "create_user",
    "deactivate",
    "delegate",
    "note_key_use",
    "reactivate",
    "revoke_delegation",
    "revoke_key",
    "rotate_key",
    "set_language",
    "set_password",
]
