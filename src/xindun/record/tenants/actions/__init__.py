"""The verbs: open a company, let people in."""

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

__all__ = [
    "EmailTaken",
    "NoSuchUser",
    "PasswordTooWeak",
    "add_member",
    "create_tenant",
    "create_user",
    "set_language",
    "set_password",
]
