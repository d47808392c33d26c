"""Questions about requests: one, a list of them, their steps, and what else to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import BooleanField, Case, F, OrderBy, Q, QuerySet, Value, When

from xindun.kernel.errors import DomainError
from xindun.kernel.money import Money
from xindun.kernel.paging import page_place
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.limits import models
from xindun.prevention.limits.reads.granted import group_limit_in_force, limits_of
from xindun.prevention.limits.rules import currency_notes, references_of, roll_up
from xindun.prevention.limits.values import (
    CurrencyNote,
    FrozenRecommendation,
    LimitKind,
    LimitRequest,
    MemberLimit,
    RequestState,
    RequestStep,
    RollUp,
    Standing,
    Step,
)
from xindun.record.exposure.reads import balances_of
from xindun.record.parties import reads as parties
from xindun.record.reference.reads import exchange
from xindun.record.reference.values import ExchangeTable, RateMissing, RateStale
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Role

PAGE_SIZE = 20
OPEN = (RequestState.REQUESTED.value, RequestState.RECOMMENDED.value)
BY_DEADLINE = "deadline"
SORTS = {
    "buyer": "buyer__sort_key",
    "amount": "amount",
    "state": "state",
    "requested": "requested_at",
    "deadline": "deadline_at",
}
"""What the list can be ordered by; ``-`` in front turns it round."""


class UnknownLimitRequest(DomainError):
    """No such request in this tenant."""

    code = "unknown_limit_request"
    sentence = "There is no such request for a limit."


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """One page of requests."""

    rows: tuple[LimitRequest, ...]
    total: int
    page: int
    pages: int
    sort: str


def limit_request(public_id: UUID) -> LimitRequest:
    """One request.

    Raises:
        UnknownLimitRequest: as the name says.
    """
    row = _rows().filter(public_id=public_id).first()
    if row is None:
        raise UnknownLimitRequest
    return request_value(row)


def requests_of(buyer_id: int, *, limit: int = 50) -> tuple[LimitRequest, ...]:
    """The requests of a buyer, and those for its group that were made with it, newest first."""
    return tuple(map(request_value, _rows().filter(buyer_id=buyer_id).order_by("-id")[:limit]))


def requests_page(
    *,
    query: str = "",
    state: str = "open",
    mine: Standing | None = None,
    sort: str = BY_DEADLINE,
    page: int = 1,
) -> RequestsPage:
    """A page of the requests of the company.

    Args:
        query: part of a buyer's name or number.
        state: ``open``, ``all`` or one state.
        mine: puts the requests first that wait for this person.
        sort: a key of ``SORTS``, with ``-`` in front for the other direction.
        page: from 1; a page behind the last is the last.
    """
    rows, sort = _wanted(query, state, mine, sort)
    total = rows.count()
    at = page_place(total, page, PAGE_SIZE)
    shown = tuple(map(request_value, rows[at.start : at.stop]))
    return RequestsPage(shown, total, at.page, at.pages, sort)


def iter_requests(
    *, query: str = "", state: str = "open", mine: Standing | None = None, sort: str = BY_DEADLINE
) -> Iterator[LimitRequest]:
    """Every request that ``requests_page`` would list, in its order."""
    rows, _sort = _wanted(query, state, mine, sort)
    return map(request_value, rows.iterator(500))


def requests_after(
    *, state: str | None, after: int | None, limit: int
) -> list[tuple[int, LimitRequest]]:
    """Requests, the newest first, each with the number that ``after`` goes on behind."""
    rows = _rows() if state is None else _rows().filter(state=state)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [(row.pk, request_value(row)) for row in rows.order_by("-id")[:limit]]


def count_waiting(mine: Standing) -> int:
    """How many requests wait for this person."""
    return _rows().filter(_waits_for(mine)).count() if mine.roles else 0


def waits_for(found: LimitRequest, mine: Standing) -> bool:
    """Whether a request waits for this person: their role's turn, and not their own request."""
    return found.is_open and found.awaiting in mine.roles and found.requester != mine.person


