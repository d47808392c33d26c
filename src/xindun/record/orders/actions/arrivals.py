"""Invoices that were told with an order have come into the ledger: they count there from now on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from xindun.kit.tenancy import current_tenant_id
from xindun.record.exposure.actions import lock_holders
from xindun.record.orders import reads
from xindun.record.orders.actions.store import store
from xindun.record.orders.models import OrderPart
from xindun.record.orders.rules import arrived
from xindun.record.orders.values import PartKind, Verb


def invoices_arrived(found: Iterable[tuple[int, str]], *, actor: str, now: datetime) -> int:
    """Take invoices out of what is billed, in the transaction that loads them.

    Args:
        found: buyer and number, from ``reads.waiting_invoices``.

    Returns:
        How many parts now count in the ledger.
    """
    wanted = set(found)
    if not wanted:
        return 0
    lock_holders(buyer for buyer, _ in wanted)
    rows = OrderPart.objects.filter(
        tenant_id=current_tenant_id(),
        kind=PartKind.INVOICE.value,
        in_ledger=False,
        number__in=sorted({number for _, number in wanted}),
    ).values_list("id", "order_id", "order__buyer_id", "number", "amount")
    amounts: dict[int, Decimal] = defaultdict(Decimal)
    parts: list[int] = []
    for part_id, order_id, buyer_id, number, amount in rows:
        if (buyer_id, number) in wanted:
            amounts[order_id] += amount
            parts.append(part_id)
    OrderPart.objects.filter(tenant_id=current_tenant_id(), id__in=parts).update(in_ledger=True)
    orders = reads.orders_by_id(amounts)
    for order_id in sorted(orders):
        order = orders[order_id]
        store(order, arrived(order, amounts[order_id]), Verb.ARRIVE, actor=actor, now=now)
    return len(parts)
