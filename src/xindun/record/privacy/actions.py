"""Erase a person: the login is replaced, sessions and factors go, evidence keeps its hashes.

What a reader would get wrong: a login belongs to no company. A company can erase what it holds;
the login itself is closed only when the person belongs to no other one.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from xindun.kernel.errors import DomainError
from xindun.record.evidence.actions import append, erase_personal
from xindun.record.evidence.values import Subject
from xindun.record.privacy.reads import person
from xindun.record.privacy.rules import PLACES, erased_email
from xindun.record.privacy.values import Erased, Treatment
from xindun.record.signin.actions import end_sessions
from xindun.record.tenants import actions as tenants
from xindun.record.tenants import reads as tenant_reads
from xindun.record.tenants.values import Actor, Permission, Proposal

KIND = "person_erased"
LIBRARY_ROWS = ("addresses", "factors", "providers")
"""Places whose rows simply go; the others have verbs of their own."""


class NotYourself(DomainError):
    """Erasing oneself would leave nobody who answers for it."""

    code = "erase_not_yourself"
    sentence = "Nobody erases themselves; another owner can."


class SecondPersonNeeded(DomainError):
    """Somebody else could approve, so one person alone does not erase."""

    code = "erase_needs_approval"
    sentence = "Erasing needs a second person's approval; propose it."


def propose_erasure(actor: Actor, public_id: UUID, *, now: datetime, reason: str) -> Proposal:
    """Propose that a person is erased; whoever approves carries it out.

    The person may be the one who approves: then two have agreed, and the proposer answers for it.

    Raises:
        NotPermitted, NoSuchPerson, NotYourself, AlreadyProposed: as named.
    """
    actor.check(Permission.PERSONAL_DATA)
    person(public_id)
    if actor.name == f"user:{public_id}":
        raise NotYourself
    payload = {"user": str(public_id), "reason": reason}
    return tenants.propose(
        actor, KIND, str(public_id), payload, needed=Permission.PERSONAL_DATA, now=now
    )


def erase_approved(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal."""
    _erase(actor, UUID(proposal.payload["user"]), now=now, reason=proposal.payload["reason"])


def erase_person(actor: Actor, public_id: UUID, *, now: datetime, reason: str) -> Erased:
    """Erase a member or former member of the current tenant; itself evidence.

    An active membership ends first, by the rules of that: the last owner cannot be erased, and
    nobody erases somebody above them.

    Where a second person could approve, nobody of the company erases alone; the command line,
    which the machine's administrator uses, does.

    Args:
        public_id: the user's.
        reason: a code such as ``asked_by_person``.

    Raises:
        NotPermitted, NoSuchPerson, NotYourself, SecondPersonNeeded, LastOwner, BeyondYourReach:
            as named; nothing was changed then.
    """
    actor.check(Permission.PERSONAL_DATA)
    person(public_id)
    if actor.name == f"user:{public_id}":
        raise NotYourself
    if tenant_reads.second_person_exists(actor, Permission.PERSONAL_DATA, now):
        raise SecondPersonNeeded
    return _erase(actor, public_id, now=now, reason=reason)


def _erase(actor: Actor, public_id: UUID, *, now: datetime, reason: str) -> Erased:
    """The erasure itself, by whoever may."""
    with transaction.atomic():
        member = person(public_id)
        if member.is_active:
            tenants.deactivate(actor, public_id, now=now)
        user = tenant_reads.user_by_email(member.email)
        deleted: dict[str, int] = {}
        closed = user is not None and not tenant_reads.memberships_of(user.id)
        if user is not None and closed:
            deleted["sessions"] = end_sessions(
                user_id=user.id, public_id=public_id, now=now, actor=actor.name
            )
            deleted |= {code: _delete(code, user.id) for code in LIBRARY_ROWS}
            tenants.close_login(user.id, email=erased_email(public_id))
        # Last: what the steps before wrote about the person goes too.
        deleted["invitation_content"] = tenants.forget_invitations(
            public_id, member.email, actor=actor.name, now=now
        )
        deleted["evidence_content"] = erase_personal(
            str(public_id), actor=actor.name, now=now, reason=reason
        )
        kept = tuple(each.code for each in PLACES if each.treatment is Treatment.KEPT)
        append(
            kind=KIND,
            subject=Subject("user", str(public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={},
            result={"reason": reason, "login_closed": closed, "deleted": deleted},
            versions={},
        )
    return Erased(closed, deleted, kept)


def _delete(code: str, user_id: int) -> int:
    """Remove the rows of a library's table that are one user's."""
    place = next(each for each in PLACES if each.code == code)
    statement = sql.SQL("DELETE FROM {} WHERE {} = {}").format(
        sql.Identifier(place.table), sql.Identifier(place.key), sql.Literal(user_id)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)
