"""What screenings found, and whether a customer may buy on open account by the checklist.

What a reader would get wrong: a hit is not a verdict. It is open until two people have cleared or
confirmed it, which happens on the screens; a program reads what they decided.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import operation
from xindun.api.v1.shapes import PageAsked, Paged, Shape
from xindun.kernel.money import Money
from xindun.prevention.onboarding.reads import checklist
from xindun.prevention.onboarding.values import Line
from xindun.record.parties import reads as parties
from xindun.record.screening import reads
from xindun.record.screening.values import Hit, HitState
from xindun.record.tenants.reads import company_day, current_tenant
from xindun.record.tenants.values import Permission

router = Router(tags=["Screening"])


class ComparedShape(Shape):
    """One field of the explanation; the points of all fields add up to the hit's."""

    field: str
    ours: str
    theirs: str
    points: int


class HitShape(Shape):
    """A company, owner, officer or bank that is like an entry of a list."""

    id: UUID
    company: UUID = Field(description="The company file that was screened.")
    company_name: str
    compared: str = Field(description="party, owner, officer or bank.")
    name: str = Field(description="The name of ours that was compared.")
    list_code: str = Field(description="ofac, un, eu, uk or watch.")
    entry: str = Field(description="The publisher's own number of the entry.")
    points: int = Field(description="How alike, of 100.")
    state: str = Field(description="open, cleared, confirmed or superseded.")
    found_at: datetime
    decided_at: datetime | None
    fields: list[ComparedShape]


class HitsPage(Paged):
    """A page of hits, the newest first."""

    items: list[HitShape]


class HitsAsked(PageAsked):
    """What the list is narrowed to."""

    state: Literal["open", "cleared", "confirmed", "superseded"] | None = Field(
        None, description="Only hits in this state."
    )


class LineShape(Shape):
    """One item of the checklist."""

    item: str
    state: str = Field(description="done, missing, stale, refused, waived or not_needed.")
    why: str = Field(description="A code that says why.")
    dated_on: date | None = Field(description="The day of what is on file.")
    good_until: date | None = Field(description="The last day on which it counts; null for always.")


class ChecksShape(Shape):
    """A customer's checklist as of today, and where its company stands with the lists."""

    state: str = Field(description="not_started, missing, complete or waived.")
    passes: bool = Field(description="Whether it may buy on open account, by the checklist.")
    version: int = Field(description="Of the company's checklist; 0 is the default.")
    as_of: date
    standing: str | None = Field(
        description="confirmed, open, not_screened, outdated or clear; null without a company file."
    )
    items: list[LineShape]


class ChecksAsked(Schema):
    """For which amount."""

    amount: Decimal | None = Field(
        None,
        ge=0,
        max_digits=18,
        decimal_places=4,
        description="In the company's base currency; without it every item counts.",
    )


@router.get("/screening/hits", response=HitsPage, summary="List screening hits")
@operation(Permission.FILES_READ)
def list_hits(request: HttpRequest, params: Query[HitsAsked]) -> HitsPage:
    """Every hit with its explanation, the newest first."""
    place = place_of("list_hits", params)
    rows = reads.hits_after(
        state=HitState(params.state) if params.state else None,
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(request, "list_hits", params, rows, lambda row: {"row": row[0]})
    return HitsPage(next=following, items=[_hit(hit) for _row, hit in shown])


@router.get("/screening/hits/{uuid:hit_id}", response=HitShape, summary="One screening hit")
@operation(Permission.FILES_READ)
def get_hit(request: HttpRequest, hit_id: UUID) -> HitShape:
    """A hit with its explanation."""
    return _hit(reads.hit(hit_id))


@router.get(
    "/customers/{uuid:customer_id}/checks", response=ChecksShape, summary="A customer's checklist"
)
@operation(Permission.FILES_READ)
def get_checks(request: HttpRequest, customer_id: UUID, params: Query[ChecksAsked]) -> ChecksShape:
    """What is on file, what is missing, and whether the customer passes."""
    buyer, tenant, now = parties.buyer(customer_id), current_tenant(), timezone.now()
    today = company_day(now)
    amount = None if params.amount is None else Money(params.amount, tenant.base_currency)
    found = checklist(buyer.id, amount, as_of=today, known_at=now)
    party = parties.party_of(buyer.id)
    return ChecksShape(
        state=found.state.value,
        passes=found.passes,
        version=found.version,
        as_of=found.as_of,
        standing=reads.standing(party.id, now).state.value if party else None,
        items=[_line(each) for each in found.lines],
    )


def _hit(hit: Hit) -> HitShape:
    return HitShape(
        id=hit.public_id,
        company=hit.party,
        company_name=hit.party_name,
        compared=hit.role.value,
        name=hit.subject,
        list_code=hit.list.value,
        entry=hit.entry.key,
        points=hit.points,
        state=hit.state.value,
        found_at=hit.found_at,
        decided_at=hit.decided_at,
        fields=[
            ComparedShape(field=each.field, ours=each.ours, theirs=each.theirs, points=each.points)
            for each in hit.fields
        ],
    )


def _line(line: Line) -> LineShape:
    return LineShape(
        item=line.item.value,
        state=line.state.value,
        why=line.why.value,
        dated_on=line.dated_on,
        good_until=line.good_until,
    )
