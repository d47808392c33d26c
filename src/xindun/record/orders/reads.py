"""Questions about orders; every one runs inside the caller's tenant scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import F, QuerySet

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.orders.models import OrderChange as ChangeRow
from xindun.record.orders.models import OrderPart, OrderPrepayment, OrderRow
from xindun.record.orders.rules import OPEN, commitments_of, is_expired
from xindun.record.orders.values import (
    Order,
    OrderChange,
    OrderKind,
    OrdersPage,
    OrderState,
    Part,
    PartKind,
    Prepayment,
    Verb,
)

__all__ = [
    "ORDER_SORTS",
    "UnknownOrder",
    "commitments_of",
    "expired_reservations",
    "history_of",
    "is_expired",
    "iter_orders",
    "order",
    "order_numbered",
    "orders_at_hand",
    "orders_by_id",
    "orders_of",
    "orders_page",
    "parts_of",
    "prepayments_of",
    "waiting_invoices",
]
COLUMNS = (
    *("id", "public_id", "buyer_id", "source", "number", "kind", "currency", "amount"),
    *("deliver_on", "terms_days", "contract", "state", "released", "delivered", "invoiced"),
    *("billed", "prepaid", "by_person", "confirmed", "expires_at", "version"),
)
"""The columns of ``orders_order`` in the order of ``values.Order``'s fields."""
MAX_PAGE, PAGE_SIZE = 500, 20
_AT_HAND = f"""
select {", ".join(COLUMNS)} from orders_order where tenant_id = %(tenant)s
    and source = %(source)s and number = %(number)s
union
select {", ".join(COLUMNS)} from orders_order where tenant_id = %(tenant)s
    and buyer_id = any(%(buyers)s) and state = 'reserved' and expires_at <= %(now)s
order by id
"""
ORDER_SORTS = {
    "number": "number",
    "amount": "amount",
    "delivery": "deliver_on",
    "delivered": "delivered",
    "state": "state",
    "asked": "id",
}
"""What a buyer's orders can be ordered by; ``-`` in front turns it round."""
NEWEST_FIRST = "-asked"
_KIND, _STATE = COLUMNS.index("kind"), COLUMNS.index("state")


class UnknownOrder(DomainError):
    """No such order in this tenant."""

    code = "unknown_order"
    sentence = "There is no order {order}."


def order(public_id: UUID) -> Order:
    """One order by the id that stands in addresses.

    Raises:
        UnknownOrder: as the name says.
    """
    found = _found(OrderRow.objects.filter(tenant_id=current_tenant_id(), public_id=public_id))
    if not found:
        raise UnknownOrder(order=public_id)
    return found[0]


def order_numbered(source: str, number: str) -> Order | None:
    """The order that a source calls by this number."""
    rows = OrderRow.objects.filter(tenant_id=current_tenant_id(), source=source, number=number)
    return next(iter(_found(rows)), None)


def orders_at_hand(
    source: str, number: str, buyer_ids: Iterable[int], *, now: datetime
) -> list[Order]:
    """What a check has to know of orders, in one statement: the one of that number, and the
    reservations of the buyers whose time is over, by row id."""
    with connection.cursor() as cursor:
        cursor.execute(
            _AT_HAND,
            {
                "tenant": current_tenant_id(),
                "source": source,
                "number": number,
                "buyers": list(buyer_ids),
                "now": now,
            },
        )
        return [order_of(row) for row in cursor.fetchall()]


def orders_by_id(order_ids: Iterable[int]) -> dict[int, Order]:
    """Orders by their row id; unknown ids are left out."""
    rows = OrderRow.objects.filter(tenant_id=current_tenant_id(), id__in=list(order_ids))
    return {each.id: each for each in _found(rows)}


def orders_of(
    buyer_id: int, *, open_only: bool = False, after: int | None = None, limit: int = 50
) -> list[Order]:
    """A buyer's orders, the newest first, from behind the row id ``after`` on.

    Args:
        open_only: only those with something not delivered or not in the ledger yet.
        limit: rows, at most 501.
    """
    rows = _of_buyer(buyer_id, open_only)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return _found(rows.order_by("-id")[: min(limit, MAX_PAGE + 1)])