def steps_of(public_id: UUID) -> tuple[RequestStep, ...]:
    """The steps of a request, the first one first."""
    rows = models.LimitStep.objects.filter(
        tenant_id=current_tenant_id(), request__public_id=public_id
    )
    return tuple(
        RequestStep(
            number=row.number,
            step=Step(row.step),
            state=RequestState(row.state),
            actor=row.actor,
            at=row.at,
            amount=row.amount,
            role=Role(row.role) if row.role else None,
            note=row.note,
            evidence_id=row.evidence_id,
        )
        for row in rows.order_by("number")
    )


def notes_on(
    buyer_id: int, currency: str, settlement: str, *, on: date
) -> tuple[CurrencyNote, ...]:
    """What to know of the currency of a limit for this buyer, by dated rates of ``on``."""
    owed: dict[str, Decimal] = {}
    for balance in balances_of([buyer_id]):
        owed[balance.currency] = owed.get(balance.currency, Decimal(0)) + balance.net
    table = exchange(on=on)
    asked = {*owed, settlement or currency}
    return currency_notes(
        currency,
        settlement,
        base=current_tenant().base_currency,
        owed=owed,
        convertible=[each for each in asked if _converts(table, each, currency)],
    )


def group_roll_up(group_id: UUID, buyer_ids: Iterable[int], *, at: datetime) -> RollUp:
    """The limits of a group's buyers beside the group's own."""
    wanted = list(buyer_ids)
    found = limits_of(wanted, at=at)
    members = [
        MemberLimit(buyer, found[buyer].currency, found[buyer].amount)
        if buyer in found
        else MemberLimit(buyer, None, None)
        for buyer in wanted
    ]
    return roll_up(members, group_limit_in_force(group_id, at=at))


def _converts(table: ExchangeTable, currency: str, into: str) -> bool:
    try:
        table.convert(Money(Decimal(1), currency), into)
    except (RateMissing, RateStale):
        return False
    return True


def _waits_for(mine: Standing) -> Q:
    roles = [role.value for role in mine.roles]
    return Q(state__in=OPEN, awaiting__in=roles) & ~Q(requester=mine.person)


def _wanted(
    query: str, state: str, mine: Standing | None, sort: str
) -> tuple[QuerySet[models.LimitRequest], str]:
    rows = _rows()
    if query.strip():
        rows = rows.filter(buyer_id__in=parties.matching_ids(query))
    if state == "open":
        rows = rows.filter(state__in=OPEN)
    elif state in set(RequestState):
        rows = rows.filter(state=state)
    if sort.removeprefix("-") not in SORTS:
        sort = BY_DEADLINE
    field, descending = SORTS[sort.removeprefix("-")], sort.startswith("-")
    order = [OrderBy(F(field), descending=descending, nulls_last=True), F("id").desc()]
    if mine is not None and mine.roles:
        first = Case(When(_waits_for(mine), then=Value(True)), default=Value(False))
        first.output_field = BooleanField()
        rows = rows.alias(first=first)
        return rows.order_by(F("first").desc(), *order), sort
    return rows.order_by(*order), sort


def _rows() -> QuerySet[models.LimitRequest]:
    return models.LimitRequest.objects.filter(tenant_id=current_tenant_id())


def request_value(row: models.LimitRequest) -> LimitRequest:
    """A row as the value other contexts see."""
    frozen = None
    if row.recommendation is not None:
        frozen = FrozenRecommendation(row.recommendation, row.recommendation_hash)
    return LimitRequest(
        public_id=row.public_id,
        buyer_id=row.buyer_id,
        group_id=row.group_id,
        kind=LimitKind(row.kind),
        currency=row.currency,
        amount=row.amount,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        reason=row.reason,
        settlement_currency=row.settlement_currency,
        references=references_of(row.references),
        documents=tuple(row.documents),
        recommendation=frozen,
        current_amount=row.current_amount,
        total=row.total,
        grade=row.grade,
        policy_number=row.policy_number,
        requester=row.requester,
        requested_at=row.requested_at,
        state=RequestState(row.state),
        awaiting=Role(row.awaiting) if row.awaiting else None,
        deadline_at=row.deadline_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decided_amount=row.decided_amount,
        conditions=row.conditions,
    )
