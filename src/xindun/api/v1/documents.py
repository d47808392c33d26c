"""Documents of the ledger: invoices, credit notes, receipts and the rest, with what is open.

What a reader would get wrong: ``open_amount`` is counted from the ledger as it stands now, up to
``as_of``. A document that comes with tomorrow's import and is dated yesterday changes it.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import BaseModel, Field

from xindun.api.lists import narrowed, page_of, place_of, sparse
from xindun.api.operations import operation
from xindun.api.v1.shapes import (
    Amount,
    Currency,
    Narrowed,
    PageAsked,
    Paged,
    Shape,
    money,
)
from xindun.control.monitoring.reads import current_run
from xindun.record.parties import reads as parties
from xindun.record.receivables import reads
from xindun.record.receivables.values import LedgerDocument, Movement
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Permission

router = Router(tags=["Documents"])


class DocumentKind(StrEnum):
    """What a document is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    RECEIPT = "receipt"
    UNBILLED_DELIVERY = "unbilled_delivery"
    RETENTION = "retention"


class IssueSort(StrEnum):
    """The order of one customer's documents."""

    NEWEST = "-issued_on"
    OLDEST = "issued_on"


class DocumentShape(Shape):
    """A document with what is open of it."""

    id: UUID
    customer: UUID
    customer_name: str
    kind: DocumentKind
    number: str | None
    currency: Currency
    amount: Amount
    open_amount: Amount
    issued_on: date
    due_on: date | None
    original_due_on: date | None = Field(description="Before it was moved, where it was.")
    due_derived: bool = Field(description="Whether the due date was worked out from terms.")
    days_overdue: int | None = Field(description="Null when nothing is open or nothing due.")
    settled_on: date | None
    disputed: bool
    contract: str | None
    recorded_at: datetime


class DocumentsPage(Paged):
    """A page of documents."""

    as_of: date
    ledger_version: int
    items: list[DocumentShape]


class MovementShape(Shape):
    """One settlement of a document; a superseded one was corrected later."""

    kind: str
    currency: Currency
    amount: Amount
    effective_on: date
    cleared_on: date | None
    matures_on: date | None
    dishonoured_on: date | None
    derived: bool = Field(description="Whether it was worked out, oldest due first.")
    source_number: str | None = Field(description="The receipt's or credit note's number.")
    recorded_at: datetime
    superseded_at: datetime | None


class DocumentFile(DocumentShape):
    """A document with everything that happened to it."""

    as_of: date
    ledger_version: int
    movements: list[MovementShape]


class DayOfLedger(Schema):
    """The day that what is open is counted of."""

    as_of: date | None = Field(
        None, description="Any day; without one, that of the current review, else today."
    )


class DocumentsAsked(PageAsked, DayOfLedger, Narrowed):
    """What the list is narrowed to."""

    kind: DocumentKind | None = Field(None, description="Only documents of this kind.")
    currency: str | None = Field(None, min_length=3, max_length=3, description="ISO 4217 code.")
    open: bool | None = Field(None, description="True: only documents with something open.")


class CustomerDocumentsAsked(DocumentsAsked):
    """The same, with an order."""

    sort: IssueSort = Field(IssueSort.NEWEST, description="A leading - is descending.")


@router.get("/documents", response=DocumentsPage, summary="List all documents")
@operation(Permission.LEDGER_READ, sparse=True)
def list_documents(request: HttpRequest, params: Query[DocumentsAsked]) -> BaseModel | HttpResponse:
    """Every document of the ledger, for programs that copy it; their order says nothing."""
    names = narrowed(DocumentShape, params.fields)
    place = place_of("list_documents", params)
    day = day_of(params.as_of) if place is None else date.fromisoformat(place["day"])
    rows = reads.documents_after(
        as_of=day,
        kinds=None if params.kind is None else (params.kind.value,),
        currency=params.currency,
        open_only=bool(params.open),
        after=None if place is None else UUID(place["key"]),
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request,
        "list_documents",
        params,
        rows,
        lambda row: {"day": day.isoformat(), "key": str(row.key)},
    )
    return sparse(_page(day, following, shown), names)


@router.get(
    "/customers/{uuid:customer_id}/documents",
    response=DocumentsPage,
    summary="A customer's documents",
)
@operation(Permission.LEDGER_READ, sparse=True)
def list_customer_documents(
    request: HttpRequest, customer_id: UUID, params: Query[CustomerDocumentsAsked]
) -> BaseModel | HttpResponse:
    """One customer's documents by their day of issue."""
    names = narrowed(DocumentShape, params.fields)
    buyer = parties.buyer(customer_id)
    name = f"list_customer_documents {customer_id}"
    place = place_of(name, params)
    day = day_of(params.as_of) if place is None else date.fromisoformat(place["day"])
    rows = reads.documents_of_buyer_after(
        buyer.id,
        as_of=day,
        kinds=None if params.kind is None else (params.kind.value,),
        currency=params.currency,
        open_only=bool(params.open),
        descending=params.sort is IssueSort.NEWEST,
        after=None if place is None else (date.fromisoformat(place["on"]), place["item"]),
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request,
        name,
        params,
        rows,
        lambda found: {
            "day": day.isoformat(),
            "on": found.row.issued_on.isoformat(),
            "item": found.row.item_id,
        },
    )
    return sparse(_page(day, following, shown), names)


@router.get("/documents/{uuid:document_id}", response=DocumentFile, summary="One document")
@operation(Permission.LEDGER_READ)
def get_document(
    request: HttpRequest, document_id: UUID, params: Query[DayOfLedger]
) -> DocumentFile:
    """A document with every movement of it, corrected ones included."""
    day = day_of(params.as_of)
    found = reads.document_of(document_id, as_of=day)
    return DocumentFile(
        **document_shape(found).model_dump(),
        as_of=day,
        ledger_version=reads.ledger_state().version,
        movements=[
            movement_shape(each, found.row.currency)
            for each in reads.movements_of(found.row.item_id)
        ],
    )


def day_of(asked: date | None) -> date:
    """The day asked for, else that of the current review, else the company's today."""
    if asked is not None:
        return asked
    run = current_run()
    return company_day(timezone.now()) if run is None else run.as_of


def document_shape(found: LedgerDocument) -> DocumentShape:
    """A document as the interface tells it."""
    row = found.row
    return DocumentShape(
        id=found.key,
        customer=found.buyer_public_id,
        customer_name=found.buyer_name,
        kind=DocumentKind(row.kind),
        number=row.number,
        currency=row.currency,
        amount=money(row.amount, row.currency),
        open_amount=money(row.open_amount, row.currency),
        issued_on=row.issued_on,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        due_derived=row.due_derived,
        days_overdue=row.days_overdue,
        settled_on=row.settled_on,
        disputed=row.disputed,
        contract=row.contract,
        recorded_at=found.recorded_at,
    )


def movement_shape(each: Movement, currency: str) -> MovementShape:
    """A movement as the interface tells it."""
    return MovementShape(
        kind=each.kind,
        currency=currency,
        amount=money(each.amount, currency),
        effective_on=each.effective_on,
        cleared_on=each.cleared_on,
        matures_on=each.matures_on,
        dishonoured_on=each.dishonoured_on,
        derived=each.derived,
        source_number=each.source_number,
        recorded_at=each.recorded_at,
        superseded_at=each.superseded_at,
    )


def _page(day: date, following: str | None, shown: list[LedgerDocument]) -> DocumentsPage:
    return DocumentsPage(
        as_of=day,
        ledger_version=reads.ledger_state().version,
        next=following,
        items=[*map(document_shape, shown)],
    )
