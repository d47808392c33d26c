"""Questions: what is known about a person in the current tenant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from xindun.kernel.errors import DomainError
from xindun.record.privacy.rules import LAWS, PLACES
from xindun.record.privacy.values import Dossier, Found, Link, Place
from xindun.record.tenants import reads as tenants
from xindun.record.tenants.values import Member

__all__ = [
    "LAWS",
    "PLACES",
    "NoSuchPerson",
    "dossier",
    "people",
    "person",
    "person_by_email",
]

MOST_ROWS = 10_000


class NoSuchPerson(DomainError):
    """Nobody with this id belongs or belonged to the tenant."""

    code = "no_such_person"
    sentence = "Nobody of this company goes by {person}."


def people() -> list[Member]:
    """Everybody who belongs or belonged to the current tenant, by name."""
    return list(tenants.iter_members())


def person_by_email(email: str) -> Member:
    """The member of an address.

    Raises:
        NoSuchPerson: none has it here.
    """
    wanted = tenants.normal_email(email)
    found = next((each for each in people() if each.email == wanted), None)
    if found is None:
        raise NoSuchPerson(person=email)
    return found


def person(public_id: UUID) -> Member:
    """The member of a public id.

    Raises:
        NoSuchPerson: none has it here.
    """
    found = tenants.member(public_id)
    if found is None:
        raise NoSuchPerson(person=public_id)
    return found


def dossier(public_id: UUID) -> Dossier:
    """Everything that the register's places hold about a member; of each at most 10,000 rows.

    Secrets (the password's hash, keys of factors and sessions) are never in it.

    Raises:
        NoSuchPerson: as the name says.
    """
    member = person(public_id)
    found = tuple(
        Found(place, tuple(_rows(place, public_id))) for place in PLACES if place.link != Link.NONE
    )
    return Dossier(public_id, member.email, member.name, found)


def _rows(place: Place, public_id: UUID) -> list[dict[str, Any]]:
    """Rows of one place. Tables of tenants show the current one's rows only."""
    columns = sql.SQL(", ").join(map(sql.Identifier, place.shown))
    query = sql.SQL("SELECT {} FROM {} WHERE {} = {} LIMIT {}").format(
        columns,
        sql.Identifier(place.table),
        sql.Identifier(place.key),
        _named(place.link, public_id),
        sql.Literal(MOST_ROWS),
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [dict(zip(place.shown, row, strict=True)) for row in cursor.fetchall()]


def _named(link: Link, public_id: UUID) -> sql.Composable:
    match link:
        case Link.PUBLIC_ID:
            return sql.Literal(str(public_id))
        case Link.ACTOR:
            return sql.Literal(f"user:{public_id}")
        case Link.INVITATION:
            found = tenants.invitations_of(public_id, person(public_id).email)
            return sql.SQL("ANY ({}::text[])").format(sql.Literal(sorted(found)))
        case Link.ADDRESS:
            return sql.SQL("(SELECT email FROM tenants_user WHERE public_id = {})").format(
                sql.Literal(public_id)
            )
        case _:
            return sql.SQL("(SELECT id FROM tenants_user WHERE public_id = {})").format(
                sql.Literal(public_id)
            )
