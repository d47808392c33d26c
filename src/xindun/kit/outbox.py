"""The transactional outbox: what the world outside may learn, written where it happened.

What a reader would get wrong: ``publish`` locks the subject's counter until the transaction ends,
which is what makes numbers come in the order of commits. So publish last, and two subjects in one
transaction always in the same order. A payload is thin (ids, versions, codes): it leaves the house,
so it never holds personal data, cover, a limit or a grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from xindun.kernel.identifiers import new_public_id
from xindun.kit.events import defer_once
from xindun.kit.models import OutboxEvent
from xindun.kit.tenancy import current_tenant_id

Payload = Mapping[str, str | int | bool | None]
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Event:
    """One event as those outside see it.

    Attributes:
        subject: what it is about, such as ``import:<public id>``.
        number: 1, 2, 3 … of the subject, in the order in which things happened, without gaps.
    """

    public_id: UUID
    topic: str
    subject: str
    number: int
    payload: dict[str, Any]
    occurred_at: datetime


def publish(topic: str, subject: str, payload: Payload, *, occurred_at: datetime) -> Event:
    """Write an event of the current tenant's; it exists if and only if the transaction commits.

    Args:
        topic: noun and verb, such as ``import.finished``; the catalogue of topics for webhooks
            lists them.
        subject: type and public id; events of one subject are delivered in order.
        payload: ids, versions and codes.

    Raises:
        TenantScopeMissing: outside a tenant scope.
    """
    tenant_id = current_tenant_id()
    event = Event(
        public_id=new_public_id(),
        topic=topic,
        subject=subject,
        number=_next_number(tenant_id, subject),
        payload=dict(payload),
        occurred_at=occurred_at,
    )
    OutboxEvent.objects.create(
        tenant_id=tenant_id,
        **{name: getattr(event, name) for name in Event.__slots__},
    )
    call_consumer()
    return event


def take(count: int, *, now: datetime) -> list[Event]:
    """The next events that nobody has taken, oldest first; they count as handed over when the
    caller's transaction commits, and come again if it does not."""
    rows = list(
        OutboxEvent.objects.select_for_update()
        .filter(tenant_id=current_tenant_id(), handed_over_at__isnull=True)
        .order_by("id")[:count]
    )
    OutboxEvent.objects.filter(
        tenant_id=current_tenant_id(), id__in=[row.id for row in rows]
    ).update(handed_over_at=now)
    return [
        Event(row.public_id, row.topic, row.subject, row.number, row.payload, row.occurred_at)
        for row in rows
    ]


def is_waiting() -> bool:
    """Whether the current tenant has events that nobody has taken."""
    return OutboxEvent.objects.filter(
        tenant_id=current_tenant_id(), handed_over_at__isnull=True
    ).exists()


def call_consumer() -> None:
    """Queue the task that takes events.

    A worker may have picked up the job that waited before this transaction commits, and see
    nothing; the consumer's periodic task finds such events.
    """
    task = settings.XINDUN_OUTBOX_CONSUMER
    defer_once(task, place=f"{task}-{current_tenant_id()}")


def prune(*, now: datetime) -> int:
    """Remove the current tenant's events that were handed over long ago; returns how many."""
    removed, _ = OutboxEvent.objects.filter(
        tenant_id=current_tenant_id(), handed_over_at__lt=now - KEPT
    ).delete()
    return removed


def _next_number(tenant_id: int, subject: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kit_outboxcounter AS c (tenant_id, subject, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (tenant_id, subject) DO UPDATE SET last = c.last + 1 RETURNING last",
            [tenant_id, subject],
        )
        number: int = cursor.fetchone()[0]
    return number
