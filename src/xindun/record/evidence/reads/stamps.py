"""Questions about the current tenant's time stamps."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models, values


def stamp_state() -> values.StampState:
    """Which authority is asked, the newest stamp, and what went wrong since."""
    rows = _stamps().order_by("-head__number")
    trouble = models.StampTrouble.objects.filter(tenant_id=current_tenant_id()).first()
    newest = rows.first()
    state = values.StampState(
        authority=settings.XINDUN_TSA_URL, newest=None if newest is None else stamp_value(newest)
    )
    if trouble is None or trouble.failures == 0:
        return state
    return values.StampState(
        authority=state.authority,
        newest=state.newest,
        failures=trouble.failures,
        failing_since=trouble.failing_since,
        reason=trouble.reason,
        next_try_at=trouble.next_try_at,
    )


def stamp_covering(number: int) -> values.TimeStamp | None:
    """The earliest stamp over a head that covers record ``number``; None when there is none."""
    row = _stamps().filter(head__size__gt=number).order_by("head__number").first()
    return None if row is None else stamp_value(row)


def stamps() -> list[values.TimeStamp]:
    """Every stamp of this log, oldest first."""
    return [stamp_value(row) for row in _stamps().order_by("head__number")]


def stamp_value(row: models.TimeStamp) -> values.TimeStamp:
    """A row as the value other contexts see."""
    return values.TimeStamp(
        head=row.head.number,
        size=row.head.size,
        authority=row.authority,
        stamped_at=row.stamped_at,
        received_at=row.received_at,
        answer=bytes(row.answer),
    )


def _stamps() -> QuerySet[models.TimeStamp]:
    rows = models.TimeStamp.objects.filter(tenant_id=current_tenant_id())
    return rows.select_related("head")
