"""Customers, and of each: accounts, grades with reasons, limits with formulas, payment behaviour.

What a reader would get wrong: a customer of a later import than the review has no accounts yet;
that is an empty list, not an error.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import BaseModel, Field

from xindun.api.lists import narrowed, page_of, place_of, sparse
from xindun.api.operations import operation
from xindun.api.problems import NoRunYet
from xindun.api.v1.accounts import AccountShape, account_shape
from xindun.api.v1.shapes import (
    Currency,
    Narrowed,
    PageAsked,
    Paged,
    Shape,
    Stamp,
    stamp_of,
)
from xindun.control.monitoring import reads
from xindun.control.monitoring.values import AccountFile, BuyerFile
from xindun.record.parties import reads as parties
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants.values import Permission

router = Router(tags=["Customers"])


class CustomerShape(Shape):
    """A customer as one of the company's sources names it."""

    id: UUID
    name: str
    country: str | None
    source: str = Field(description="The name of the system that the customer comes from.")
    number: str = Field(description="The customer's number in that system.")


class CustomersPage(Paged):
    """A page of customers."""

    items: list[CustomerShape]


class CustomersAsked(PageAsked, Narrowed):
    """What the list is narrowed to."""

    q: str | None = Field(
        None, max_length=200, description="Part of the name in either script, pinyin or number."
    )
    country: str | None = Field(None, min_length=2, max_length=2, description="ISO 3166-1 code.")


class DayAsked(Schema):
    """The day that figures are asked for."""

    as_of: date | None = Field(None, description="A day that a review stands ready for.")


class CustomerFile(CustomerShape):
    """A customer with all its accounts."""

    grade: int | None = Field(description="The worst of its accounts' grades.")
    review: Stamp | None = Field(description="Null before the first review.")
    accounts: list[AccountShape]


class Behaviour(Shape):
    """How an account pays: the engine's measures by their names, figures as text."""

    currency: Currency
    measures: dict[str, Any]


class BehavioursPage(Shape):
    """Payment behaviour, one entry an account."""

    review: Stamp
    items: list[Behaviour]


@router.get("/customers", response=CustomersPage, summary="List customers")
@operation(Permission.PORTFOLIO_READ, sparse=True)
def list_customers(request: HttpRequest, params: Query[CustomersAsked]) -> BaseModel | HttpResponse:
    """Every customer in the order of their names; Chinese names stand by their pinyin."""
    names = narrowed(CustomerShape, params.fields)
    place = place_of("list_customers", params)
    rows = parties.buyers_after(
        (params.q or "").replace("\x00", ""),
        country=params.country,
        after=None if place is None else (place["key"], place["row"]),
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request,
        "list_customers",
        params,
        rows,
        lambda row: {"key": row.sort_key, "row": row.id},
    )
    return sparse(CustomersPage(next=following, items=[*map(customer_shape, shown)]), names)


@router.get("/customers/{uuid:customer_id}", response=CustomerFile, summary="One customer")
@operation(Permission.PORTFOLIO_READ)
def get_customer(request: HttpRequest, customer_id: UUID, params: Query[DayAsked]) -> CustomerFile:
    """A customer with its accounts as the current review, or that of a day, found them."""
    buyer = parties.buyer(customer_id)
    found = reads.buyer_file(customer_id, as_of=params.as_of)
    return CustomerFile(
        **customer_shape(buyer).model_dump(),
        grade=None if found is None else found.grade,
        review=None if found is None else stamp_of(found.run, stale=found.stale),
        accounts=[account_shape(each.row) for each in found.accounts] if found else [],
    )


@router.get(
    "/customers/{uuid:customer_id}/behaviour",
    response=BehavioursPage,
    summary="How a customer pays",
)
@operation(Permission.PORTFOLIO_READ)
def get_behaviour(
    request: HttpRequest, customer_id: UUID, params: Query[DayAsked]
) -> BehavioursPage:
    """Rolling windows, volatility, terms and further measures of each account."""
    found = file_of(customer_id, params.as_of)
    return BehavioursPage(
        review=stamp_of(found.run, stale=found.stale), items=[*map(_behaviour, found.accounts)]
    )


def file_of(customer_id: UUID, as_of: date | None) -> BuyerFile:
    """A customer's credit file.

    Raises:
        UnknownBuyer: this company has no such customer.
        NoRunYet: nothing was reviewed yet.
    """
    found = reads.buyer_file(customer_id, as_of=as_of)
    if found is None:
        raise NoRunYet
    return found


def customer_shape(buyer: BuyerValue) -> CustomerShape:
    """A customer as the interface tells it."""
    return CustomerShape(
        id=buyer.public_id,
        name=buyer.name,
        country=buyer.country,
        source=buyer.source,
        number=buyer.buyer_key,
    )


def _behaviour(account: AccountFile) -> Behaviour:
    measures = {
        name: value if value is None or isinstance(value, bool | int) else str(value)
        for name, value in sorted(account.behaviour.items())
    }
    return Behaviour(currency=account.row.currency, measures=measures)