def orders_page(
    buyer_id: int,
    *,
    open_only: bool = True,
    query: str = "",
    sort: str = NEWEST_FIRST,
    page: int = 1,
) -> OrdersPage:
    """One page of a buyer's orders; ``query`` looks in their numbers."""
    rows = _narrowed(buyer_id, open_only, query, sort).values_list(*COLUMNS)
    found = Paginator(rows, PAGE_SIZE)
    shown = found.get_page(page)
    return OrdersPage(tuple(map(order_of, shown)), found.count, shown.number, found.num_pages)


def iter_orders(
    buyer_id: int, *, open_only: bool = True, query: str = "", sort: str = NEWEST_FIRST
) -> Iterator[Order]:
    """All of them in the same order."""
    rows = _narrowed(buyer_id, open_only, query, sort).values_list(*COLUMNS)
    yield from map(order_of, rows.iterator(chunk_size=MAX_PAGE))


def expired_reservations(now: datetime, *, limit: int = MAX_PAGE) -> list[Order]:
    """Reservations of anybody whose time is over, those over longest first."""
    rows = OrderRow.objects.filter(
        tenant_id=current_tenant_id(), state=OrderState.RESERVED.value, expires_at__lte=now
    )
    return _found(rows.order_by("expires_at", "id")[:limit])


def parts_of(order_id: int) -> tuple[Part, ...]:
    """Deliveries and invoices of an order, in the order in which they were told."""
    rows = OrderPart.objects.filter(tenant_id=current_tenant_id(), order_id=order_id)
    return tuple(
        Part(PartKind(kind), *rest)
        for kind, *rest in rows.order_by("id").values_list(
            "kind", "number", "amount", "happened_on", "in_ledger"
        )
    )


def prepayments_of(order_id: int) -> tuple[Prepayment, ...]:
    """Cleared cash meant for an order."""
    rows = OrderPrepayment.objects.filter(tenant_id=current_tenant_id(), order_id=order_id)
    return tuple(
        Prepayment(*row)
        for row in rows.order_by("id").values_list("amount", "cleared_on", "reference")
    )


def history_of(order_id: int) -> tuple[OrderChange, ...]:
    """Everything that happened to an order, the oldest first."""
    rows = ChangeRow.objects.filter(tenant_id=current_tenant_id(), order_id=order_id)
    fields = ("version", "verb", "state", "amount", "released", "actor", "changed_at")
    return tuple(
        OrderChange(version, Verb(verb), OrderState(state), *rest)
        for version, verb, state, *rest in rows.order_by("version").values_list(*fields)
    )


def waiting_invoices() -> list[tuple[int, str]]:
    """Buyer and number of each invoice that was told and is not in the ledger yet."""
    rows = OrderPart.objects.filter(
        tenant_id=current_tenant_id(), kind=PartKind.INVOICE.value, in_ledger=False
    )
    return list(rows.values_list("order__buyer_id", "number").distinct())


def order_of(row: tuple[Any, ...]) -> Order:
    """The value of a row in the order of ``COLUMNS``."""
    fields = list(row)
    fields[_KIND], fields[_STATE] = OrderKind(row[_KIND]), OrderState(row[_STATE])
    return Order(*fields)


def _of_buyer(buyer_id: int, open_only: bool) -> QuerySet[OrderRow, Any]:
    rows = OrderRow.objects.filter(tenant_id=current_tenant_id(), buyer_id=buyer_id)
    if not open_only:
        return rows
    states = [each.value for each in OPEN]
    return (
        rows.filter(state__in=states)
        | rows.filter(delivered__gt=F("invoiced"))
        | rows.filter(billed__gt=0)
    )


def _narrowed(buyer_id: int, open_only: bool, query: str, sort: str) -> QuerySet[OrderRow, Any]:
    rows = _of_buyer(buyer_id, open_only)
    if query.strip():
        rows = rows.filter(number__icontains=query.strip())
    sign = "-" if sort.startswith("-") else ""
    name = ORDER_SORTS.get(sort.removeprefix("-"))
    return rows.order_by("-id") if name is None else rows.order_by(sign + name, "-id")


def _found(rows: QuerySet[OrderRow, Any]) -> list[Order]:
    return [order_of(row) for row in rows.values_list(*COLUMNS)]
