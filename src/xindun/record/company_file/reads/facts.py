"""What the sources say of a party, as it stood on a day by what was known at a moment.

What a reader would get wrong: ``events_of`` tells what counts. What expired, was lifted or names
another company is in ``event_history_of`` only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.company_file import rules
from xindun.record.company_file.models import CompanyFact, FactPerson, FactWithdrawal
from xindun.record.company_file.values import (
    KINDS,
    Comparison,
    EventState,
    Fact,
    FactKind,
    Json,
    PublicEvent,
    ValueType,
)
from xindun.record.parties.reads import identifiers_of, ids_behind, same_name


class UnknownFact(DomainError):
    """The tenant has no such fact."""

    code = "unknown_fact"
    sentence = "There is no such fact."


def facts_of(party_id: int, *, as_of: date, known_at: datetime) -> tuple[Fact, ...]:
    """The word of each source, by kind, then the newest first; see ``rules.standing``."""
    return _standing(_rows(party_id, known_at), as_of, known_at)


def conflicts_of(party_id: int, *, as_of: date, known_at: datetime) -> tuple[Comparison, ...]:
    """A table a fact: every kind but events, its sources side by side, conflicts flagged."""
    found = facts_of(party_id, as_of=as_of, known_at=known_at)
    return rules.compared(found, as_of=as_of, same_name=same_name)


def events_of(party_id: int, *, as_of: date, known_at: datetime) -> tuple[PublicEvent, ...]:
    """The public events in force, the latest first."""
    found = event_history_of(party_id, as_of=as_of, known_at=known_at)
    return tuple(each for each in found if each.state is EventState.IN_FORCE)


def event_history_of(party_id: int, *, as_of: date, known_at: datetime) -> tuple[PublicEvent, ...]:
    """Every public event with its state on the day, the latest first.

    The party's credit codes are those that sources state and those that it is known by.
    """
    facts = facts_of(party_id, as_of=as_of, known_at=known_at)
    own = {str(each.value) for each in facts if each.kind is FactKind.USCC}
    known = identifiers_of(party_id, known_at=known_at)
    own |= {each.value for each in known if each.scheme == FactKind.USCC}
    found = [rules.event_of(each, own, as_of=as_of) for each in facts]
    events = [each for each in found if each is not None]
    return tuple(sorted(events, key=lambda each: each.effective_on, reverse=True))


def fact(public_id: UUID) -> Fact:
    """One fact, also a withdrawn one.

    Raises:
        UnknownFact: as the name says.
    """
    row = CompanyFact.objects.filter(tenant_id=current_tenant_id(), public_id=public_id).first()
    if row is None:
        raise UnknownFact
    return fact_values([row])[0]


def history_of(
    party_id: int, kind: FactKind, *, known_at: datetime
) -> tuple[tuple[Fact, datetime | None], ...]:
    """Everything that was ever said of a kind, the last learned first, each with when it was
    withdrawn; a value None says that it is so no longer."""
    rows = _rows(party_id, known_at).filter(kind=kind.value, recorded_at__lte=known_at)
    facts = fact_values(rows.order_by("-id"))
    gone = dict(_withdrawn(each.id for each in facts))
    return tuple((each, gone.get(each.id)) for each in facts)


def _rows(party_id: int, known_at: datetime) -> QuerySet[CompanyFact]:
    """Facts of the party and of those that were merged into it by then."""
    ids = ids_behind(party_id, known_at=known_at)
    return CompanyFact.objects.filter(tenant_id=current_tenant_id(), party_id__in=ids)


def _standing(rows: QuerySet[CompanyFact], as_of: date, known_at: datetime) -> tuple[Fact, ...]:
    facts = fact_values(rows.filter(as_of__lte=as_of, recorded_at__lte=known_at))
    gone = _withdrawn(each.id for each in facts)
    return rules.standing(facts, gone, as_of=as_of, known_at=known_at)


def _withdrawn(fact_ids: Iterable[int]) -> list[tuple[int, datetime]]:
    rows = FactWithdrawal.objects.filter(tenant_id=current_tenant_id(), fact_id__in=list(fact_ids))
    return list(rows.values_list("fact_id", "recorded_at"))


def fact_values(rows: Iterable[CompanyFact]) -> list[Fact]:
    """Rows as values, people's names put back in."""
    found = list(rows)
    about_people = [each.pk for each in found if _is_people(each)]
    names: dict[int, dict[int, str]] = {}
    if about_people:
        people = FactPerson.objects.filter(
            tenant_id=current_tenant_id(), fact_id__in=about_people
        ).values_list("fact_id", "position", "name")
        for fact_id, position, name in people:
            names.setdefault(fact_id, {})[position] = name
    return [_value(each, names.get(each.pk, {})) for each in found]


def _is_people(row: CompanyFact) -> bool:
    return KINDS[FactKind(row.kind)].type is ValueType.PEOPLE and row.value is not None


def _value(row: CompanyFact, names: dict[int, str]) -> Fact:
    value = cast("Json", row.value)
    if _is_people(row):
        listed = cast("list[dict[str, Any]]", row.value)
        value = [{"name": names[place], **each} for place, each in enumerate(listed)]
    return Fact(
        id=row.pk,
        public_id=row.public_id,
        party_id=row.party_id,
        kind=FactKind(row.kind),
        value=value,
        source=row.source,
        source_key=row.source_key,
        as_of=row.as_of,
        retrieved_at=row.retrieved_at,
        document_sha256=row.document_sha256,
        recorded_at=row.recorded_at,
    )
