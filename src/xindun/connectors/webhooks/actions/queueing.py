"""Turn events into deliveries, and put old ones in line again.

What a reader would get wrong: a replay sends the same message with the same ``webhook-id``, so that
a receiver that has it already can say so; and while it waits, later events of its subject wait too.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.connectors.webhooks import models
from xindun.connectors.webhooks.reads import DEAD, UnknownDelivery, stored_endpoint
from xindun.connectors.webhooks.rules import (
    KEEP_DEAD,
    KEEP_DELIVERED,
    WrongEndpointStep,
    message,
    wants,
)
from xindun.connectors.webhooks.values import TEST, DeliveryState, EndpointState
from xindun.kernel.identifiers import new_public_id
from xindun.kit import outbox
from xindun.kit.events import defer_once
from xindun.kit.tenancy import current_tenant_id
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission

BATCH = 200
DELIVER_TASK = "webhooks.deliver"


@transaction.atomic
def dispatch(*, now: datetime) -> int:
    """Give each waiting event to every endpoint that wants it; returns how many were taken.

    Events and their deliveries change hands in one transaction: none is lost, none comes twice.
    """
    events = outbox.take(BATCH, now=now)
    tenant = current_tenant()
    active = list(
        models.Endpoint.objects.filter(
            tenant_id=tenant.id, state=EndpointState.ACTIVE.value
        ).order_by("id")
    )
    rows = [
        models.Delivery(
            tenant_id=tenant.id,
            endpoint_id=endpoint.id,
            message_id=event.public_id,
            topic=event.topic,
            subject=event.subject,
            number=event.number,
            body=message(
                topic=event.topic,
                subject=event.subject,
                number=event.number,
                occurred_at=event.occurred_at,
                payload={"company": str(tenant.public_id), **event.payload},
            ),
            occurred_at=event.occurred_at,
            next_try_at=now,
        )
        for event in events
        for endpoint in active
        if wants(endpoint.topics, event.topic)
    ]
    models.Delivery.objects.bulk_create(rows)
    for endpoint_id in sorted({row.endpoint_id for row in rows}):
        ask_for_delivery(endpoint_id)
    if len(events) == BATCH:
        outbox.call_consumer()
    return len(events)


@transaction.atomic
def send_test(public_id: UUID, *, actor: Actor, now: datetime) -> UUID:
    """Queue a test message for an endpoint and return its delivery's public id; tried once.

    Raises:
        NotPermitted, UnknownEndpoint, WrongEndpointStep: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    endpoint = stored_endpoint(public_id)
    _check_active(endpoint)
    message_id = new_public_id()
    subject = f"test:{message_id}"
    row = models.Delivery.objects.create(
        tenant_id=endpoint.tenant_id,
        endpoint_id=endpoint.id,
        message_id=message_id,
        topic=TEST,
        subject=subject,
        number=1,
        body=message(
            topic=TEST,
            subject=subject,
            number=1,
            occurred_at=now,
            payload={"company": str(current_tenant().public_id)},
        ),
        occurred_at=now,
        next_try_at=now,
    )
    ask_for_delivery(endpoint.id)
    return row.public_id


@transaction.atomic
def replay(delivery_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Send a delivery again, whatever became of it.

    Raises:
        NotPermitted, UnknownDelivery, UnknownEndpoint, WrongEndpointStep: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    rows = models.Delivery.objects.filter(tenant_id=current_tenant_id(), public_id=delivery_id)
    row = rows.select_related("endpoint").first()
    if row is None:
        raise UnknownDelivery
    _check_active(row.endpoint)
    rows.update(**_again(now))
    ask_for_delivery(row.endpoint_id)


@transaction.atomic
def replay_dead(public_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Send everything that is dead for an endpoint again; returns how many.

    Raises:
        NotPermitted, UnknownEndpoint, WrongEndpointStep: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    endpoint = stored_endpoint(public_id)
    _check_active(endpoint)
    count = models.Delivery.objects.filter(
        DEAD, tenant_id=endpoint.tenant_id, endpoint_id=endpoint.id
    ).update(**_again(now))
    ask_for_delivery(endpoint.id)
    return count


def ask_for_delivery(endpoint_id: int) -> None:
    """Queue the task that sends what is due; one at a time an endpoint."""
    defer_once(DELIVER_TASK, place=f"{DELIVER_TASK}-{endpoint_id}", endpoint_id=endpoint_id)


def prune(*, now: datetime) -> int:
    """Remove the current tenant's old deliveries with their attempts; returns how many."""
    tenant_id = current_tenant_id()
    mine = models.Delivery.objects.filter(tenant_id=tenant_id)
    old = mine.filter(
        state=DeliveryState.DELIVERED.value, finished_at__lt=now - KEEP_DELIVERED
    ) | mine.filter(state=DeliveryState.DEAD.value, finished_at__lt=now - KEEP_DEAD)
    ids = list(old.values_list("id", flat=True))
    models.Attempt.objects.filter(tenant_id=tenant_id, delivery_id__in=ids).delete()
    rows = mine.filter(id__in=ids)
    rows._raw_delete(rows.db)
    return len(ids)


def _again(now: datetime) -> dict[str, object]:
    return {
        "state": DeliveryState.WAITING.value,
        "attempts": 0,
        "next_try_at": now,
        "finished_at": None,
    }


def _check_active(endpoint: models.Endpoint) -> None:
    if endpoint.state != EndpointState.ACTIVE.value:
        raise WrongEndpointStep(state=endpoint.state)
