"""The decisions of this context; pure."""

from xindun.record.tenants.rules.people import (
    BadEmail,
    EMAIL,
    EVERYTHING,
    NAME_LENGTH,
    NameMissing,
    NoBaseCurrency,
    ROLE_PERMISSIONS,
    UnknownCountry,
    UnknownTimeZone,
    check_name,
    check_tenant,
    normal_email,
)

__all__ = [
    "BadEmail",
    "EMAIL",
    "EVERYTHING",
    "NAME_LENGTH",
    "NameMissing",
    "NoBaseCurrency",
    "ROLE_PERMISSIONS",
    "UnknownCountry",
    "UnknownTimeZone",
    "check_name",
    "check_tenant",
    "normal_email",
]
