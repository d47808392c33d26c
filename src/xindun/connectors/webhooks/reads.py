"""Questions about the current tenant's webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from xindun.connectors.webhooks import models, values
from xindun.connectors.webhooks.values import (
    TEST,
    DeliveriesPage,
    DeliveryFilter,
    DeliveryState,
    DisabledBecause,
    EndpointState,
    Outcome,
)
from xindun.kernel.errors import DomainError
from xindun.kernel.paging import page_place
from xindun.kit.tenancy import current_tenant_id

PAGE_SIZE = 20
DEAD = Q(state=DeliveryState.DEAD.value) & ~Q(topic=TEST)
"""What waits to be sent again: a test that failed has told what it was asked."""
NEWEST_FIRST = "-time"
SORTS = {
    "time": "id",
    "topic": "topic",
    "subject": "subject",
    "state": "state",
    "attempts": "attempts",
}


class UnknownEndpoint(DomainError):
    """This tenant has no such webhook (any more)."""

    code = "webhook_unknown"
    sentence = "There is no such webhook."


class UnknownDelivery(DomainError):
    """This tenant has no such delivery (any more)."""

    code = "webhook_delivery_unknown"
    sentence = "There is no such delivery; old ones are removed after a while."


def endpoints() -> list[values.Endpoint]:
    """All endpoints that were not removed, oldest first, with their counts."""
    rows = _endpoints().exclude(state=EndpointState.REMOVED.value).order_by("id")
    return _with_counts(list(rows))


def endpoint(public_id: UUID) -> values.Endpoint:
    """One endpoint.

    Raises:
        UnknownEndpoint: as named.
    """
    return _with_counts([stored_endpoint(public_id)])[0]


def stored_endpoint(public_id: UUID, *, lock: bool = False) -> models.Endpoint:
    """The row of an endpoint that was not removed, for actions.

    Raises:
        UnknownEndpoint: as named.
    """
    rows = _endpoints().exclude(state=EndpointState.REMOVED.value).filter(public_id=public_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise UnknownEndpoint
    return row


def deliveries_page(
    wanted: DeliveryFilter, *, sort: str = NEWEST_FIRST, page: int = 1
) -> DeliveriesPage:
    """The deliveries that match, a page of them; a page past the end is the last one."""
    rows, sort = _ordered(wanted, sort)
    total = rows.count()
    at = page_place(total, page, PAGE_SIZE)
    shown = rows[at.start : at.stop]
    return DeliveriesPage(tuple(map(delivery_value, shown)), total, at.page, at.pages, sort)


def iter_deliveries(
    wanted: DeliveryFilter, *, sort: str = NEWEST_FIRST
) -> Iterator[values.Delivery]:
    """All deliveries that match, for an export; made as they are asked for."""
    rows, _sort = _ordered(wanted, sort)
    for row in rows.iterator(chunk_size=1000):
        yield delivery_value(row)


def delivery(public_id: UUID) -> tuple[values.Delivery, str, list[values.Attempt]]:
    """One delivery, the body that is sent, and its attempts, newest first.

    Raises:
        UnknownDelivery: as named.
    """
    row = _deliveries().filter(public_id=public_id).first()
    if row is None:
        raise UnknownDelivery
    attempts = models.Attempt.objects.filter(
        tenant_id=current_tenant_id(), delivery_id=row.id
    ).order_by("-id")
    return delivery_value(row), row.body, [_attempt(each) for each in attempts]


def counts() -> dict[str, int]:
    """How many deliveries are waiting and dead."""
    return {
        "waiting": _deliveries().filter(state=DeliveryState.WAITING.value).count(),
        "dead": _deliveries().filter(DEAD).count(),
    }


def due_endpoints(now: datetime) -> list[int]:
    """Row ids of the endpoints that have something to send by now."""
    return list(
        _deliveries()
        .filter(state=DeliveryState.WAITING.value, next_try_at__lte=now)
        .values_list("endpoint_id", flat=True)
        .distinct()
    )


def delivery_value(row: models.Delivery) -> values.Delivery:
    """A row as the value that others see."""
    return values.Delivery(
        public_id=row.public_id,
        message_id=row.message_id,
        endpoint_public_id=row.endpoint.public_id,
        url=row.endpoint.url,
        topic=row.topic,
        subject=row.subject,
        number=row.number,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        occurred_at=row.occurred_at,
        next_try_at=row.next_try_at,
        finished_at=row.finished_at,
        last_status=row.last_status,
        last_error=row.last_error,
        last_milliseconds=row.last_milliseconds,
    )


def _with_counts(rows: list[models.Endpoint]) -> list[values.Endpoint]:
    ids = [row.id for row in rows]
    mine: dict[str, Any] = {"tenant_id": current_tenant_id(), "endpoint_id__in": ids}
    failing = dict(models.Failing.objects.filter(**mine).values_list("endpoint_id", "since"))
    former = dict(
        models.EndpointSecret.objects.filter(**mine, ends_at__isnull=False)
        .order_by("ends_at")
        .values_list("endpoint_id", "ends_at")
    )
    counted: dict[int, dict[str, int]] = {
        each["endpoint_id"]: {"waiting": each["waiting"], "dead": each["dead"]}
        for each in models.Delivery.objects.filter(**mine)
        .exclude(state=DeliveryState.DELIVERED.value)
        .values("endpoint_id")
        .annotate(
            waiting=Count("id", filter=Q(state=DeliveryState.WAITING.value)),
            dead=Count("id", filter=DEAD),
        )
    }
    return [
        values.Endpoint(
            id=row.id,
            public_id=row.public_id,
            url=row.url,
            note=row.note,
            topics=tuple(row.topics),
            state=EndpointState(row.state),
            disabled_because=DisabledBecause(row.disabled_because)
            if row.disabled_because
            else None,
            failing_since=failing.get(row.id),
            made_at=row.made_at,
            secret_ends_at=former.get(row.id),
            waiting=counted.get(row.id, {}).get("waiting", 0),
            dead=counted.get(row.id, {}).get("dead", 0),
        )
        for row in rows
    ]


def _attempt(row: models.Attempt) -> values.Attempt:
    return values.Attempt(
        tried_at=row.tried_at,
        outcome=Outcome(row.outcome),
        status=row.status,
        error=row.error,
        milliseconds=row.milliseconds,
        answer=row.answer,
    )


def _endpoints() -> QuerySet[models.Endpoint]:
    return models.Endpoint.objects.filter(tenant_id=current_tenant_id())


def _deliveries() -> QuerySet[models.Delivery]:
    rows = models.Delivery.objects.filter(tenant_id=current_tenant_id())
    return rows.select_related("endpoint")


def _ordered(wanted: DeliveryFilter, sort: str) -> tuple[QuerySet[models.Delivery], str]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        name, sort = "time", NEWEST_FIRST
    sign = "-" if sort.startswith("-") else ""
    return _filtered(wanted).order_by(f"{sign}{SORTS[name]}", "-id"), sort


def _filtered(wanted: DeliveryFilter) -> QuerySet[models.Delivery]:
    rows = _deliveries()
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.topic:
        rows = rows.filter(topic=wanted.topic)
    if wanted.endpoint is not None:
        rows = rows.filter(endpoint__public_id=wanted.endpoint)
    if wanted.search:
        text = wanted.search.strip()
        same = Q(subject__icontains=text) | Q(endpoint__url__icontains=text)
        try:
            found = UUID(hex=text.removeprefix("msg_"))
        except ValueError:
            return rows.filter(same)
        rows = rows.filter(same | Q(message_id=found) | Q(public_id=found))
    return rows
