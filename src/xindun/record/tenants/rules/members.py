"""Who may change whose role, and who may lend what to whom.

What a reader would get wrong: PEOPLE_MANAGE alone does not make owners. Nobody hands out more than
they have, nobody touches a member who has more than they, and nobody raises themselves; a lent
permission counts for acting and never for lending on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from xindun.kernel.errors import DomainError
from xindun.record.tenants.rules.people import ROLE_PERMISSIONS
from xindun.record.tenants.values.people import (
    Actor,
    Permission,
    Role,
    RunningDelegation,
    TenantKind,
)

LONGEST_DELEGATION = timedelta(days=366)

ROLES_OF_KIND: Mapping[TenantKind, tuple[Role, ...]] = MappingProxyType(
    {
        TenantKind.SELLER: tuple(Role),
        # An insurer sells no goods and duns no buyers; its credit manager is the underwriter.
        TenantKind.INSURER: (
            Role.OWNER,
            Role.CREDIT_MANAGER,
            Role.ANALYST,
            Role.FINANCE,
            Role.AUDITOR,
        ),
    }
)
"""Which roles a company of each kind has, the mightiest first."""


class RoleNotOfKind(DomainError):
    """A seller's role in an insurer."""

    code = "role_not_of_kind"
    sentence = "A company of this kind has no role {role}."


class NotYourselfUp(DomainError):
    """A member would give themselves more."""

    code = "not_yourself_up"
    sentence = "Nobody gives themselves more permissions; ask another owner."


class BeyondYourReach(DomainError):
    """The actor has less than they would hand out or take away."""

    code = "beyond_your_reach"
    sentence = "You cannot give or take a role that may do more than you."


class LastOwner(DomainError):
    """Nobody would be left who manages people."""

    code = "last_owner"
    sentence = "This is the last owner; make somebody else an owner first."


class NotYours(DomainError):
    """Lending what the role does not give."""

    code = "not_yours"
    sentence = "You can only hand over what your own role allows: not {permissions}."


class BadPeriod(DomainError):
    """A delegation that is over before it begins, or too long."""

    code = "bad_period"
    sentence = "Choose days from today on, at most {days}, the last not before the first."


class NobodyElse(DomainError):
    """A delegation to oneself."""

    code = "nobody_else"
    sentence = "Choose another member."


def check_role(kind: TenantKind, role: Role) -> None:
    """Refuse a role that companies of the kind do not have.

    Raises:
        RoleNotOfKind: as the name says.
    """
    if role not in ROLES_OF_KIND[kind]:
        raise RoleNotOfKind(role=role.value)


def check_reach(actor: Actor, *, itself: bool, before: Role | None, after: Role | None) -> None:
    """Refuse a change of role beyond the actor.

    Args:
        itself: whether the member is the actor.
        before: the present role; None for somebody who has none.
        after: the role to be; None when the membership ends.

    Raises:
        NotYourselfUp, BeyondYourReach: as named.
    """
    had = ROLE_PERMISSIONS[before] if before else frozenset()
    gets = ROLE_PERMISSIONS[after] if after else frozenset()
    if itself and not gets <= had:
        raise NotYourselfUp
    if not (had | gets) <= actor.permissions:
        raise BeyondYourReach


def check_lending(actor: Actor, permissions: frozenset[Permission]) -> None:
    """Refuse to lend what the actor's own role does not give.

    Raises:
        NotYours: as the name says, also for nothing at all.
    """
    excess = permissions - actor.own
    if excess or not permissions:
        raise NotYours(permissions=", ".join(sorted(excess)) or "–")


def period_of(first: date, last: date, zone: str, now: datetime) -> tuple[datetime, datetime]:
    """Days, both included, as half-open instants of the tenant's zone.

    Raises:
        BadPeriod: over already, the wrong way round, or longer than 366 days.

    >>> now = datetime(2025, 7, 1, tzinfo=UTC)
    >>> starts, ends = period_of(date(2025, 7, 1), date(2025, 7, 1), "Asia/Shanghai", now)
    >>> starts.isoformat(), ends - starts
    ('2025-06-30T16:00:00+00:00', datetime.timedelta(days=1))
    """
    if not first <= last < first + LONGEST_DELEGATION:
        raise BadPeriod(days=LONGEST_DELEGATION.days)
    here = ZoneInfo(zone)
    starts = datetime.combine(first, time(), here).astimezone(UTC)
    ends = datetime.combine(last + timedelta(days=1), time(), here).astimezone(UTC)
    if first < now.astimezone(here).date():
        raise BadPeriod(days=LONGEST_DELEGATION.days)
    return starts, ends


def running(
    own: Role, lent: Iterable[tuple[RunningDelegation, Role]]
) -> tuple[RunningDelegation, ...]:
    """What delegations add to a role: never more than the giver's present role still allows."""
    mine = ROLE_PERMISSIONS[own]
    narrowed = (
        RunningDelegation(
            each.public_id, each.giver, (each.permissions & ROLE_PERMISSIONS[giver]) - mine
        )
        for each, giver in lent
    )
    return tuple(each for each in narrowed if each.permissions)
