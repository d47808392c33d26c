"""Settle which addresses get events; each change is evidence.

What a reader would get wrong: evidence and log never hold the address itself, because many
addresses carry a secret in their path or query. They hold the host and a hash of the whole.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from xindun.connectors.webhooks import models, values
from xindun.connectors.webhooks.actions.sealed import sealed_secret
from xindun.connectors.webhooks.reads import endpoint, stored_endpoint
from xindun.connectors.webhooks.rules import (
    MOST_ENDPOINTS,
    SECRET_OVERLAP,
    TooManyEndpoints,
    check_note,
    check_step,
    check_topics,
)
from xindun.connectors.webhooks.values import (
    DeliveryState,
    DisabledBecause,
    EndpointState,
    NewEndpoint,
)
from xindun.kit.outgoing import check_address
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.tenants.values import Actor, Permission

SECRET_BYTES = 32
SYSTEM = "system:webhooks"


@transaction.atomic
def create_endpoint(
    *, url: str, topics: Iterable[str], actor: Actor, now: datetime, note: str = ""
) -> NewEndpoint:
    """Make an endpoint; its secret is in the answer and is never shown again.

    Raises:
        NotPermitted, AddressMalformed, AddressNotEncrypted, UnknownTopic, NoteTooLong,
        TooManyEndpoints: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    check_address(url)
    wanted, text = check_topics(topics), check_note(note)
    kept = models.Endpoint.objects.filter(tenant_id=current_tenant_id())
    if kept.exclude(state=EndpointState.REMOVED.value).count() >= MOST_ENDPOINTS:
        raise TooManyEndpoints(most=MOST_ENDPOINTS)
    row = models.Endpoint.objects.create(
        tenant_id=current_tenant_id(), url=url, topics=list(wanted), note=text, made_at=now
    )
    secret = _new_secret(row, now)
    _record("webhook_created", row, actor.name, now)
    return NewEndpoint(endpoint(row.public_id), secret)


@transaction.atomic
def change_endpoint(
    public_id: UUID, *, url: str, topics: Iterable[str], actor: Actor, now: datetime, note: str
) -> values.Endpoint:
    """Change address, topics and note; what waits goes to the new address.

    Raises:
        NotPermitted, UnknownEndpoint, AddressMalformed, AddressNotEncrypted, UnknownTopic,
        NoteTooLong: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    check_address(url)
    wanted, text = check_topics(topics), check_note(note)
    row = stored_endpoint(public_id, lock=True)
    row.url, row.topics, row.note = url, list(wanted), text
    row.save(update_fields=["url", "topics", "note"])
    _record("webhook_changed", row, actor.name, now)
    return endpoint(public_id)


@transaction.atomic
def rotate_secret(public_id: UUID, *, actor: Actor, now: datetime) -> NewEndpoint:
    """Make a new secret; the present one signs beside it for a day, so that nothing is lost while
    the other side changes over. One that was already on its way out ends at once.

    Raises:
        NotPermitted, UnknownEndpoint: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    row = stored_endpoint(public_id, lock=True)
    mine = models.EndpointSecret.objects.filter(tenant_id=row.tenant_id, endpoint_id=row.id)
    mine.filter(ends_at__isnull=False).delete()
    mine.update(ends_at=now + SECRET_OVERLAP)
    secret = _new_secret(row, now)
    _record("webhook_secret_rotated", row, actor.name, now)
    return NewEndpoint(endpoint(public_id), secret)


@transaction.atomic
def pause_endpoint(public_id: UUID, *, actor: Actor, now: datetime) -> values.Endpoint:
    """Send nothing for now. Events that come meanwhile are not kept for it.

    Raises:
        NotPermitted, UnknownEndpoint, WrongEndpointStep: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    row = stored_endpoint(public_id, lock=True)
    _move(row, EndpointState.PAUSED)
    _record("webhook_paused", row, actor.name, now)
    return endpoint(public_id)


@transaction.atomic
def resume_endpoint(public_id: UUID, *, actor: Actor, now: datetime) -> values.Endpoint:
    """Send again, after a pause or after Xindun disabled it.

    Raises:
        NotPermitted, UnknownEndpoint, WrongEndpointStep: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    row = stored_endpoint(public_id, lock=True)
    _move(row, EndpointState.ACTIVE)
    models.Failing.objects.filter(tenant_id=row.tenant_id, endpoint_id=row.id).delete()
    _record("webhook_resumed", row, actor.name, now)
    return endpoint(public_id)


@transaction.atomic
def remove_endpoint(public_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Stop for good: the secrets go, what waited is dead; the log of deliveries stays.

    Raises:
        NotPermitted, UnknownEndpoint: as named.
    """
    actor.check(Permission.WEBHOOKS_MANAGE)
    row = stored_endpoint(public_id, lock=True)
    _move(row, EndpointState.REMOVED)
    bury_waiting(row, now)
    models.EndpointSecret.objects.filter(tenant_id=row.tenant_id, endpoint_id=row.id).delete()
    _record("webhook_removed", row, actor.name, now)


def disable_endpoint(row: models.Endpoint, because: DisabledBecause, *, now: datetime) -> None:
    """Stop by ourselves: the other side asked for it, or has failed too long."""
    _move(row, EndpointState.DISABLED, because.value)
    bury_waiting(row, now)
    _record("webhook_disabled", row, SYSTEM, now)


def bury_waiting(row: models.Endpoint, now: datetime) -> None:
    """What still waits for an endpoint that has stopped is dead, and can be replayed later."""
    models.Delivery.objects.filter(
        tenant_id=row.tenant_id, endpoint_id=row.id, state=DeliveryState.WAITING.value
    ).update(
        state=DeliveryState.DEAD.value,
        next_try_at=None,
        finished_at=now,
        last_error="webhook_stopped",
    )


def _move(row: models.Endpoint, wanted: EndpointState, because: str = "") -> None:
    check_step(EndpointState(row.state), wanted)
    row.state, row.disabled_because = wanted.value, because
    row.save(update_fields=["state", "disabled_because"])


def _new_secret(row: models.Endpoint, now: datetime) -> str:
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    models.EndpointSecret.objects.create(
        tenant_id=row.tenant_id,
        endpoint_id=row.id,
        sealed=sealed_secret(secret, row),
        made_at=now,
    )
    return secret


def _record(kind: str, row: models.Endpoint, actor: str, now: datetime) -> None:
    result: dict[str, Plain] = {
        "state": row.state,
        "topics": list(row.topics),
        "host": urlsplit(row.url).hostname,
        "url_sha256": sha256(row.url.encode()).hexdigest(),
    }
    if row.disabled_because:
        result["because"] = row.disabled_because
    append(
        kind=kind,
        subject=Subject("webhook", str(row.public_id)),
        actor=actor,
        occurred_at=now,
        inputs={},
        result=result,
        versions={},
    )
