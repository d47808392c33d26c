"""State and withdraw the numbers of a party.

What a reader would get wrong: two parties of a company never have the same number. Who finds one
that has it has found out that the two are one, which two people must agree on (a merge), so the
number is refused and the other party named.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from xindun.kernel.company_numbers import checked
from xindun.kernel.company_schemes import SCHEMES
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties import reads
from xindun.record.parties.models import PartyIdentifier
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Actor, Permission

SOURCE_LENGTH = 300


class IdentifierTaken(DomainError):
    """Another party has this number: they may be one company."""

    code = "identifier_taken"
    sentence = "{kind} {value} belongs to {name}: if the two are one company, propose a merge."


class IdentifierContradicted(DomainError):
    """The party has another number of a kind of which a company has only one."""

    code = "identifier_contradicted"
    sentence = "This company has the {kind} {other}; withdraw it first if {value} is right."


class IdentifierSourceMissing(DomainError):
    """Who says so?"""

    code = "identifier_source_missing"
    sentence = "Say where the number comes from, in at most {length} characters."


class NoSuchIdentifier(DomainError):
    """The party has no such number now."""

    code = "no_such_identifier"
    sentence = "This company has no such number."


def state_identifier(
    actor: Actor, party: UUID, scheme: str, value: str, *, source: str, now: datetime
) -> None:
    """Say that a party has a number; one it has already changes nothing.

    Args:
        scheme: a code of ``kernel.company_schemes``.
        source: where it comes from, such as a register or a document.

    Raises:
        NotPermitted, UnknownParty, BadIdentifier, IdentifierTaken, IdentifierContradicted,
        IdentifierSourceMissing: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    said, where = checked(scheme, value), " ".join(source.split())
    if not 1 <= len(where) <= SOURCE_LENGTH:
        raise IdentifierSourceMissing(length=SOURCE_LENGTH)
    with transaction.atomic():
        known = reads.party(party)
        _alone(scheme, said)
        if not _check_free(known, scheme, said):
            return
        _append(actor, "identifier_stated", known, [known.id], scheme, said, where, now)


def withdraw_identifier(
    actor: Actor, party: UUID, scheme: str, value: str, *, source: str, now: datetime
) -> None:
    """Say that a party does not have a number after all; its history stays.

    Raises:
        NotPermitted, UnknownParty, NoSuchIdentifier, IdentifierSourceMissing: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    where = " ".join(source.split())
    if not 1 <= len(where) <= SOURCE_LENGTH:
        raise IdentifierSourceMissing(length=SOURCE_LENGTH)
    with transaction.atomic():
        known = reads.party(party)
        _alone(scheme, value)
        behind = reads.numbers_of(reads.ids_behind(known.id))
        having = [each for each, numbers in behind.items() if (scheme, value) in numbers]
        if not having:
            raise NoSuchIdentifier
        _append(actor, "identifier_withdrawn", known, having, scheme, value, where, now)


def _alone(scheme: str, value: str) -> None:
    """Nobody else states this number until the transaction ends: a check alone would race."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"identifier:{current_tenant_id()}:{scheme}:{value}"],
        )


def _check_free(party: PartyValue, scheme: str, value: str) -> bool:
    """Whether the number is new for the party; refused when it is another's."""
    kind = SCHEMES[scheme]
    holder = reads.party_with(scheme, value)
    if holder is not None and holder.id != party.id:
        raise IdentifierTaken(kind=kind.name, value=value, name=holder.name)
    own = [each.value for each in reads.identifiers_of(party.id) if each.scheme == scheme]
    if kind.of_one and own and value not in own:
        raise IdentifierContradicted(kind=kind.name, other=own[0], value=value)
    return value not in own


def _append(
    actor: Actor,
    kind: str,
    party: PartyValue,
    party_ids: Iterable[int],
    scheme: str,
    value: str,
    source: str,
    now: datetime,
) -> None:
    """A row for each of ``party_ids``: a number may stand at a party merged into ``party``."""
    for party_id in party_ids:
        PartyIdentifier.objects.create(
            tenant_id=current_tenant_id(),
            party_id=party_id,
            scheme=scheme,
            value=value,
            source=source,
            withdrawn=kind == "identifier_withdrawn",
        )
    append(
        kind=kind,
        subject=Subject("party", str(party.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={"source": source},
        result={"scheme": scheme, "value": value},
        versions={},
    )
