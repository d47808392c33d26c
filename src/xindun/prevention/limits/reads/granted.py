"""Questions about granted limits: which one counts at a moment, and all that came before.

What a reader would get wrong: ``known_at`` before ``at`` asks what would have counted by what was
decided until then. Without it everything decided until ``at`` is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.limits import models
from xindun.prevention.limits.values import (
    Change,
    GrantedLimit,
    LimitInForce,
    LimitKind,
    in_force,
)

HISTORY = 500
"""More decisions on one holder than anybody reads."""


def limits_for_gate(
    buyer_id: int, group_id: UUID | None, *, at: datetime, known_at: datetime | None = None
) -> tuple[GrantedLimit, ...]:
    """Everything in force for a buyer and its group, at most one row a holder and kind.

    One query. A withdrawn limit is among them, with an amount of 0; an expired one is not.
    """
    holder = Q(buyer_id=buyer_id)
    if group_id is not None:
        holder |= Q(group_id=group_id)
    return _newest(holder, at, known_at)


def limit_in_force(
    buyer_id: int, *, at: datetime, known_at: datetime | None = None
) -> LimitInForce:
    """The buyer's own limits at a moment; its group's are another question."""
    return in_force(_newest(Q(buyer_id=buyer_id), at, known_at))


def group_limit_in_force(
    group_id: UUID, *, at: datetime, known_at: datetime | None = None
) -> LimitInForce:
    """The limits of a group (the public id of its ultimate parent) at a moment."""
    return in_force(_newest(Q(group_id=group_id), at, known_at))


def limits_of(
    buyer_ids: Iterable[int], *, at: datetime, known_at: datetime | None = None
) -> dict[int, LimitInForce]:
    """:func:`limit_in_force` of many buyers at once; those without any are left out."""
    found: dict[int, list[GrantedLimit]] = {}
    for row in _newest(Q(buyer_id__in=list(buyer_ids)), at, known_at):
        if row.buyer_id is not None:
            found.setdefault(row.buyer_id, []).append(row)
    return {buyer: in_force(rows) for buyer, rows in found.items()}


def granted_history(
    buyer_id: int | None = None,
    group_id: UUID | None = None,
    *,
    known_at: datetime | None = None,
    limit: int = HISTORY,
) -> tuple[GrantedLimit, ...]:
    """Every decision on the limits of a buyer, or of a group, the newest first."""
    rows = _rows(Q(buyer_id=buyer_id) if group_id is None else Q(group_id=group_id))
    if known_at is not None:
        rows = rows.filter(decided_at__lte=known_at)
    return tuple(map(granted_value, rows.order_by("-id")[:limit]))


def _newest(holder: Q, at: datetime, known_at: datetime | None) -> tuple[GrantedLimit, ...]:
    """The newest decision whose time has come, a holder and kind, if it has not run out."""
    known = at if known_at is None else known_at
    rows = _rows(holder).filter(valid_from__lte=at, decided_at__lte=known)
    place = ("buyer_id", "group_id", "kind")
    newest = map(granted_value, rows.order_by(*place, "-id").distinct(*place))
    return tuple(row for row in newest if row.valid_until is None or at < row.valid_until)


def _rows(holder: Q) -> QuerySet[models.GrantedLimit]:
    return models.GrantedLimit.objects.filter(holder, tenant_id=current_tenant_id())


def granted_value(row: models.GrantedLimit) -> GrantedLimit:
    """A row as the value other contexts see."""
    return GrantedLimit(
        public_id=row.public_id,
        buyer_id=row.buyer_id,
        group_id=row.group_id,
        currency=row.currency,
        amount=row.amount,
        kind=LimitKind(row.kind),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        next_review_on=row.next_review_on,
        decided_at=row.decided_at,
        evidence_id=row.evidence_id,
        conditions=row.conditions,
        change=Change(row.change),
        decided_by=row.decided_by,
        request_id=row.request_id,
        policy_number=row.policy_number,
    )
