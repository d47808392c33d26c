"""Accounts: what each customer owes in one currency, as the chosen review found it.

What a reader would get wrong: the grain is customer × currency, so a customer who trades in two
currencies has two accounts. Grade 1 is best and 10 worst; a health score of 100 is best.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from xindun.api.lists import narrowed, page_of, place_of, sparse
from xindun.api.operations import operation
from xindun.api.problems import CursorExpired, NoRunYet
from xindun.api.v1.shapes import (
    Amount,
    Currency,
    Figure,
    Narrowed,
    PageAsked,
    Paged,
    Shape,
    Stamp,
    figure_or_none,
    money,
    money_or_none,
    stamp_of,
)
from xindun.control.monitoring import reads
from xindun.control.monitoring.values import SORTS, BuyerFilters, BuyerRow, Run
from xindun.record.tenants.values import Permission

router = Router(tags=["Accounts"])

DIRECTIONS = (("", ""), ("-", "_down"))
AccountSort = StrEnum(  # type: ignore[misc]
    "AccountSort",
    {f"{name}{ending}": f"{sign}{name}" for name in SORTS for sign, ending in DIRECTIONS},
)
AMOUNTS = (
    *("open_total", "overdue", "disputed", "under_bills", "credits"),
    *("unapplied", "unbilled", "net"),
)
FIGURES = (
    *("share_of_open", "health_score", "payment_index", "days_beyond_terms"),
    *("on_time_ratio", "trend_days"),
)
PLAIN = (
    *("name", "country", "currency", "oldest_due_on", "max_days_overdue", "open_items"),
    *("grade", "not_rated_reason", "confidence", "limit_binding"),
)


class BucketShape(Shape):
    """An ageing bucket: days past due, and the amount in it."""

    label: str = Field(examples=["1-30"])
    amount: Amount


class AccountShape(Shape):
    """One account: a customer in one currency."""

    id: str = Field(description="Customer and currency; unique within a review.")
    customer: UUID
    name: str
    country: str | None
    currency: Currency
    open_total: Amount
    buckets: list[BucketShape] = Field(description="Their sum is `open_total`.")
    overdue: Amount
    disputed: Amount
    under_bills: Amount = Field(description="Covered by bills that have not matured.")
    credits: Amount
    unapplied: Amount = Field(description="Receipts that are not applied to an invoice.")
    unbilled: Amount
    net: Amount = Field(description="`open_total` less `credits` and `unapplied`.")
    oldest_due_on: date | None
    max_days_overdue: int | None
    open_items: int
    share_of_open: Figure | None
    grade: int | None = Field(description="1 is best, 10 worst; null where not rated.")
    not_rated_reason: str | None
    health_score: Figure | None = Field(description="0 to 100, 100 is best.")
    payment_index: Figure | None
    days_beyond_terms: Figure | None
    on_time_ratio: Figure | None
    trend_days: Figure | None = Field(description="Above zero: the customer is getting slower.")
    confidence: str | None
    limit_recommended: Amount | None
    limit_binding: str | None = Field(description="The code of the formula that decided.")
    over_limit: Amount | None


class AccountsPage(Paged):
    """A page of accounts, all of one review."""

    review: Stamp
    items: list[AccountShape]


class AccountsAsked(PageAsked, Narrowed):
    """What the list is narrowed to; everything that is given must hold."""

    as_of: date | None = Field(None, description="A day that a review stands ready for.")
    q: str | None = Field(
        None, max_length=200, description="Part of the name in either script, pinyin or number."
    )
    currency: str | None = Field(None, min_length=3, max_length=3, description="ISO 4217 code.")
    country: str | None = Field(None, min_length=2, max_length=2, description="ISO 3166-1 code.")
    grade: int | None = Field(None, ge=1, le=10, description="Only this grade.")
    rated: bool | None = Field(None, description="Only graded accounts, or only those not rated.")
    overdue: bool | None = Field(None, description="True: only accounts with something overdue.")
    over_limit: bool | None = Field(None, description="True: only above the recommended limit.")
    min_days_overdue: int | None = Field(
        None, ge=0, le=36500, description="Oldest debt overdue by at least so many days."
    )
    sort: AccountSort = Field(
        AccountSort("-overdue"), description="A leading - is descending; unknown values come last."
    )


@router.get("/accounts", response=AccountsPage, summary="List accounts")
@operation(Permission.PORTFOLIO_READ, sparse=True)
def list_accounts(request: HttpRequest, params: Query[AccountsAsked]) -> BaseModel | HttpResponse:
    """Every account with its ageing, payment behaviour, grade and recommended limit.

    All pages of a walk are of the review that the first page was of.
    """
    names = narrowed(AccountShape, params.fields)
    place = place_of("list_accounts", params)
    run = run_of(params.as_of) if place is None else pinned(place)
    rows = reads.accounts_after(
        run,
        filters_of(params),
        sort=params.sort.value,
        after=None if place is None else (place["value"], place["row"]),
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request,
        "list_accounts",
        params,
        rows,
        lambda row: {"run": str(run.run_id), "value": row[1][0], "row": row[1][1]},
    )
    page = AccountsPage(
        next=following,
        review=stamp_of(run, stale=reads.is_stale(run)),
        items=[account_shape(row) for row, _place in shown],
    )
    return sparse(page, names)


def run_of(as_of: date | None) -> Run:
    """The current review, or the newest one of a day.

    Raises:
        NoRunYet: there is none.
    """
    run = reads.current_run(as_of=as_of)
    if run is None:
        raise NoRunYet
    return run


def pinned(place: dict[str, Any]) -> Run:
    """The review that a walk was begun with.

    Raises:
        CursorExpired: its accounts are no longer kept.
    """
    run = reads.run_of(UUID(place["run"]))
    if not reads.has_snapshots(run):
        raise CursorExpired
    return run


def filters_of(asked: AccountsAsked) -> BuyerFilters:
    """The filters of the record."""
    return BuyerFilters(
        query=(asked.q or "").replace("\x00", ""),
        currency=asked.currency,
        country=asked.country,
        grades=() if asked.grade is None else (asked.grade,),
        rated=asked.rated,
        overdue_only=bool(asked.overdue),
        over_limit_only=bool(asked.over_limit),
        min_days_overdue=asked.min_days_overdue,
    )


def account_shape(row: BuyerRow) -> AccountShape:
    """An account as the interface tells it."""
    told: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    told |= {name: money(getattr(row, name), row.currency) for name in AMOUNTS}
    told |= {name: figure_or_none(getattr(row, name)) for name in FIGURES}
    return AccountShape(
        id=f"{row.buyer_public_id}-{row.currency}",
        customer=row.buyer_public_id,
        buckets=[
            BucketShape(label=each.label, amount=money(each.amount, row.currency))
            for each in row.buckets
        ],
        limit_recommended=money_or_none(row.limit_recommended, row.currency),
        over_limit=money_or_none(row.over_limit, row.currency),
        **told,
    )
