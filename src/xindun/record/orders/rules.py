"""What leads where, and what an order commits the company to; pure.

What a reader would get wrong: cancelling or closing an order drops what is not delivered yet and
nothing else. Goods that have left the house are owed for, whatever became of the order.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.kernel.money import minor_units
from xindun.record.exposure.values import Committed
from xindun.record.orders.values import (
    Asked,
    Order,
    OrderKind,
    OrderState,
    Part,
    PartKind,
    Verb,
    open_parts,
)

ZERO = Decimal(0)
MOST = Decimal(10) ** 14
LONGEST, LONGEST_TERMS = 200, 3650
S, V = OrderState, Verb
STEPS: dict[tuple[OrderState, Verb], OrderState] = {
    (S.RESERVED, V.CONFIRM): S.CONFIRMED,
    (S.RESERVED, V.EXPIRE): S.EXPIRED,
    **{
        (state, verb): target
        for state in (S.RESERVED, S.CONFIRMED, S.HELD)
        for verb, target in ((V.CANCEL, S.CANCELLED), (V.CLOSE, S.CLOSED))
    },
    # Asked again: an amendment, a new try, or an order that is opened again. It is checked
    # whatever it was before, so that closing and opening cannot slip past a hold.
    **{
        (state, verb): target
        for state in S
        for verb, target in (
            (V.HOLD, S.HELD),
            (V.REFUSE, S.REFUSED),
            (V.RESERVE, S.RESERVED),
            (V.RELEASE, S.CONFIRMED),
        )
    },
    # Facts: they happen in any state and change none.
    **{(state, verb): state for state in S for verb in (V.DELIVER, V.INVOICE, V.ARRIVE)},
}
"""State and verb → state; what is not listed is refused."""
OPEN = (S.RESERVED, S.CONFIRMED, S.HELD)
"""States in which released goods may still be delivered."""


class WrongOrderStep(DomainError):
    """The order's state does not allow this."""

    code = "wrong_order_step"
    sentence = "Order {number} is {state}; it cannot {verb}."


class BadOrder(DomainError):
    """What was sent is no order."""

    code = "bad_order"
    sentence = "{field} is not valid: {reason}."


class OrderPartDiffers(DomainError):
    """The same delivery or invoice was told before with another amount."""

    code = "order_part_differs"
    sentence = (
        "{kind} {number} was reported before with {amount}. Report a correction under a number "
        "of its own."
    )


def step(order: Order, verb: Verb) -> OrderState:
    """The state that ``verb`` leads to.

    Raises:
        WrongOrderStep: it leads nowhere from here.
    """
    target = STEPS.get((order.state, verb))
    if target is None:
        raise WrongOrderStep(number=order.number, state=order.state.value, verb=verb.value)
    return target


def moved(order: Order, verb: Verb) -> Order:
    """The order after a verb that changes its state alone.

    Raises:
        WrongOrderStep: as in :func:`step`.
    """
    state = step(order, verb)
    return replace(
        order,
        state=state,
        confirmed=order.confirmed or verb is V.CONFIRM if state in OPEN else False,
        expires_at=order.expires_at if state is S.RESERVED else None,
        version=order.version + 1,
    )


def released(order: Order, amount: Decimal, *, expires_at: datetime) -> tuple[Order, Verb]:
    """The order let through for ``amount``: reserved until then, or taken on as it was before."""
    verb = V.RELEASE if order.confirmed else V.RESERVE
    after = replace(
        order,
        state=step(order, verb),
        released=amount,
        expires_at=None if order.confirmed else expires_at,
        version=order.version + 1,
    )
    return after, verb


def is_expired(order: Order, now: datetime) -> bool:
    """Whether a reservation's time is over."""
    return order.state is S.RESERVED and order.expires_at is not None and order.expires_at <= now


def with_part(order: Order, part: Part) -> Order:
    """The order after a delivery or an invoice.

    An invoice of goods whose delivery nobody told counts as delivered too.
    """
    verb = V.DELIVER if part.kind is PartKind.DELIVERY else V.INVOICE
    state, version = step(order, verb), order.version + 1
    if part.kind is PartKind.DELIVERY:
        return replace(order, state=state, delivered=order.delivered + part.amount, version=version)
    invoiced = order.invoiced + part.amount
    return replace(
        order,
        state=state,
        invoiced=invoiced,
        delivered=max(order.delivered, invoiced),
        billed=order.billed + (ZERO if part.in_ledger else part.amount),
        version=version,
    )


def arrived(order: Order, amount: Decimal) -> Order:
    """The order after ``amount`` of its invoices came into the ledger, where they count now."""
    return replace(order, billed=max(ZERO, order.billed - amount), version=order.version + 1)


def commitments_of(order: Order | None) -> tuple[Committed, ...]:
    """What the order stands for besides the ledger, as one line or none.

    A return brings goods back, and a blanket order promises nothing before it is called off.

    >>> from datetime import date; from uuid import UUID; from xindun.record.orders.values import *
    >>> order = Order(1, UUID(int=1), 7, "erp", "A1", OrderKind.ORDER, "EUR", Decimal(100),
    ...     date(2026, 1, 5), 30, None, OrderState.CONFIRMED, released=Decimal(100),
    ...     delivered=Decimal(60), prepaid=Decimal(10))
    >>> line, = commitments_of(order)
    >>> line.ordered, line.delivered, line.prepaid
    (Decimal('40'), Decimal('50'), Decimal('10'))
    """
    if order is None or order.kind is OrderKind.RETURN:
        return ()
    promised = order.state in OPEN and order.kind is OrderKind.ORDER
    parts = open_parts(
        order.released if promised else ZERO,
        delivered=order.delivered,
        invoiced=order.invoiced,
        billed=order.billed,
        prepaid=order.prepaid,
    )
    if parts.total == parts.prepaid == ZERO:
        return ()
    return (Committed(order.buyer_id, order.currency, order.deliver_on, **asdict(parts)),)


def check_amount(field: str, amount: Decimal) -> None:
    """Refuse an amount that is none.

    Raises:
        BadOrder: zero, negative, not a number or too large to keep.
    """
    if not amount.is_finite() or not ZERO < amount < MOST:
        raise BadOrder(field=field, reason="it must be above zero and below 100 trillion")


def check_asked(asked: Asked) -> None:
    """Refuse what is no order.

    Raises:
        BadOrder: with the field and what is wrong.
        UnknownCurrency: no ISO 4217 code.
    """
    for field, text in (("source", asked.source), ("number", asked.number)):
        if not 1 <= len(text) <= LONGEST or not text.isprintable():
            raise BadOrder(field=field, reason=f"1 to {LONGEST} printable characters are needed")
    check_amount("amount", asked.amount)
    fits = minor_units(asked.currency)
    for field, amount in (
        ("amount", asked.amount),
        *(("prepayments", each.amount) for each in asked.prepayments),
    ):
        check_amount(field, amount)
        if amount != amount.quantize(Decimal(1).scaleb(-fits)):
            raise BadOrder(field=field, reason=f"{asked.currency} has {fits} decimals")
    if asked.terms_days is not None and not 0 <= asked.terms_days <= LONGEST_TERMS:
        raise BadOrder(field="terms_days", reason=f"0 to {LONGEST_TERMS} days are possible")
    if asked.contract is not None and len(asked.contract) > LONGEST:
        raise BadOrder(field="contract", reason=f"at most {LONGEST} characters are possible")
    for each in asked.prepayments:
        if not 1 <= len(each.reference) <= LONGEST:
            raise BadOrder(field="reference", reason=f"1 to {LONGEST} characters are needed")
