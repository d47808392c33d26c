"""The company file behind a customer: opening it, its facts with their conflicts, public events.

What a reader would get wrong: a fact is one source's word for one day and nothing overwrites it. A
list shows what stood on ``as_of`` by what was known at ``known_at``; a null value that is recorded
says that it is so no longer, and a withdrawn fact was never so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import AwareDatetime, Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import actor_of, operation
from xindun.api.problems import CursorExpired
from xindun.api.v1.shapes import Amount, Asked, Currency, PageAsked, Paged, Shape, money_or_none
from xindun.kernel.errors import DomainError
from xindun.record.company_file import actions, reads
from xindun.record.company_file.values import (
    Comparison,
    EventState,
    Fact,
    FactKind,
    NewEvent,
    NewFact,
    PublicEvent,
    Severity,
    Verdict,
)
from xindun.record.parties import actions as party_actions
from xindun.record.parties import reads as parties
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Permission

router = Router(tags=["Company file"])
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 500
"""Facts in one request."""


class NoCompanyFile(DomainError):
    """The customer is not matched to a company, which the file is about."""

    code = "no_company_file"
    sentence = "This customer is not matched to a company yet; open a company file first."


class StoodAsked(PageAsked):
    """Which day is asked about, and by what was known when."""

    as_of: date | None = Field(None, description="How it stood on this day; today when left out.")
    known_at: AwareDatetime | None = Field(None, description="Only what was known at this moment.")


class FactsAsked(StoodAsked):
    """What the facts are narrowed to."""

    kind: FactKind | None = Field(None, description="Only facts of this kind.")


class EventsAsked(StoodAsked):
    """What the events are narrowed to."""

    state: EventState | None = Field(None, description="Only events in this state; one counts.")


class CompanyFileShape(Shape):
    """The company that a customer is."""

    id: UUID
    name: str
    country: str | None


class FactShape(Shape):
    """One source's word."""

    id: UUID
    kind: FactKind
    value: Any = Field(description="By the kind: text, number, amount, people or event.")
    source: str
    key: str = Field(description="Tells several facts of a kind and source apart.")
    as_of: date = Field(description="The day for which the source says it.")
    retrieved_at: datetime
    recorded_at: datetime
    document_sha256: str | None = Field(description="The stored file that shows it.")


class StandingFact(FactShape):
    """A fact beside what other sources say of the same thing."""

    stale: bool = Field(description="Whether it should be looked up again.")
    verdict: Verdict | None = Field(description="Whether the sources agree; null for an event.")
    checks: list[str] = Field(description="Codes of what to check where sources disagree.")


class FactsPage(Paged):
    """A page of facts, by kind, then the newest first."""

    items: list[StandingFact]


class RecordedFacts(Shape):
    """What was new: what its source had said before in the same words is left out."""

    items: list[FactShape]


class FactAsked(Asked):
    """A fact to record."""

    kind: FactKind
    value: Any = Field(
        None,
        description="Text, a day, a whole number, an amount with its currency, or people; null: it"
        " is so no longer.",
    )
    source: str = Field(min_length=1, max_length=300, description="Always spelled the same.")
    key: str = Field("", max_length=300, description="Of a kind with several a source.")
    as_of: date = Field(description="The day for which the source says it.")
    retrieved_at: datetime | None = Field(None, description="When it was got; now if left out.")
    file: UUID | None = Field(None, description="The stored file that shows it.")


class FactsToRecord(Asked):
    """Facts that are recorded together or not at all."""

    facts: list[FactAsked] = Field(min_length=1, max_length=MOST)


class EventShape(Shape):
    """What a court or register published about the company."""

    id: UUID
    kind: FactKind
    state: EventState = Field(description="Only one in force counts.")
    severity: Severity
    effective_on: date
    expires_on: date | None = Field(description="First day on which it no longer counts.")
    case_number: str
    authority: str
    amount: Amount | None
    currency: str
    uscc: str = Field(description="The credit code that the source states for the debtor.")
    ground: str = Field(description="Of a dishonest judgment debtor: numbers in article one.")
    detail: str
    source: str
    as_of: date
    recorded_at: datetime


class EventsPage(Paged):
    """A page of public events, the latest first."""

    items: list[EventShape]


