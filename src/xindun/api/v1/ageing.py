"""Ageing on any day, worked out from the ledger now: for days that no review stands ready for.

What a reader would get wrong: this computes, where ``/accounts`` reads what a review prepared. It
also answers what was known at an earlier moment.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import operation
from xindun.api.v1.accounts import BucketShape
from xindun.api.v1.documents import day_of
from xindun.api.v1.shapes import Amount, Currency, PageAsked, Paged, Shape, money
from xindun.control.monitoring.values import BUCKET_COLUMNS
from xindun.record.parties.reads import buyers_by_id
from xindun.record.receivables import reads
from xindun.record.tenants.values import Permission

router = Router(tags=["Ageing"])


class AgedShape(Shape):
    """What one customer owes in one currency on the day, by age."""

    customer: UUID
    name: str
    currency: Currency
    open_total: Amount
    buckets: list[BucketShape]
    overdue: Amount
    disputed: Amount
    credits: Amount
    unapplied: Amount
    net: Amount
    oldest_due_on: date | None
    max_days_overdue: int | None


class AgeingPage(Paged):
    """A page of the aged accounts, the largest balance first in each currency."""

    as_of: date
    known_at: datetime | None = Field(description="Null: everything recorded by now.")
    ledger_version: int
    items: list[AgedShape]


class AgeingAsked(PageAsked):
    """The day, and what was known."""

    as_of: date | None = Field(
        None, description="Any day; without one, that of the current review, else today."
    )
    known_at: datetime | None = Field(
        None, description="Only what was recorded by this moment (with a zone, such as Z)."
    )


@router.get("/ageing", response=AgeingPage, summary="Ageing on any day")
@operation(Permission.LEDGER_READ)
def get_ageing(request: HttpRequest, params: Query[AgeingAsked]) -> AgeingPage:
    """The aged accounts on any day, as known now or at an earlier moment."""
    place = place_of("get_ageing", params)
    day = day_of(params.as_of) if place is None else date.fromisoformat(place["day"])
    start = 0 if place is None else int(place["start"])
    known_at = aware(params.known_at)
    table = reads.aged_on(day, known_at=known_at)
    rows = table.slice(start, params.limit + 1).to_pylist()
    shown, following = page_of(
        request,
        "get_ageing",
        params,
        rows,
        lambda _row: {"day": day.isoformat(), "start": start + params.limit},
    )
    names = buyers_by_id(row["buyer_id"] for row in shown)
    return AgeingPage(
        as_of=day,
        known_at=known_at,
        ledger_version=reads.ledger_state().version,
        next=following,
        items=[_aged(row, names) for row in shown if row["buyer_id"] in names],
    )


def aware(moment: datetime | None) -> datetime | None:
    """A moment without a zone is taken as UTC."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)


def _aged(row: dict[str, Any], names: dict[int, Any]) -> AgedShape:
    currency = row["currency"]

    def amount(name: str) -> str:
        return money(Decimal(row[name] or 0), currency)

    buyer = names[row["buyer_id"]]
    plain = ("open_total", "overdue", "disputed", "credits", "unapplied", "net")
    return AgedShape(
        customer=buyer.public_id,
        name=buyer.name,
        currency=currency,
        buckets=[
            BucketShape(label=label, amount=amount(column)) for column, label in BUCKET_COLUMNS
        ],
        oldest_due_on=row["oldest_due_on"],
        max_days_overdue=row["max_days_overdue"],
        **{name: amount(name) for name in plain},
    )
