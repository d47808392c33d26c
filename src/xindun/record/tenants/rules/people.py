"""What makes a tenant's or a user's particulars acceptable."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

import pycountry

from xindun.kernel.errors import DomainError
from xindun.kernel.money import NO_CURRENCY, minor_units
from xindun.record.tenants.values import NewTenant, Permission, Role

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.?[^@\s]*")
NAME_LENGTH = 200

_READS = frozenset(
    {
        Permission.LEDGER_READ,
        Permission.PORTFOLIO_READ,
        Permission.COMPANY_READ,
        Permission.FILES_READ,
        Permission.ORDERS_READ,
    }
)
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.CREDIT_MANAGER: _READS
    | {
        Permission.LEDGER_IMPORT,
        Permission.PORTFOLIO_RUN,
        Permission.TODAY_MARK,
        Permission.EVIDENCE_READ,
        Permission.PEOPLE_READ,
        Permission.WEBHOOKS_MANAGE,
        Permission.SYSTEM_READ,
        Permission.FILES_CHANGE,
        Permission.FILES_APPROVE,
        Permission.GRADES_OVERRIDE,
        Permission.MODELS_MANAGE,
        Permission.POLICY_CHANGE,
        Permission.POLICY_APPROVE,
        Permission.LIMITS_REQUEST,
        Permission.LIMITS_DECIDE,
        Permission.ORDERS_CHECK,
        Permission.ORDERS_RELEASE,
    },
    Role.ANALYST: _READS
    | {
        Permission.LEDGER_IMPORT,
        Permission.PORTFOLIO_RUN,
        Permission.TODAY_MARK,
        Permission.EVIDENCE_READ,
        Permission.FILES_CHANGE,
        Permission.GRADES_OVERRIDE,
        Permission.POLICY_CHANGE,
        Permission.LIMITS_REQUEST,
        Permission.LIMITS_DECIDE,
        Permission.ORDERS_CHECK,
        Permission.ORDERS_RELEASE,
    },
    Role.SALES: _READS | {Permission.LIMITS_REQUEST, Permission.ORDERS_CHECK},
    Role.COLLECTOR: _READS | {Permission.TODAY_MARK},
    Role.FINANCE: _READS
    | {
        Permission.LEDGER_IMPORT,
        Permission.PORTFOLIO_RUN,
        Permission.LIMITS_REQUEST,
        Permission.LIMITS_DECIDE,
        Permission.ORDERS_CHECK,
        Permission.ORDERS_RELEASE,
    },
    Role.AUDITOR: _READS
    | {Permission.EVIDENCE_READ, Permission.PEOPLE_READ, Permission.SYSTEM_READ},
}
"""What each role may do. An auditor reads everything and changes nothing.

Who may decide limits at all is said here, up to which amount and grade by the credit policy."""
EVERYTHING = frozenset(Permission)
"""What the command line and the worker may do: who runs them owns the machine."""


class UnknownTimeZone(DomainError):
    """Not an IANA time zone."""

    code = "unknown_time_zone"
    sentence = "{time_zone} is not an IANA time zone; use one like Europe/Berlin or Asia/Shanghai."


class UnknownCountry(DomainError):
    """Not an ISO 3166-1 country."""

    code = "unknown_country"
    sentence = "{country} is not an ISO 3166-1 country code; use one like DE or CN."


class NameMissing(DomainError):
    """An empty or overlong name."""

    code = "name_missing"
    sentence = "A name of 1 to {length} characters is needed."


class BadEmail(DomainError):
    """Not an e-mail address."""

    code = "bad_email"
    sentence = "{email} is not an e-mail address."


class NoBaseCurrency(DomainError):
    """XXX stands for "no currency" and cannot be a tenant's own."""

    code = "no_base_currency"
    sentence = "A company needs a real currency of its own, not XXX."


def check_tenant(new: NewTenant) -> None:
    """Refuse a tenant whose particulars cannot be worked with.

    Raises:
        NameMissing, UnknownCurrency, NoBaseCurrency, UnknownTimeZone, UnknownCountry: as named.
    """
    check_name(new.name)
    minor_units(new.base_currency)
    if new.base_currency == NO_CURRENCY:
        raise NoBaseCurrency
    if new.time_zone not in available_timezones():
        raise UnknownTimeZone(time_zone=new.time_zone)
    if len(new.country) != len("CN") or pycountry.countries.get(alpha_2=new.country) is None:
        raise UnknownCountry(country=new.country)


def check_name(name: str) -> None:
    """Refuse an empty or overlong name.

    Raises:
        NameMissing: as the name says.
    """
    if not 1 <= len(name.strip()) <= NAME_LENGTH:
        raise NameMissing(length=NAME_LENGTH)


def normal_email(email: str) -> str:
    """The address as it is stored and compared: trimmed and case-folded.

    Raises:
        BadEmail: it has no @ between two parts.

    >>> normal_email(" Ada@Example.com ")
    'ada@example.com'
    """
    folded = email.strip().casefold()
    if not EMAIL.fullmatch(folded):
        raise BadEmail(email=email.strip())
    return folded
