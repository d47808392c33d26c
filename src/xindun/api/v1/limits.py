"""Limits: what counts at a moment, how it came about, requests and their decision.

What a reader would get wrong: a key decides in the name of whoever made it. It needs the scope
``limits.decide``, its maker's role needs the authority, and its maker's own requests wait for
somebody else.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import AwareDatetime, Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import actor_of, operation
from xindun.api.v1.shapes import (
    Amount,
    Asked,
    Currency,
    PageAsked,
    Paged,
    Shape,
    money,
    money_or_none,
)
from xindun.prevention.limits import actions, reads
from xindun.prevention.limits.values import (
    GrantedLimit,
    LimitKind,
    LimitRequest,
    NewRequest,
    Pays,
    RequestStep,
    TradeReference,
    in_force,
)
from xindun.record.parties import reads as parties
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Permission

router = Router(tags=["Limits"])
Given = Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4)]
States = Literal[
    "requested",
    "recommended",
    "approved",
    "partly_approved",
    "refused",
    "taken_back",
    "effective",
    "reviewed",
    "reduced",
    "withdrawn",
    "expired",
    "replaced",
]


class GrantedShape(Shape):
    """A decision on a limit."""

    id: UUID
    kind: str = Field(description="permanent, temporary or insured.")
    change: str = Field(description="granted, reviewed, reduced or withdrawn.")
    amount: Amount
    currency: Currency
    valid_from: datetime
    valid_until: datetime | None = Field(description="Null: until another decision.")
    next_review_on: date | None
    conditions: str
    decided_at: datetime
    request: UUID | None
    policy: int | None = Field(description="Version of the credit policy; 0 is the default.")
    evidence: UUID


class SideShape(Shape):
    """The limits of a customer, or of its group, at a moment."""

    amount: Amount | None = Field(
        description="Permanent and temporary together; null without one, 0 when withdrawn."
    )
    currency: Currency | None
    permanent: GrantedShape | None
    temporary: GrantedShape | None
    insured: GrantedShape | None = Field(description="As the insurer stated it.")


class CustomerLimitShape(Shape):
    """A customer's limits at a moment, side by side."""

    customer: UUID
    at: datetime
    known_at: datetime
    own: SideShape
    group: SideShape | None = Field(description="Null where no group is known.")


class LimitAsked(Schema):
    """The moment that is asked for."""

    at: AwareDatetime | None = Field(None, description="Now where it is left out.")
    known_at: AwareDatetime | None = Field(
        None, description="By what was decided until then; `at` where it is left out."
    )


class HistoryShape(Shape):
    """Every decision on a customer's limits, the newest first; at most 500."""

    items: list[GrantedShape]


class ReferenceShape(Shape):
    """What another supplier says of the customer."""

    supplier: str
    pays: str
    highest_credit: Amount | None
    currency: str
    terms_days: int | None


class RequestShape(Shape):
    """A request for a limit as it stands."""

    id: UUID
    customer: UUID
    for_group: bool
    kind: str
    amount: Amount
    currency: Currency
    total: Amount = Field(description="The own limit if all of it is granted.")
    current: Amount | None = Field(description="The own limit when it was requested.")
    starts_at: datetime | None
    ends_at: datetime | None
    reason: str
    settlement_currency: str = Field(description="Empty for the limit's own.")
    references: list[ReferenceShape]
    documents: list[UUID]
    grade: int | None
    recommendation: dict[str, Any] | None = Field(
        description="Every formula as it stood when the limit was requested; `binding` decided."
    )
    recommendation_hash: str | None
    state: States
    awaiting: str | None = Field(description="The role that it waits for.")
    deadline_at: datetime | None
    requested_at: datetime
    decided_at: datetime | None
    granted: Amount | None
    conditions: str
    policy: int


class StepShape(Shape):
    """A step of a request."""

    step: str
    state: States
    at: datetime
    amount: Amount | None
    role: str | None
    note: str
    evidence: UUID


class RequestDetail(RequestShape):
    """A request with its steps."""

    steps: list[StepShape]


class RequestsPage(Paged):
    """A page of requests, the newest first."""

    items: list[RequestShape]


class RequestsAsked(PageAsked):
    """What the list is narrowed to."""

    state: States | None = Field(None, description="Only requests in this state.")


