"""Send what is due: look, call, note, in that order and never in one transaction.

What a reader would get wrong: nothing is claimed before a call. A worker that is killed between
the call and the note leaves the delivery waiting, and it is sent again under the same
``webhook-id``: at least once. That only one worker is at an endpoint at a time is the job queue's
lock; two that overlap all the same send twice and lose nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from standardwebhooks import Webhook

from xindun.connectors.webhooks import models
from xindun.connectors.webhooks.actions.endpoints import disable_endpoint
from xindun.connectors.webhooks.actions.sealed import opened_secret
from xindun.connectors.webhooks.rules import (
    beginning,
    has_failed_too_long,
    message_id,
    next_try,
    outcome_of,
    seconds_of,
)
from xindun.connectors.webhooks.values import (
    TEST,
    Call,
    DeliveryState,
    DisabledBecause,
    EndpointState,
    Outcome,
    Tried,
)
from xindun.kernel.errors import DomainError
from xindun.kit.events import defer_later
from xindun.kit.outgoing import send
from xindun.kit.sealing import SealBroken
from xindun.kit.tenancy import current_tenant_id, tenant_scope

CALLS_A_JOB = 50
WAKE_TASK = "webhooks.wake"
ANSWER_BYTES = 2048


def deliver_due(
    tenant_id: int,
    endpoint_id: int,
    *,
    clock: Callable[[], datetime],
    chance: Callable[[], float],
    calls: int = CALLS_A_JOB,
) -> bool:
    """Send what is due for one endpoint, each as its own transaction; must not run in a scope.

    Args:
        chance: 0 to 1, spreads the retries.
        calls: how many at most, so that other endpoints get their turn.

    Returns:
        Whether more may be due.
    """
    for _ in range(calls):
        with tenant_scope(tenant_id):
            call = next_call(endpoint_id, now=clock())
        if call is None:
            return False
        tried = _try(call, clock)
        with tenant_scope(tenant_id):
            note(call.delivery_id, tried, chance=chance())
    return True


def next_call(endpoint_id: int, *, now: datetime) -> Call | None:
    """The next delivery that is due and not held back by an earlier one of its subject, signed
    with every secret that is valid; None when there is none."""
    earlier = models.Delivery.objects.filter(
        tenant_id=OuterRef("tenant_id"),
        endpoint_id=OuterRef("endpoint_id"),
        subject=OuterRef("subject"),
        number__lt=OuterRef("number"),
        state=DeliveryState.WAITING.value,
    )
    row = (
        models.Delivery.objects.filter(
            ~Exists(earlier),
            tenant_id=current_tenant_id(),
            endpoint_id=endpoint_id,
            endpoint__state=EndpointState.ACTIVE.value,
            state=DeliveryState.WAITING.value,
            next_try_at__lte=now,
        )
        .select_related("endpoint")
        .order_by("next_try_at", "id")
        .first()
    )
    if row is None:
        return None
    name = message_id(row.message_id)
    return Call(
        delivery_id=row.id,
        url=row.endpoint.url,
        body=row.body.encode(),
        headers={
            "Content-Type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": _signatures(row, name, now),
        },
    )


@transaction.atomic
def note(delivery_id: int, tried: Tried, *, chance: float) -> Outcome:
    """Keep what an attempt came to and settle what follows: done, again later, dead, disabled."""
    rows = models.Delivery.objects.select_for_update(of=("self",)).select_related("endpoint")
    row = rows.get(tenant_id=current_tenant_id(), id=delivery_id)
    endpoint, outcome = row.endpoint, outcome_of(tried.status)
    models.Attempt.objects.create(
        tenant_id=row.tenant_id,
        delivery_id=row.id,
        tried_at=tried.tried_at,
        outcome=outcome.value,
        status=tried.status,
        error=tried.error,
        milliseconds=tried.milliseconds,
        answer=tried.answer,
    )
    row.attempts += 1
    if row.state != DeliveryState.WAITING.value:
        # Stopped, or accepted by an overlapping try, while this one was under way: that stands.
        row.save(update_fields=["attempts"])
        return outcome
    row.last_status, row.last_error = tried.status, tried.error
    row.last_milliseconds = tried.milliseconds
    row.save(update_fields=["attempts", "last_status", "last_error", "last_milliseconds"])
    if outcome is Outcome.ACCEPTED:
        _finish(row, DeliveryState.DELIVERED, tried.tried_at)
        models.Failing.objects.filter(tenant_id=row.tenant_id, endpoint_id=endpoint.id).delete()
    else:
        _failed(row, outcome, tried, chance)
    return outcome


def _failed(row: models.Delivery, outcome: Outcome, tried: Tried, chance: float) -> None:
    now = tried.tried_at
    again = next_try(
        row.attempts, now, chance=chance, retry_after_seconds=tried.retry_after_seconds
    )
    if row.topic == TEST or outcome is Outcome.GONE or again is None:
        _finish(row, DeliveryState.DEAD, now)
    else:
        row.next_try_at = again
        row.save(update_fields=["next_try_at"])
        defer_later(
            WAKE_TASK,
            at=again,
            place=f"{WAKE_TASK}-{row.id}",
            endpoint_id=row.endpoint_id,
        )
    if row.topic != TEST:
        _judge_endpoint(row, outcome, now)


def _judge_endpoint(row: models.Delivery, outcome: Outcome, now: datetime) -> None:
    failing, _ = models.Failing.objects.get_or_create(
        tenant_id=row.tenant_id, endpoint_id=row.endpoint_id, defaults={"since": now}
    )
    endpoint = models.Endpoint.objects.select_for_update().get(
        tenant_id=row.tenant_id, id=row.endpoint_id
    )
    if endpoint.state != EndpointState.ACTIVE.value:
        return
    if outcome is Outcome.GONE:
        disable_endpoint(endpoint, DisabledBecause.GONE, now=now)
    elif has_failed_too_long(failing.since, now):
        disable_endpoint(endpoint, DisabledBecause.FAILING, now=now)


def _finish(row: models.Delivery, state: DeliveryState, now: datetime) -> None:
    row.state, row.next_try_at, row.finished_at = state.value, None, now
    row.save(update_fields=["state", "next_try_at", "finished_at"])


def _signatures(row: models.Delivery, name: str, now: datetime) -> str:
    valid = models.EndpointSecret.objects.filter(
        tenant_id=row.tenant_id, endpoint_id=row.endpoint_id
    ).exclude(ends_at__lte=now)
    signed = []
    for secret in valid.order_by("-id"):
        try:
            text = opened_secret(bytes(secret.sealed), row.endpoint)
        except SealBroken:
            continue  # an unreadable secret signs nothing; with none left nothing is sent
        signed.append(Webhook(text).sign(name, now.astimezone(UTC), row.body))
    return " ".join(signed)


def _try(call: Call, clock: Callable[[], datetime]) -> Tried:
    now, started = clock(), time.monotonic()

    def took() -> int:
        return int((time.monotonic() - started) * 1000)

    if not call.headers["webhook-signature"]:
        return Tried(now, 0, error=SealBroken.code)
    try:
        answer = send(
            "POST",
            call.url,
            body=call.body,
            headers=call.headers,
            limit=ANSWER_BYTES,
            truncate=True,
        )
    except DomainError as error:
        return Tried(now, took(), error=error.code)
    return Tried(
        now,
        took(),
        status=answer.status,
        answer=beginning(answer.body),
        retry_after_seconds=seconds_of(answer.headers.get("retry-after", "")),
    )
