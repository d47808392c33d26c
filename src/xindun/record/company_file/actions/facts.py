"""Record what sources say of a party; withdraw what was wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction

from xindun.kit.events import FILE_CHANGED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.record.company_file import reads, rules
from xindun.record.company_file.models import CompanyFact, FactPerson, FactWithdrawal
from xindun.record.company_file.reads.facts import fact_values
from xindun.record.company_file.values import (
    KINDS,
    Fact,
    FactKind,
    Json,
    NewEvent,
    NewFact,
    ValueType,
)
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.parties.reads import party as party_named
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Actor, Permission


def record_facts(
    actor: Actor, party: UUID, facts: Sequence[NewFact], *, now: datetime
) -> tuple[Fact, ...]:
    """Record facts of a party, all of them or, when one is refused, none.

    A fact that its source has already stated in the same words for the same day, on the same
    document, is left out, so a connector may deliver twice.

    Returns:
        What was new.

    Raises:
        NotPermitted, UnknownParty, UnknownFactKind, BadFact, BadGround, FactInFuture: as
            named.
    """
    actor.check(Permission.FILES_CHANGE)
    normal = [rules.check_fact(each, today=company_day(now), now=now) for each in facts]
    with transaction.atomic():
        known = party_named(party)
        lock_file(known.id)
        said = _newest(known.id)
        added: list[tuple[CompanyFact, NewFact]] = []
        for new in normal:
            key = (FactKind(new.kind), new.source, new.source_key, new.as_of)
            if said.get(key) != (new.value, new.document_sha256):
                said[key] = (new.value, new.document_sha256)
                added.append((_row(known.id, new), new))
        if not added:
            return ()
        rows = CompanyFact.objects.bulk_create([row for row, _new in added])
        _name_people(added)
        append(
            kind="facts_recorded",
            subject=Subject("party", str(known.public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"sources": sorted({_hash(row.source) for row in rows})},
            result={"facts": [_told(row) for row in rows]},
            versions={},
            personal={
                f"fact {row.public_id}": json.dumps(new.value, ensure_ascii=False)
                for row, new in added
                if _about_people(new)
            },
            person=str(known.public_id),
        )
        announce(FILE_CHANGED)
    stored = CompanyFact.objects.filter(tenant_id=current_tenant_id())
    return tuple(fact_values(stored.filter(pk__in=[row.pk for row in rows]).order_by("pk")))


def record_events(
    actor: Actor, party: UUID, events: Sequence[NewEvent], *, now: datetime
) -> tuple[Fact, ...]:
    """:func:`record_facts` of public events.

    Raises:
        NotAnEvent: a kind that is none; and what ``record_facts`` raises.
    """
    return record_facts(actor, party, [rules.fact_of(each) for each in events], now=now)


def withdraw_fact(actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """Say that a fact was wrong; withdrawing it again changes nothing.

    Raises:
        NotPermitted, UnknownFact: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    with transaction.atomic():
        found = reads.fact(public_id)
        lock_file(found.party_id)
        _row_of, created = FactWithdrawal.objects.get_or_create(
            tenant_id=current_tenant_id(), fact_id=found.id
        )
        if created:
            append(
                kind="fact_withdrawn",
                subject=Subject("fact", str(public_id)),
                actor=actor.name,
                occurred_at=now,
                inputs={},
                result={"kind": found.kind.value, "as_of": found.as_of},
                versions={},
            )
            announce(FILE_CHANGED)


def lock_file(party_id: int) -> None:
    """One delivery for a party at a time: two at once would both find a fact new."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 5))",
            [f"company file {current_tenant_id()} {party_id}"],
        )


def _newest(party_id: int) -> dict[tuple[Any, ...], tuple[Json, str | None]]:
    """Value and document of what each source last said for each day and was not withdrawn."""
    gone = FactWithdrawal.objects.filter(tenant_id=current_tenant_id()).values("fact_id")
    rows = CompanyFact.objects.filter(tenant_id=current_tenant_id(), party_id=party_id)
    return {
        (each.kind, each.source, each.source_key, each.as_of): (each.value, each.document_sha256)
        for each in fact_values(rows.exclude(pk__in=gone).order_by("pk"))
    }


def _about_people(new: NewFact) -> bool:
    return KINDS[FactKind(new.kind)].type is ValueType.PEOPLE and new.value is not None


def _row(party_id: int, new: NewFact) -> CompanyFact:
    value = new.value
    if _about_people(new):
        listed = cast("list[dict[str, Json]]", value)
        value = [{name: each[name] for name in each if name != "name"} for each in listed]
    return CompanyFact(
        tenant_id=current_tenant_id(),
        party_id=party_id,
        kind=FactKind(new.kind).value,
        value=value,
        source=new.source,
        source_key=new.source_key,
        as_of=new.as_of,
        retrieved_at=new.retrieved_at,
        document_sha256=new.document_sha256,
    )


def _name_people(added: list[tuple[CompanyFact, NewFact]]) -> None:
    FactPerson.objects.bulk_create(
        FactPerson(
            tenant_id=current_tenant_id(), fact_id=row.pk, position=place, name=person["name"]
        )
        for row, new in added
        if _about_people(new)
        for place, person in enumerate(cast("list[dict[str, Any]]", new.value))
    )


def _told(row: CompanyFact) -> dict[str, Plain]:
    """The evidence of a fact: what it is about, and the hash of what was stored."""
    stored = json.dumps(row.value, ensure_ascii=False, sort_keys=True)
    return {
        "fact": str(row.public_id),
        "kind": row.kind,
        "as_of": row.as_of,
        "value_sha256": _hash(stored),
        "document": row.document_sha256,
    }


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
