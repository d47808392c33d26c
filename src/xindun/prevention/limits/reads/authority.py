"""In whose name an actor decides limits.

What a reader would get wrong: a delegation hands over permissions, and authority comes with a
role. Who lends the permission to decide limits therefore lends the authority of their own role,
for as long as they have it, also to somebody who may decide smaller limits already.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from xindun.prevention.limits.values import Standing
from xindun.record.tenants import reads as tenants
from xindun.record.tenants.values import Actor, Member, Permission, Role

PERSON, KEY = "user:", "key:"


def standing_of(actor: Actor, now: datetime) -> Standing:
    """The person who decides, and every role whose authority counts at ``now``.

    An API key decides in the name of whoever made it; the command line and the installation are
    nobody and decide nothing.
    """
    if not actor.may(Permission.LIMITS_DECIDE):
        return Standing("")
    person = actor.name if actor.name.startswith(PERSON) else _maker(actor)
    found = _member(person)
    if found is None:
        return Standing("")
    own = found.role if _decides(found.role) else None
    lent = [] if actor.name.startswith(KEY) else _lent(found.public_id, now)
    return Standing(person, own, tuple(lent))


def person_of(actor: Actor) -> str:
    """The person behind an actor, as evidence names people; the actor itself where none is."""
    return (_maker(actor) or actor.name) if actor.name.startswith(KEY) else actor.name


def roles_held(*, apart_from: str) -> frozenset[Role]:
    """The roles of the active members but one person (as evidence names people)."""
    return frozenset(
        each.role
        for each in tenants.iter_members(active=True)
        if f"{PERSON}{each.public_id}" != apart_from
    )


def _maker(actor: Actor) -> str:
    keys = tenants.api_keys() if actor.name.startswith(KEY) else []
    return next((key.made_by for key in keys if f"{KEY}{key.public_id}" == actor.name), "")


def _member(person: str) -> Member | None:
    if not person.startswith(PERSON):
        return None
    found = tenants.member(UUID(person.removeprefix(PERSON)))
    return found if found is not None and found.is_active else None


def _decides(role: Role) -> bool:
    return Permission.LIMITS_DECIDE in tenants.permissions_of(role)


def _lent(receiver: UUID, now: datetime) -> list[tuple[Role, str]]:
    found = []
    for each in tenants.delegations(since=now):
        if each.receiver_id != receiver or each.starts_at > now:
            continue
        giver = _member(f"{PERSON}{each.giver_id}")
        lends = Permission.LIMITS_DECIDE in each.permissions
        if lends and giver is not None and _decides(giver.role):
            found.append((giver.role, f"{PERSON}{each.giver_id}"))
    return found
