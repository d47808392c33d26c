"""Record the rows of a list of public events in the files of the companies that they name.

What a reader would get wrong: a number decides before a name. A row that states the number of a
company on file is about that one whatever it calls it; a name alone joins only where exactly one
file has it and no number of that file says otherwise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from xindun.connectors.bureau.event_files import EventRow
from xindun.kernel.errors import DomainError
from xindun.record.company_file.actions import record_events
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import identifiers_of, parties, party_with
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission


class NoSuchCompany(DomainError):
    """Nobody on file is it."""

    code = "event_company_unknown"
    sentence = "No company file has this number or exactly this name."


class SeveralCompanies(DomainError):
    """A name that two files have."""

    code = "event_company_ambiguous"
    sentence = "{count} company files have this name; state the number."


class AnotherNumber(DomainError):
    """The name is a customer's, the number is not."""

    code = "event_company_other_number"
    sentence = "The company file of this name has another number: {number}."


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not recorded, and why."""

    row: EventRow
    why: DomainError


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list.

    Attributes:
        recorded: events that were new.
        repeated: rows that the same source had stated in the same words for the same day.
    """

    recorded: int
    repeated: int
    rejected: tuple[Rejected, ...]


def import_events(
    actor: Actor, rows: Iterable[EventRow], *, file_sha256: str, whole: bool, now: datetime
) -> Imported:
    """Record a list's rows.

    Args:
        whole: record nothing where a single row is rejected.

    Raises:
        NotPermitted: as the name says.
    """
    actor.check(Permission.FILES_CHANGE)
    named: dict[str, list[PartyValue]] = {}
    for party in parties():
        named.setdefault(_key(party.name), []).append(party)
    recorded = taken = 0
    rejected: list[Rejected] = []
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    recorded += _recorded(actor, row, named, now)
                    taken += 1
            except DomainError as error:
                rejected.append(Rejected(row, error))
        if whole and rejected:
            transaction.set_rollback(True)
            return Imported(0, 0, tuple(rejected))
        if recorded:
            append(
                kind="events_imported",
                subject=Subject("tenant", str(current_tenant().public_id)),
                actor=actor.name,
                occurred_at=now,
                inputs={"file": file_sha256},
                result={"recorded": recorded, "rejected": len(rejected)},
                versions={},
            )
    return Imported(recorded, taken - recorded, tuple(rejected))


def _recorded(
    actor: Actor, row: EventRow, named: dict[str, list[PartyValue]], now: datetime
) -> int:
    if row.refusal is not None or row.event is None:
        raise row.refusal or NoSuchCompany()
    party = _company(row, named)
    return len(record_events(actor, party.public_id, [row.event], now=now))


def _company(row: EventRow, named: dict[str, list[PartyValue]]) -> PartyValue:
    """The company on file that a row is about.

    Raises:
        NoSuchCompany, SeveralCompanies, AnotherNumber: as named.
    """
    stated = [(scheme, value) for scheme, value in (("uscc", row.uscc), ("lei", row.lei)) if value]
    for scheme, value in stated:
        found = party_with(scheme, value)
        if found is not None:
            return found
    alike = named.get(_key(row.name), []) if row.name else []
    if not alike:
        raise NoSuchCompany
    if len(alike) > 1:
        raise SeveralCompanies(count=len(alike))
    known: dict[str, Any] = {each.scheme: each.value for each in identifiers_of(alike[0].id)}
    for scheme, _value in stated:
        if scheme in known:
            raise AnotherNumber(number=known[scheme])
    return alike[0]


def _key(name: str) -> str:
    """A name spelled one way; nothing of it is left out."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
