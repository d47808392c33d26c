"""Write what the gate, or a person, decided about an order.

What a reader would get wrong: a refused amendment leaves the order as it was before, because the
customer still expects that one; a refused new order is kept, refused, so that its number is known.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from xindun.kernel.identifiers import new_public_id
from xindun.record.orders.actions.store import store
from xindun.record.orders.rules import OPEN, check_asked, moved, released, step
from xindun.record.orders.values import Asked, Order, OrderState, Verb

ZERO = Decimal(0)


def described(
    before: Order | None, asked: Asked, *, buyer_id: int, prepaid: Decimal, as_of: date
) -> Order:
    """The order as it is asked for now, on top of what stands of it.

    Raises:
        BadOrder: it is no order.
    """
    check_asked(asked)
    said = {
        "kind": asked.kind,
        "currency": asked.currency,
        "amount": asked.amount,
        "deliver_on": asked.deliver_on or as_of,
        "terms_days": asked.terms_days,
        "contract": asked.contract,
        "prepaid": prepaid,
    }
    if before is not None:
        return replace(before, **said)  # type: ignore[arg-type]
    return Order(
        id=0,
        public_id=new_public_id(),
        buyer_id=buyer_id,
        source=asked.source,
        number=asked.number,
        state=OrderState.HELD,
        **said,  # type: ignore[arg-type]
    )


def let_through(
    before: Order | None,
    order: Order,
    amount: Decimal,
    *,
    expires_at: datetime,
    by_person: bool,
    actor: str,
    now: datetime,
) -> Order:
    """Release ``amount`` of an order: reserved until then, or taken on if it was before."""
    after, verb = released(order, amount, expires_at=expires_at)
    return store(before, replace(after, by_person=by_person), verb, actor=actor, now=now)


def hold(before: Order | None, order: Order, *, actor: str, now: datetime) -> Order:
    """Keep an order waiting; what was released of it before stays so, up to its new amount."""
    was_open = before is not None and before.state in OPEN
    kept = min(before.released, order.amount) if before is not None and was_open else ZERO
    after = replace(
        order,
        state=step(order, Verb.HOLD),
        released=kept,
        by_person=order.by_person and was_open,
        confirmed=order.confirmed and was_open,
        expires_at=None,
        version=order.version + 1,
    )
    return store(before, after, Verb.HOLD, actor=actor, now=now)


def refuse(before: Order | None, order: Order, *, actor: str, now: datetime) -> Order:
    """Turn an order down; an order with something released stays as it was."""
    if before is not None and before.state in OPEN and before.released > ZERO:
        return before
    after = replace(
        order,
        state=step(order, Verb.REFUSE),
        released=ZERO,
        by_person=False,
        confirmed=False,
        expires_at=None,
        version=order.version + 1,
    )
    return store(before, after, Verb.REFUSE, actor=actor, now=now)


def move(order: Order, verb: Verb, *, actor: str, now: datetime) -> Order:
    """Confirm, cancel, close or let expire.

    Raises:
        WrongOrderStep: the order's state does not allow it.
    """
    return store(order, moved(order, verb), verb, actor=actor, now=now)