class EventAsked(Asked):
    """A public event to record."""

    kind: FactKind = Field(description="A kind that is an event, such as enforcement.")
    source: str = Field(min_length=1, max_length=300, description="Always spelled the same.")
    as_of: date = Field(description="The day for which the source says it.")
    retrieved_at: datetime | None = Field(None, description="When it was got; now if left out.")
    case_number: str = Field("", max_length=300)
    authority: str = Field("", max_length=300)
    published_on: date | None = None
    expires_on: date | None = None
    lifted_on: date | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    uscc: str = Field("", max_length=40)
    ground: str = Field("", max_length=300, description="Number in article one, or its wording.")
    detail: str = Field("", max_length=2_000)
    file: UUID | None = Field(None, description="The stored file that shows it.")


class EventsToRecord(Asked):
    """Public events that are recorded together or not at all."""

    events: list[EventAsked] = Field(min_length=1, max_length=MOST)


@router.post(
    "/customers/{uuid:customer_id}/company-file",
    response=CompanyFileShape,
    summary="Open a company file",
)
@operation(Permission.FILES_CHANGE)
def open_company_file(request: HttpRequest, customer_id: UUID) -> CompanyFileShape:
    """Open a file by the customer's own name, where no register has its company. One that is open
    already is answered as it stands."""
    party = parties.party_of(parties.buyer(customer_id).id)
    if party is None:
        party = party_actions.match_by_hand(actor_of(request), customer_id, now=timezone.now())
    return CompanyFileShape(id=party.public_id, name=party.name, country=party.country)


@router.get("/customers/{uuid:customer_id}/facts", response=FactsPage, summary="List facts")
@operation(Permission.FILES_READ)
def list_facts(request: HttpRequest, customer_id: UUID, params: Query[FactsAsked]) -> FactsPage:
    """The word of each source, events included, and whether the sources of a kind agree."""
    compared: dict[FactKind, Comparison] = {}

    def read(party: PartyValue, as_of: date, known_at: datetime) -> Sequence[Fact]:
        found = reads.conflicts_of(party.id, as_of=as_of, known_at=known_at)
        compared.update({each.kind: each for each in found})
        facts = reads.facts_of(party.id, as_of=as_of, known_at=known_at)
        return [each for each in facts if params.kind in (None, each.kind)]

    shown, following = walked(request, f"list_facts {customer_id}", customer_id, params, read)
    return FactsPage(
        next=following, items=[_standing(each, compared.get(each.kind)) for each in shown]
    )


@router.post(
    "/customers/{uuid:customer_id}/facts", response={201: RecordedFacts}, summary="Record facts"
)
@operation(Permission.FILES_CHANGE)
def record_customer_facts(
    request: HttpRequest, customer_id: UUID, body: FactsToRecord
) -> Status[RecordedFacts]:
    """All of them or, when one is refused, none. Nothing is overwritten."""
    party, now = party_of_customer(customer_id), timezone.now()
    new = [
        NewFact(
            kind=each.kind,
            value=each.value,
            source=each.source,
            source_key=each.key,
            as_of=each.as_of,
            retrieved_at=each.retrieved_at or now,
            document_sha256=_digest(party, each.file),
        )
        for each in body.facts
    ]
    found = actions.record_facts(actor_of(request), party.public_id, new, now=now)
    return Status(201, RecordedFacts(items=[*map(_fact, found)]))


@router.post(
    "/customers/{uuid:customer_id}/facts/{uuid:fact_id}/withdraw",
    response=FactShape,
    summary="Withdraw a fact",
)
@operation(Permission.FILES_CHANGE)
def withdraw_customer_fact(request: HttpRequest, customer_id: UUID, fact_id: UUID) -> FactShape:
    """Say that it was wrong: what its source said before stands again."""
    party, found = party_of_customer(customer_id), reads.fact(fact_id)
    if found.party_id not in parties.ids_behind(party.id):
        raise reads.UnknownFact
    actions.withdraw_fact(actor_of(request), fact_id, now=timezone.now())
    return _fact(found)


@router.get(
    "/customers/{uuid:customer_id}/events", response=EventsPage, summary="List public events"
)
@operation(Permission.FILES_READ)
def list_events(request: HttpRequest, customer_id: UUID, params: Query[EventsAsked]) -> EventsPage:
    """Every event with its state on the day: what expired, was lifted or names another company is
    listed and does not count."""

    def read(party: PartyValue, as_of: date, known_at: datetime) -> Sequence[PublicEvent]:
        found = reads.event_history_of(party.id, as_of=as_of, known_at=known_at)
        return [each for each in found if params.state in (None, each.state)]

    shown, following = walked(request, f"list_events {customer_id}", customer_id, params, read)
    return EventsPage(next=following, items=[*map(_event, shown)])


