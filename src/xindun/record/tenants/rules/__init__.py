"""The decisions of this context; pure."""

from xindun.record.tenants.rules.people import (
    EMAIL,
    EVERYTHING,
    NAME_LENGTH,
    ROLE_PERMISSIONS,
    BadEmail,
    NameMissing,
    NoBaseCurrency,
    UnknownCountry,
    UnknownTimeZone,
    check_name,
    check_tenant,
    normal_email,
)

__all__ = [
    "EMAIL",
    "EVERYTHING",
    "NAME_LENGTH",
    "ROLE_PERMISSIONS",
    "BadEmail",
    "NameMissing",
    "NoBaseCurrency",
    "UnknownCountry",
    "UnknownTimeZone",
    "check_name",
    "check_tenant",
    "normal_email",
]
