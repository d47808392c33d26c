"""The verbs: open a company, let people in, make and end API keys."""

from xindun.record.tenants.actions.keys import (
    NoSuchKey,
    create_key,
    note_key_use,
    revoke_key,
    rotate_key,
)
from xindun.record.tenants.actions.people import (
    EmailTaken,
    NoSuchUser,
    PasswordTooWeak,
    add_member,
    create_tenant,
    create_user,
    set_language,
    set_password,
)
from xindun.record.tenants.rules.keys import BadKeyLife, BadOverlap, NoScopes, ScopeTooWide

__all__ = [
    "BadKeyLife",
    "BadOverlap",
    "EmailTaken",
    "NoScopes",
    "NoSuchKey",
    "NoSuchUser",
    "PasswordTooWeak",
    "ScopeTooWide",
    "add_member",
    "create_key",
    "create_tenant",
    "create_user",
    "note_key_use",
    "revoke_key",
    "rotate_key",
    "set_language",
    "set_password",
]
