"""Credit checks and orders: the gate before your ERP.

What a reader would get wrong: a held or refused order is an answer, not an error. And what a web
shop may call is another operation, with a permission of its own, that answers neutral codes.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import Field

from xindun.api.lists import page_of, place_of
from xindun.api.operations import actor_of, operation
from xindun.api.v1.order_shapes import (
    CheckAsked,
    CheckShape,
    ChecksPage,
    HoldsShape,
    OrderAsked,
    OrderShape,
    OrdersPage,
    PartAsked,
    check_shape,
    hold_shape,
    order_shape,
)
from xindun.api.v1.shapes import Asked, PageAsked, Shape
from xindun.control.gate import actions, reads
from xindun.control.gate.values import HoldState
from xindun.record.orders import reads as orders
from xindun.record.orders.values import PartKind
from xindun.record.parties import reads as parties
from xindun.record.tenants.values import Permission

router = Router(tags=["Orders"])


class OrdersAsked(PageAsked):
    """What a list of orders is narrowed to."""

    open: bool = Field(False, description="Only those with something to deliver or to invoice.")


class HoldsAsked(PageAsked):
    """What the worklist is narrowed to."""

    state: Literal["waiting", "released", "refused", "passed", "withdrawn"] | None = Field(
        None, description="Only orders in this state of the worklist."
    )


class CheckoutAsked(Asked):
    """A web shop's question about one order of a business buyer."""

    customer: UUID
    order: OrderAsked


class CheckoutShape(Shape):
    """What a shop may act on and show: whether, never why."""

    code: reads.NeutralCode
    reference: UUID = Field(description="Of the check, for questions to the seller.")


@router.post("/credit-checks", response={201: CheckShape}, summary="Check an order")
@operation(Permission.ORDERS_CHECK)
def post_credit_check(request: HttpRequest, body: CheckAsked) -> Status[CheckShape]:
    """Decide and reserve in one step. The same order again is an amendment and is checked anew."""
    decision = actions.check(
        actor_of(request),
        body.customer,
        body.order.stated(),
        reserve=body.reserve,
        now=timezone.now(),
    )
    return Status(201, check_shape(decision))


@router.post("/checkout-checks", response={201: CheckoutShape}, summary="Check a shop's order")
@operation(Permission.ORDERS_CHECKOUT)
def post_checkout_check(request: HttpRequest, body: CheckoutAsked) -> Status[CheckoutShape]:
    """For web shops: one neutral code, which tells a buyer nothing about limit, grade or cover."""
    decision = actions.check(
        actor_of(request),
        body.customer,
        body.order.stated(),
        needed=Permission.ORDERS_CHECKOUT,
        now=timezone.now(),
    )
    code = reads.neutral(decision.verdict.outcome)
    return Status(201, CheckoutShape(code=code, reference=decision.public_id))


@router.get(
    "/credit-checks/{uuid:check_id}", response=CheckShape, summary="A credit check as it was given"
)
@operation(Permission.ORDERS_READ)
def get_credit_check(request: HttpRequest, check_id: UUID) -> CheckShape:
    """Every rule's figure as it stood at the moment of the decision."""
    return check_shape(reads.decision(check_id))


@router.get(
    "/customers/{uuid:customer_id}/credit-checks",
    response=ChecksPage,
    summary="A customer's credit checks",
)
@operation(Permission.ORDERS_READ)
def list_credit_checks(
    request: HttpRequest, customer_id: UUID, params: Query[PageAsked]
) -> ChecksPage:
    """The newest first."""
    place = place_of("list_credit_checks", params)
    rows = reads.decisions_after(
        parties.buyer(customer_id).id,
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request, "list_credit_checks", params, rows, lambda row: {"row": row[0]}
    )
    return ChecksPage(next=following, items=[check_shape(each) for _row, each in shown])