class ReferenceAsked(Asked):
    """What another supplier, a company, says of the customer."""

    supplier: str = Field(min_length=1, max_length=200)
    pays: Literal["in_time", "late", "not"]
    highest_credit: Given | None = None
    currency: str = Field("", max_length=3)
    terms_days: int | None = Field(None, ge=0, le=3650)


class RequestAsked(Asked):
    """A credit application."""

    kind: Literal["permanent", "temporary"]
    amount: Given
    currency: Currency
    reason: str = Field(min_length=1, max_length=2000)
    for_group: bool = Field(False, description="For the customer's whole group.")
    starts_on: date | None = Field(None, description="At once where it is left out.")
    ends_on: date | None = Field(None, description="The last day; a temporary limit needs one.")
    settlement_currency: str = Field("", max_length=3)
    references: list[ReferenceAsked] = Field(default=[], max_length=5)
    documents: list[UUID] = Field(default=[], max_length=50)


class DecisionAsked(Asked):
    """A decision on a request."""

    decision: Literal["approve", "refuse"]
    amount: Given | None = Field(None, description="Less than requested grants a part.")
    conditions: str = Field("", max_length=2000)
    reason: str = Field("", max_length=2000)


@router.get(
    "/customers/{uuid:customer_id}/limit",
    response=CustomerLimitShape,
    summary="A customer's limits",
)
@operation(Permission.PORTFOLIO_READ)
def get_limit(
    request: HttpRequest, customer_id: UUID, params: Query[LimitAsked]
) -> CustomerLimitShape:
    """What counted at a moment, by what was known at another; also for the customer's group."""
    buyer, now = parties.buyer(customer_id), timezone.now()
    at = params.at or now
    known_at = params.known_at or at
    group = _group_of(buyer.id, at, known_at)
    rows = reads.limits_for_gate(buyer.id, group, at=at, known_at=known_at)
    return CustomerLimitShape(
        customer=customer_id,
        at=at,
        known_at=known_at,
        own=_side([row for row in rows if row.group_id is None]),
        group=None if group is None else _side([row for row in rows if row.group_id is not None]),
    )


@router.get(
    "/customers/{uuid:customer_id}/limit-history",
    response=HistoryShape,
    summary="The history of a customer's limits",
)
@operation(Permission.PORTFOLIO_READ)
def get_limit_history(request: HttpRequest, customer_id: UUID) -> HistoryShape:
    """Every decision, also those that count no longer."""
    found = reads.granted_history(parties.buyer(customer_id).id)
    return HistoryShape(items=[_granted(row) for row in found])


@router.post(
    "/customers/{uuid:customer_id}/limit-requests",
    response={201: RequestShape},
    summary="Request a limit",
)
@operation(Permission.LIMITS_REQUEST)
def request_a_limit(
    request: HttpRequest, response: HttpResponse, customer_id: UUID, body: RequestAsked
) -> Status[RequestShape]:
    """The request freezes the recommendation of this moment and waits for the least authority."""
    now = timezone.now()
    new = NewRequest(
        kind=LimitKind(body.kind),
        currency=body.currency,
        amount=body.amount,
        reason=body.reason,
        for_group=body.for_group,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        settlement_currency=body.settlement_currency,
        references=tuple(
            TradeReference(
                each.supplier,
                Pays(each.pays),
                each.highest_credit,
                each.currency or body.currency,
                each.terms_days,
            )
            for each in body.references
        ),
        documents=tuple(body.documents),
    )
    today = company_day(now)
    made = actions.request_limit(actor_of(request), customer_id, new, today=today, now=now)
    response.headers["Location"] = f"/api/v1/limit-requests/{made.public_id}"
    return Status(201, RequestShape(**_request(made)))


@router.get("/limit-requests", response=RequestsPage, summary="List requests for limits")
@operation(Permission.PORTFOLIO_READ)
def list_limit_requests(request: HttpRequest, params: Query[RequestsAsked]) -> RequestsPage:
    """Requests of all customers, the newest first."""
    place = place_of("list_limit_requests", params)
    rows = reads.requests_after(
        state=params.state,
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request, "list_limit_requests", params, rows, lambda row: {"row": row[0]}
    )
    return RequestsPage(
        next=following, items=[RequestShape(**_request(each)) for _row, each in shown]
    )


