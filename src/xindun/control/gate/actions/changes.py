"""What happens to an order after its check: taken on, delivered, invoiced, cancelled, closed.

What a reader would get wrong: none of these is checked. Confirming takes on what is reserved, and
a delivery or an invoice is a fact that may not be held up: goods that have left must be invoiced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from xindun.control.gate.actions.keeping import close_hold
from xindun.control.gate.values import HoldState
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.exposure.actions import lock_holders
from xindun.record.orders import actions as orders
from xindun.record.orders import reads
from xindun.record.orders.values import Order, Part, PartKind, Verb
from xindun.record.receivables.reads import known_invoices
from xindun.record.tenants.values import Actor, Permission


def confirm(actor: Actor, order_id: UUID, *, now: datetime) -> Order:
    """Take on a reserved order, which does not expire from then on; again does nothing.

    Raises:
        NotPermitted, UnknownOrder, WrongOrderStep: as named; a reservation whose time is over has
            to be checked again.
    """

    def confirmed(order: Order) -> Order:
        if order.confirmed:
            return order
        if reads.is_expired(order, now):
            raise orders.WrongOrderStep(number=order.number, state="expired", verb="confirm")
        return orders.move(order, Verb.CONFIRM, actor=actor.name, now=now)

    return _change(actor, order_id, Verb.CONFIRM, confirmed, now=now)


def cancel(actor: Actor, order_id: UUID, *, now: datetime) -> Order:
    """Drop what is not delivered of an order."""
    return _end(actor, order_id, Verb.CANCEL, now=now)


def close(actor: Actor, order_id: UUID, *, now: datetime) -> Order:
    """Say that nothing more will be delivered of an order."""
    return _end(actor, order_id, Verb.CLOSE, now=now)


def tell(actor: Actor, order_id: UUID, part: Part, *, now: datetime) -> Order:
    """Note a delivery or an invoice; also of an order that is held, because the goods are gone.

    An invoice that the ledger holds already counts there alone.

    Raises:
        NotPermitted, UnknownOrder, BadOrder, OrderPartDiffers: as named.
    """

    def told(order: Order) -> Order:
        known = part.kind is PartKind.INVOICE and known_invoices([(order.buyer_id, part.number)])
        whole = replace(part, in_ledger=bool(known))
        return orders.tell_part(order, whole, actor=actor.name, now=now)

    verb = Verb.DELIVER if part.kind is PartKind.DELIVERY else Verb.INVOICE
    said: dict[str, Plain] = {"amount": f"{part.amount:f}", "happened_on": part.happened_on}
    return _change(actor, order_id, verb, told, now=now, said=said)


def _end(actor: Actor, order_id: UUID, verb: Verb, *, now: datetime) -> Order:
    def ended(order: Order) -> Order:
        after = orders.move(order, verb, actor=actor.name, now=now)
        close_hold(order.id, HoldState.WITHDRAWN, actor=actor.name, now=now)
        return after

    return _change(actor, order_id, verb, ended, now=now)


def _change(
    actor: Actor,
    order_id: UUID,
    verb: Verb,
    act: Callable[[Order], Order],
    *,
    now: datetime,
    said: dict[str, Plain] | None = None,
) -> Order:
    """Run ``act`` on the order under its buyer's lock, with evidence if it changed anything."""
    actor.check(Permission.ORDERS_CHECK)
    lock_holders([reads.order(order_id).buyer_id])
    before = reads.order(order_id)  # again: only now nobody else changes it
    after = act(before)
    if after.version != before.version:
        append(
            kind="order_changed",
            subject=Subject("order", str(order_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"version": before.version},
            result={
                "verb": verb.value,
                "state": after.state.value,
                "released": f"{after.released:f}",
                **(said or {}),
            },
            versions={},
        )
    return after