@router.post(
    "/customers/{uuid:customer_id}/events",
    response={201: RecordedFacts},
    summary="Record public events",
)
@operation(Permission.FILES_CHANGE)
def record_customer_events(
    request: HttpRequest, customer_id: UUID, body: EventsToRecord
) -> Status[RecordedFacts]:
    """All of them or, when one is refused, none. An event ends by a later word with the day on
    which it was lifted."""
    party, now = party_of_customer(customer_id), timezone.now()
    new = [_new_event(party, each, now) for each in body.events]
    found = actions.record_events(actor_of(request), party.public_id, new, now=now)
    return Status(201, RecordedFacts(items=[*map(_fact, found)]))


def party_of_customer(customer_id: UUID) -> PartyValue:
    """The company that a customer is.

    Raises:
        UnknownBuyer: this company has no such customer.
        NoCompanyFile: nobody has said which company it is.
    """
    party = parties.party_of(parties.buyer(customer_id).id)
    if party is None:
        raise NoCompanyFile
    return party


def moment_of(params: Any) -> tuple[date, datetime]:
    """The day and the moment asked about; today where the company is, and now, when left out.

    A moment that has not come knows what is known now; nothing was known before ``EARLIEST``.
    """
    now = timezone.now()
    here = company_day(now)
    known_at = max(EARLIEST, min(params.known_at or now, now))
    return params.as_of or here, known_at.astimezone(UTC)


class Named(Protocol):
    """A row that a list can go on behind."""

    @property
    def public_id(self) -> UUID:
        """The id that the cursor keeps."""


Row = TypeVar("Row", bound=Named)


def walked(
    request: HttpRequest,
    operation: str,
    customer_id: UUID,
    params: StoodAsked,
    read: Callable[[PartyValue, date, datetime], Sequence[Row]],
) -> tuple[list[Row], str | None]:
    """A page of what a company file tells; every page shows the moment of the first.

    Raises:
        CursorExpired: the row that the cursor stands behind is not there any more.
    """
    party = parties.party_of(parties.buyer(customer_id).id)
    place = place_of(operation, params)
    as_of, known_at = moment_of(params)
    if place is not None:
        as_of, known_at = date.fromisoformat(place["day"]), datetime.fromisoformat(place["at"])
    rows = [] if party is None else list(read(party, as_of, known_at))
    if place is not None:
        behind = [number for number, row in enumerate(rows) if str(row.public_id) == place["row"]]
        if not behind:
            raise CursorExpired
        rows = rows[behind[0] + 1 :]
    return page_of(
        request,
        operation,
        params,
        rows[: params.limit + 1],
        lambda row: {
            "row": str(row.public_id),
            "day": as_of.isoformat(),
            "at": known_at.isoformat(),
        },
    )


def _digest(party: PartyValue, file: UUID | None) -> str | None:
    """The hash of a stored file of the same company."""
    if file is None:
        return None
    found = reads.document(file)
    if found.party_id not in parties.ids_behind(party.id):
        raise reads.UnknownDocument
    return found.sha256


def _new_event(party: PartyValue, asked: EventAsked, now: datetime) -> NewEvent:
    own = {"retrieved_at", "amount", "currency", "file"}
    return NewEvent(
        **asked.model_dump(exclude=own),
        retrieved_at=asked.retrieved_at or now,
        amount=None if asked.amount is None else Decimal(asked.amount),
        currency=asked.currency or "",
        document_sha256=_digest(party, asked.file),
    )


def _fact(found: Fact) -> FactShape:
    return FactShape(**_plain(found))


def _standing(found: Fact, comparison: Comparison | None) -> StandingFact:
    said = comparison.statements if comparison else ()
    return StandingFact(
        **_plain(found),
        stale=any(each.stale for each in said if each.fact.id == found.id),
        verdict=comparison.verdict if comparison else None,
        checks=list(comparison.checks) if comparison else [],
    )


def _plain(found: Fact) -> dict[str, Any]:
    names = ("kind", "value", "source", "as_of", "retrieved_at", "recorded_at", "document_sha256")
    own = {name: getattr(found, name) for name in names}
    return {"id": found.public_id, "key": found.source_key, **own}


def _event(found: PublicEvent) -> EventShape:
    own = {name: getattr(found, name) for name in EventShape.model_fields if name != "id"}
    own["amount"] = money_or_none(found.amount, found.currency or "XXX")
    return EventShape(id=found.public_id, **own)
