"""Write an order as it became, its change and its exposure, in the caller's transaction.

What a reader would get wrong: nothing is decided here and no evidence is written. The gate does
both, in the same transaction, under the lock of ``exposure.actions.lock_holders``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, connection

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.exposure.actions import commit
from xindun.record.orders.models import OrderPrepayment
from xindun.record.orders.rules import commitments_of
from xindun.record.orders.values import Order, Prepayment, Verb

CAUSE = "order_change"
_FIELDS = (
    *("public_id", "buyer_id", "source", "number", "kind", "currency", "amount", "deliver_on"),
    *("terms_days", "contract", "state", "released", "delivered", "invoiced", "billed"),
    *("prepaid", "by_person", "confirmed", "expires_at", "version"),
)
_FIXED = ("public_id", "source", "number")
_CHANGED = ("version", "state", "amount", "released", "delivered", "invoiced", "billed", "prepaid")
_STORE = f"""
with stored as (
    insert into orders_order as o (tenant_id, changed_at, {", ".join(_FIELDS)})
    values (%(tenant)s, %(at)s, {", ".join(f"%({name})s" for name in _FIELDS)})
    on conflict (tenant_id, source, number) do update set changed_at = excluded.changed_at,
        {", ".join(f"{name} = excluded.{name}" for name in _FIELDS if name not in _FIXED)}
    where o.public_id = excluded.public_id and o.version = %(seen)s
    returning id
)
insert into orders_change (tenant_id, order_id, verb, actor, changed_at, {", ".join(_CHANGED)})
select %(tenant)s, id, %(verb)s, %(actor)s, %(at)s, {", ".join(f"%({n})s" for n in _CHANGED)}
from stored returning order_id, id
"""


class NumberTaken(DomainError):
    """Another order has this number."""

    code = "order_number_taken"
    sentence = "Order {number} of the source {source} belongs to another customer."


class PrepaymentUsed(DomainError):
    """Cash serves one order."""

    code = "prepayment_used"
    sentence = "The payment {reference} already counts for another order."


def store(before: Order | None, after: Order, verb: Verb, *, actor: str, now: datetime) -> Order:
    """Write ``after`` over ``before`` and post what it commits the company to.

    Args:
        before: the order as read under its buyer's lock; None for a new one.

    Returns:
        ``after`` with its row id.

    Raises:
        NumberTaken: the number is another order's, or it changed since it was read without lock.
    """
    values = {name: getattr(after, name) for name in _FIELDS}
    with connection.cursor() as cursor:
        cursor.execute(
            _STORE,
            {
                **values,
                "tenant": current_tenant_id(),
                "seen": before.version if before else 0,
                "verb": verb.value,
                "actor": actor,
                "at": now,
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise NumberTaken(number=after.number, source=after.source)
    stored = replace(after, id=row[0])
    commit(
        commitments_of(before),
        commitments_of(stored),
        cause_kind=CAUSE,
        cause_id=row[1],
        posted_at=now,
    )
    return stored


def designate(order: Order, cash: Iterable[Prepayment], *, now: datetime) -> None:
    """Note which cleared cash is meant for an order; what was noted for it before stays.

    Raises:
        PrepaymentUsed: a reference serves another order.
    """
    for each in cash:
        try:
            OrderPrepayment.objects.create(
                tenant_id=current_tenant_id(),
                order_id=order.id,
                amount=each.amount,
                cleared_on=each.cleared_on,
                reference=each.reference,
                noted_at=now,
            )
        except IntegrityError as error:
            raise PrepaymentUsed(reference=each.reference) from error
