"""Write a limit that stands, past the request and decision that other tests are about."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.limits.models import GrantedLimit
from xindun.prevention.limits.values import Change, LimitKind
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject

EVIDENCE = {change: f"limit_{change}" for change in Change}


def grant(
    buyer_id: int | None,
    amount: str,
    *,
    at: datetime,
    group_id: UUID | None = None,
    kind: LimitKind = LimitKind.PERMANENT,
    change: Change = Change.GRANTED,
    currency: str = "EUR",
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> None:
    """One row of the history with its evidence, in the caller's tenant scope."""
    record = append(
        kind=EVIDENCE[change],
        subject=Subject("buyer", str(buyer_id)),
        actor="system:test",
        occurred_at=at,
        inputs={},
        result={"amount": amount},
        versions={},
    )
    GrantedLimit.objects.create(
        tenant_id=current_tenant_id(),
        buyer_id=buyer_id,
        group_id=group_id,
        kind=kind.value,
        change=change.value,
        currency=currency,
        amount=Decimal(amount),
        valid_from=valid_from or at,
        valid_until=valid_until,
        decided_by="system:test",
        decided_at=at,
        evidence_id=record.public_id,
    )