@router.get(
    "/limit-requests/{uuid:request_id}", response=RequestDetail, summary="One request for a limit"
)
@operation(Permission.PORTFOLIO_READ)
def get_limit_request(request: HttpRequest, request_id: UUID) -> RequestDetail:
    """A request with its steps, each with its evidence."""
    return _detail(reads.limit_request(request_id))


@router.post(
    "/limit-requests/{uuid:request_id}/decision",
    response=RequestDetail,
    summary="Decide a request for a limit",
)
@operation(Permission.LIMITS_DECIDE)
def decide_limit_request(
    request: HttpRequest, request_id: UUID, body: DecisionAsked
) -> RequestDetail:
    """By the authority of whoever made the key, and never on that person's own request."""
    actor, now = actor_of(request), timezone.now()
    if body.decision == "refuse":
        return _detail(actions.refuse(actor, request_id, said=body.reason, now=now))
    done = actions.approve(
        actor,
        request_id,
        amount=body.amount,
        conditions=body.conditions,
        said=body.reason,
        now=now,
    )
    return _detail(done)


def _group_of(buyer_id: int, at: datetime, known_at: datetime) -> UUID | None:
    day = company_day(at)
    heads = parties.groups_of_buyers([buyer_id], as_of=day, known_at=known_at)
    head = heads.get(buyer_id)
    if head is None:
        return None
    return head.party.public_id if head.party else head.entity


def _side(rows: list[GrantedLimit]) -> SideShape:
    found = in_force(rows)
    parts = {name: getattr(found, name) for name in ("permanent", "temporary", "insured")}
    return SideShape(
        amount=money_or_none(found.amount, found.currency or "XXX"),
        currency=found.currency,
        **{name: None if row is None else _granted(row) for name, row in parts.items()},
    )


def _granted(row: GrantedLimit) -> GrantedShape:
    return GrantedShape(
        id=row.public_id,
        kind=row.kind.value,
        change=row.change.value,
        amount=money(row.amount, row.currency),
        currency=row.currency,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        next_review_on=row.next_review_on,
        conditions=row.conditions,
        decided_at=row.decided_at,
        request=row.request_id,
        policy=row.policy_number,
        evidence=row.evidence_id,
    )


def _detail(found: LimitRequest) -> RequestDetail:
    steps = [_step(each, found.currency) for each in reads.steps_of(found.public_id)]
    return RequestDetail(**_request(found), steps=steps)


def _request(found: LimitRequest) -> dict[str, Any]:
    shown = found.recommendation
    return {
        "id": found.public_id,
        "customer": parties.buyers_by_id([found.buyer_id])[found.buyer_id].public_id,
        "for_group": found.group_id is not None,
        "kind": found.kind.value,
        "amount": money(found.amount, found.currency),
        "currency": found.currency,
        "total": money(found.total, found.currency),
        "current": money_or_none(found.current_amount, found.currency),
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "reason": found.reason,
        "settlement_currency": found.settlement_currency,
        "references": [_reference(each, found.currency) for each in found.references],
        "documents": list(found.documents),
        "grade": found.grade,
        "recommendation": None if shown is None else dict(shown.body),
        "recommendation_hash": None if shown is None else shown.content_hash,
        "state": found.state.value,
        "awaiting": found.awaiting.value if found.awaiting else None,
        "deadline_at": found.deadline_at,
        "requested_at": found.requested_at,
        "decided_at": found.decided_at,
        "granted": money_or_none(found.decided_amount, found.currency),
        "conditions": found.conditions,
        "policy": found.policy_number,
    }


def _reference(each: TradeReference, currency: str) -> ReferenceShape:
    return ReferenceShape(
        supplier=each.supplier,
        pays=each.pays.value,
        highest_credit=money_or_none(each.highest_credit, each.currency or currency),
        currency=each.currency,
        terms_days=each.terms_days,
    )


def _step(each: RequestStep, currency: str) -> StepShape:
    return StepShape(
        step=each.step.value,
        state=each.state.value,
        at=each.at,
        amount=money_or_none(each.amount, currency),
        role=each.role.value if each.role else None,
        note=each.note,
        evidence=each.evidence_id,
    )
