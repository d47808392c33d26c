"""Stop everything to a buyer, and lift a stop: two different people."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from xindun.control.gate.models import GateStop
from xindun.control.gate.reads.stops import NoSuchStop, stop_value
from xindun.control.gate.values import Stop, StopKind
from xindun.kernel.errors import DomainError
from xindun.kernel.identifiers import new_public_id
from xindun.kit.events import LIMITS_CHANGED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties.reads import buyer as buyer_of
from xindun.record.tenants.values import Actor, Permission

LONGEST = 2000


class StopReasonMissing(DomainError):
    """A stop without a reason, or with a book."""

    code = "stop_reason_missing"
    sentence = "Say why, in 1 to {length} characters."


class OwnStop(DomainError):
    """Whoever placed a stop may not lift it."""

    code = "own_stop"
    sentence = "Somebody else has to lift a stop that you placed."


def place_stop(actor: Actor, buyer: UUID, kind: StopKind, *, reason: str, now: datetime) -> Stop:
    """Hold every order of a buyer from now on; one that stands already stays as it is.

    Raises:
        NotPermitted, UnknownBuyer, StopReasonMissing: as named.
    """
    actor.check(Permission.ORDERS_RELEASE)
    said = _reason(reason)
    found = buyer_of(buyer)
    row, is_new = GateStop.objects.get_or_create(
        tenant_id=current_tenant_id(),
        buyer_id=found.id,
        kind=kind.value,
        lifted_at=None,
        defaults={
            "public_id": new_public_id(),
            "reason": said,
            "placed_by": actor.name,
            "placed_at": now,
        },
    )
    if is_new:
        _note("stop_placed", row, actor, said, now)
    return stop_value(row)


def lift_stop(actor: Actor, stop: UUID, *, reason: str, now: datetime) -> Stop:
    """Let orders of the buyer be judged by the rules again.

    Raises:
        NotPermitted, NoSuchStop, OwnStop, StopReasonMissing: as named.
    """
    actor.check(Permission.ORDERS_RELEASE)
    said = _reason(reason)
    row = (
        GateStop.objects.select_for_update()
        .filter(tenant_id=current_tenant_id(), public_id=stop, lifted_at=None)
        .first()
    )
    if row is None:
        raise NoSuchStop
    if row.placed_by == actor.name:
        raise OwnStop
    row.lifted_by, row.lifted_at = actor.name, now
    row.save(update_fields=["lifted_by", "lifted_at"])
    _note("stop_lifted", row, actor, said, now)
    announce(LIMITS_CHANGED)
    return stop_value(row)


def _reason(text: str) -> str:
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST:
        raise StopReasonMissing(length=LONGEST)
    return said


def _note(kind: str, row: GateStop, actor: Actor, reason: str, now: datetime) -> None:
    """Reasons may name people: the record carries their hash."""
    append(
        kind=kind,
        subject=Subject("stop", str(row.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={"reason_hash": sha256(reason.encode()).hexdigest()},
        result={"kind": row.kind, "buyer_row": row.buyer_id},
        versions={},
    )
