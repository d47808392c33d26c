"""Tell a delivery or an invoice of an order: facts, which nobody may hold up."""

from __future__ import annotations

from datetime import datetime

from xindun.kit.tenancy import current_tenant_id
from xindun.record.orders import reads
from xindun.record.orders.actions.store import store
from xindun.record.orders.models import OrderPart
from xindun.record.orders.rules import OrderPartDiffers, check_amount, with_part
from xindun.record.orders.values import Order, Part, PartKind, Verb


def tell_part(order: Order, part: Part, *, actor: str, now: datetime) -> Order:
    """Add a part; the same one told again changes nothing.

    Raises:
        OrderPartDiffers: the number was told before with another amount.
        BadOrder: the amount is none.
    """
    check_amount(part.kind.value, part.amount)
    told = {(each.kind, each.number): each for each in reads.parts_of(order.id)}
    before = told.get((part.kind, part.number))
    if before is not None:
        if before.amount != part.amount:
            raise OrderPartDiffers(
                kind=part.kind.value, number=part.number, amount=f"{before.amount:f}"
            )
        return order
    OrderPart.objects.create(
        tenant_id=current_tenant_id(),
        order_id=order.id,
        kind=part.kind.value,
        number=part.number,
        amount=part.amount,
        happened_on=part.happened_on,
        in_ledger=part.in_ledger,
        told_at=now,
    )
    verb = Verb.DELIVER if part.kind is PartKind.DELIVERY else Verb.INVOICE
    return store(order, with_part(order, part), verb, actor=actor, now=now)