@router.get(
    "/customers/{uuid:customer_id}/orders", response=OrdersPage, summary="A customer's orders"
)
@operation(Permission.ORDERS_READ)
def list_orders(request: HttpRequest, customer_id: UUID, params: Query[OrdersAsked]) -> OrdersPage:
    """The newest first."""
    place = place_of("list_orders", params)
    rows = orders.orders_of(
        parties.buyer(customer_id).id,
        open_only=params.open,
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(request, "list_orders", params, rows, lambda row: {"row": row.id})
    return OrdersPage(next=following, items=[*map(order_shape, shown)])


@router.get("/orders/{uuid:order_id}", response=OrderShape, summary="An order as it stands")
@operation(Permission.ORDERS_READ)
def get_order(request: HttpRequest, order_id: UUID) -> OrderShape:
    """What is released, delivered, invoiced and in the ledger of it."""
    return order_shape(orders.order(order_id))


@router.post("/orders/{uuid:order_id}/confirm", response=OrderShape, summary="Take an order on")
@operation(Permission.ORDERS_CHECK)
def confirm_order(request: HttpRequest, order_id: UUID) -> OrderShape:
    """A confirmed order keeps its room; one that is only reserved gives it back in time."""
    return order_shape(actions.confirm(actor_of(request), order_id, now=timezone.now()))


@router.post("/orders/{uuid:order_id}/cancel", response=OrderShape, summary="Cancel an order")
@operation(Permission.ORDERS_CHECK)
def cancel_order(request: HttpRequest, order_id: UUID) -> OrderShape:
    """Give back the room of what is not delivered."""
    return order_shape(actions.cancel(actor_of(request), order_id, now=timezone.now()))


@router.post("/orders/{uuid:order_id}/close", response=OrderShape, summary="Close an order")
@operation(Permission.ORDERS_CHECK)
def close_order(request: HttpRequest, order_id: UUID) -> OrderShape:
    """Nothing more will be delivered. To open it again, check it again."""
    return order_shape(actions.close(actor_of(request), order_id, now=timezone.now()))


@router.post(
    "/orders/{uuid:order_id}/deliveries",
    response={201: OrderShape},
    summary="Tell a delivery of an order",
)
@operation(Permission.ORDERS_CHECK)
def post_delivery(request: HttpRequest, order_id: UUID, body: PartAsked) -> Status[OrderShape]:
    """Its amount moves from ordered to delivered. Never refused for credit: the goods are gone."""
    part = body.stated(PartKind.DELIVERY)
    order = actions.tell(actor_of(request), order_id, part, now=timezone.now())
    return Status(201, order_shape(order))


@router.post(
    "/orders/{uuid:order_id}/invoices",
    response={201: OrderShape},
    summary="Tell an invoice of an order",
)
@operation(Permission.ORDERS_CHECK)
def post_order_invoice(request: HttpRequest, order_id: UUID, body: PartAsked) -> Status[OrderShape]:
    """Counts here until the ledger brings the invoice of this number, and there from then on."""
    part = body.stated(PartKind.INVOICE)
    order = actions.tell(actor_of(request), order_id, part, now=timezone.now())
    return Status(201, order_shape(order))


@router.get("/held-orders", response=HoldsShape, summary="List held orders")
@operation(Permission.ORDERS_READ)
def list_held_orders(request: HttpRequest, params: Query[HoldsAsked]) -> HoldsShape:
    """People decide about them on the screens; a program reads what became of them."""
    place = place_of("list_held_orders", params)
    rows = reads.holds_after(
        state=HoldState(params.state) if params.state else None,
        after=None if place is None else place["row"],
        limit=params.limit + 1,
    )
    shown, following = page_of(
        request, "list_held_orders", params, rows, lambda row: {"row": row[0]}
    )
    buyers = parties.buyers_by_id(hold.buyer_id for _row, hold in shown)
    return HoldsShape(
        next=following,
        items=[hold_shape(hold, buyers[hold.buyer_id].public_id) for _row, hold in shown],
    )
