"""Stops that people have placed on buyers."""

from __future__ import annotations

from xindun.control.gate.models import GateStop
from xindun.control.gate.values import Stop, StopKind
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id


class NoSuchStop(DomainError):
    """No stop in force with this id."""

    code = "no_such_stop"
    sentence = "There is no such stop in force."


def stops_of(buyer_id: int, *, in_force: bool = True) -> list[Stop]:
    """A buyer's stops, the newest first."""
    rows = GateStop.objects.filter(tenant_id=current_tenant_id(), buyer_id=buyer_id)
    if in_force:
        rows = rows.filter(lifted_at=None)
    return [stop_value(row) for row in rows.order_by("-id")]


def stop_value(row: GateStop) -> Stop:
    """A row as the value other contexts see; its reason stays here, it may name people."""
    return Stop(
        public_id=row.public_id,
        buyer_id=row.buyer_id,
        kind=StopKind(row.kind),
        placed_by=row.placed_by,
        placed_at=row.placed_at,
        lifted_by=row.lifted_by,
        lifted_at=row.lifted_at,
    )
