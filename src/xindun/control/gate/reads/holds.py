"""The worklist of held orders: searched, narrowed, ordered, walked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet

from xindun.control.gate.models import GateDecision, GateHold
from xindun.control.gate.values import Hold, HoldsPage, HoldState
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.parties.reads import matching_ids

PAGE_SIZE = 50
HOLD_SORTS = {
    "due": "due_at",
    "opened": "opened_at",
    "amount": "at_risk",
    "buyer": "buyer__sort_key",
    "rule": "binding",
}
"""What the worklist can be ordered by; ``-`` in front turns it round."""
SOONEST_FIRST = "due"


class UnknownHold(DomainError):
    """No such order in the worklist."""

    code = "unknown_hold"
    sentence = "There is no held order {hold} that waits for a decision."


def hold(public_id: UUID) -> Hold:
    """One entry of the worklist, also one that is decided.

    Raises:
        UnknownHold: as the name says.
    """
    row = _rows().filter(public_id=public_id).first()
    if row is None:
        raise UnknownHold(hold=public_id)
    return hold_value(row)


def hold_of_order(order_id: int) -> Hold | None:
    """The newest entry of an order (row id); None for one that was never held."""
    row = _rows().filter(order_id=order_id).order_by("-id").first()
    return None if row is None else hold_value(row)


def holds_page(
    *,
    query: str = "",
    state: HoldState | None = HoldState.WAITING,
    sort: str = SOONEST_FIRST,
    page: int = 1,
) -> HoldsPage:
    """One page; ``sort`` is a key of HOLD_SORTS, ``-`` descends."""
    found = Paginator(_narrowed(query, state, sort), PAGE_SIZE)
    shown = found.get_page(page)
    return HoldsPage(tuple(map(hold_value, shown)), found.count, shown.number, found.num_pages)


def iter_holds(
    *, query: str = "", state: HoldState | None = None, sort: str = SOONEST_FIRST
) -> Iterator[Hold]:
    """All of them in the same order."""
    yield from map(hold_value, _narrowed(query, state, sort).iterator(chunk_size=500))


def holds_after(
    *, state: HoldState | None = None, after: int | None = None, limit: int = 50
) -> list[tuple[int, Hold]]:
    """Entries from the newest on with their row ids, behind row ``after``."""
    rows = _narrowed("", state, SOONEST_FIRST).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [(row.id, hold_value(row)) for row in rows[:limit]]


def waiting_count() -> int:
    """How many orders wait for somebody."""
    return _rows().filter(state=HoldState.WAITING.value).count()


def hold_row(public_id: UUID) -> GateHold:
    """The row of an order that waits, for this context only.

    Raises:
        UnknownHold: there is none, or it is decided.
    """
    row: GateHold | None = (
        _rows().filter(public_id=public_id, state=HoldState.WAITING.value).first()
    )
    if row is None:
        raise UnknownHold(hold=public_id)
    return row


def sender_of(order_id: int) -> str:
    """Who asked for an order first, as evidence names actors."""
    rows = GateDecision.objects.filter(tenant_id=current_tenant_id(), order_id=order_id)
    return rows.order_by("id").values_list("actor", flat=True).first() or ""


def hold_value(row: GateHold) -> Hold:
    """A row as the value other contexts see."""
    return Hold(
        public_id=row.public_id,
        buyer_id=row.buyer_id,
        order_id=row.order.public_id,
        order_number=row.order.number,
        decision_id=row.decision.public_id,
        binding=row.binding,
        at_risk=row.at_risk,
        currency=row.currency,
        state=HoldState(row.state),
        opened_at=row.opened_at,
        due_at=row.due_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reason=row.reason,
    )


def _rows() -> QuerySet[GateHold, Any]:
    rows = GateHold.objects.filter(tenant_id=current_tenant_id())
    return rows.select_related("order", "decision")


def _narrowed(query: str, state: HoldState | None, sort: str) -> QuerySet[GateHold, Any]:
    rows = _rows()
    if query.strip():
        rows = rows.filter(
            Q(order__number__icontains=query.strip()) | Q(buyer_id__in=matching_ids(query))
        )
    if state is not None:
        rows = rows.filter(state=state.value)
    name = sort.removeprefix("-")
    order = F(HOLD_SORTS.get(name, HOLD_SORTS[SOONEST_FIRST]))
    return rows.order_by(order.desc() if sort.startswith("-") else order.asc(), "id")
