"""What an order is, as other contexts see it.

What a reader would get wrong: ``amount`` is what the customer ordered, ``released`` what the gate
let through. They differ while an order is held: an order of 100 that was raised to 10,000 and is
held still stands for the 100 that may be delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

ZERO = Decimal(0)


class OrderKind(StrEnum):
    """What is asked for; a return brings goods back and is never held."""

    ORDER = "order"
    BLANKET = "blanket"
    RETURN = "return"


class OrderState(StrEnum):
    """Where an order stands; ``rules.STEPS`` says what leads where."""

    RESERVED = "reserved"
    CONFIRMED = "confirmed"
    HELD = "held"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class Verb(StrEnum):
    """What can happen to an order."""

    RESERVE = "reserve"
    RELEASE = "release"
    HOLD = "hold"
    REFUSE = "refuse"
    CONFIRM = "confirm"
    DELIVER = "deliver"
    INVOICE = "invoice"
    ARRIVE = "arrive"
    EXPIRE = "expire"
    CANCEL = "cancel"
    CLOSE = "close"


class PartKind(StrEnum):
    """A piece of an order that has been delivered, or invoiced."""

    DELIVERY = "delivery"
    INVOICE = "invoice"


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Cash that has cleared and is meant for one order, under the bank's own reference."""

    amount: Decimal
    cleared_on: date
    reference: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An order as its sender states it.

    Attributes:
        source: the system that numbers the order; (source, number) is its identity.
        amount: the whole order with tax, in ``currency``, above zero.
        deliver_on: planned day of the (last) delivery; None counts as today.
        terms_days: payment terms asked for; None where the sender states none.
        contract: the contract it falls under, which an advance or a security may be tied to.
    """

    source: str
    number: str
    currency: str
    amount: Decimal
    kind: OrderKind = OrderKind.ORDER
    deliver_on: date | None = None
    terms_days: int | None = None
    contract: str | None = None
    prepayments: tuple[Prepayment, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands.

    Attributes:
        id: row id; 0 before it is stored.
        released: how much of ``amount`` the gate let through.
        delivered, invoiced: totals of its parts; an invoice counts as delivered too.
        billed: the part of ``invoiced`` whose invoices are not in the ledger yet.
        prepaid: cleared cash meant for this order.
        by_person: whether a person released it, so that a rise within the policy's tolerance
            needs no new decision.
        confirmed: whether the sender took the order on; such an order does not expire.
        version: 1, 2, 3 … one a change.
    """

    id: int
    public_id: UUID
    buyer_id: int
    source: str
    number: str
    kind: OrderKind
    currency: str
    amount: Decimal
    deliver_on: date
    terms_days: int | None
    contract: str | None
    state: OrderState
    released: Decimal = ZERO
    delivered: Decimal = ZERO
    invoiced: Decimal = ZERO
    billed: Decimal = ZERO
    prepaid: Decimal = ZERO
    by_person: bool = False
    confirmed: bool = False
    expires_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """One page of a buyer's orders."""

    rows: tuple[Order, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class OpenParts:
    """What an order stands for besides the ledger, less the cash that was paid for it before.

    ``prepaid`` is how much of that cash was set off; ``total`` is what is left to owe.
    """

    ordered: Decimal
    delivered: Decimal
    billed: Decimal
    prepaid: Decimal

    @property
    def total(self) -> Decimal:
        """Ordered, delivered and billed together."""
        return self.ordered + self.delivered + self.billed


def open_parts(
    promised: Decimal,
    *,
    delivered: Decimal,
    invoiced: Decimal,
    billed: Decimal,
    prepaid: Decimal,
) -> OpenParts:
    """What is open of an order for which ``promised`` may be delivered in all.

    Cash takes away from what is billed, then delivered, then ordered, and never more than there
    is: an advance cannot hide another order. Once an invoice is in the ledger, the cash that paid
    for it counts there.
    """
    parts = {
        "billed": billed,
        "delivered": max(ZERO, delivered - invoiced),
        "ordered": max(ZERO, promised - delivered),
    }
    cash = left = max(ZERO, prepaid - (invoiced - billed))
    for name, amount in parts.items():
        used = min(left, amount)
        parts[name], left = amount - used, left - used
    return OpenParts(prepaid=cash - left, **parts)


@dataclass(frozen=True, slots=True)
class Part:
    """A delivery or an invoice of an order; ``in_ledger`` once the ledger has its invoice."""

    kind: PartKind
    number: str
    amount: Decimal
    happened_on: date
    in_ledger: bool = False


@dataclass(frozen=True, slots=True)
class OrderChange:
    """One line of an order's history."""

    version: int
    verb: Verb
    state: OrderState
    amount: Decimal
    released: Decimal
    actor: str
    changed_at: datetime
