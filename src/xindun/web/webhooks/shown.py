"""Webhooks in a person's words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.connectors.webhooks.values import (
    Delivery,
    DeliveryState,
    DisabledBecause,
    Endpoint,
    EndpointState,
)
from xindun.kit import addresses, outgoing, sealing
from xindun.web.words import said

SENTENCES = {
    each.code: each.sentence
    for each in (
        addresses.AddressMalformed,
        addresses.AddressNotEncrypted,
        outgoing.AddressRefused,
        outgoing.AnswerTooLarge,
        outgoing.NameUnknown,
        outgoing.NotEncrypted,
        outgoing.OutgoingFailed,
        outgoing.TooSlow,
        sealing.SealBroken,
    )
}
ENDPOINT_STATES = {
    EndpointState.ACTIVE: gettext_lazy("Active"),
    EndpointState.PAUSED: gettext_lazy("Paused"),
    EndpointState.DISABLED: gettext_lazy("Disabled"),
    EndpointState.REMOVED: gettext_lazy("Removed"),
}
ENDPOINT_TONES = {
    EndpointState.ACTIVE: "good",
    EndpointState.PAUSED: "none",
    EndpointState.DISABLED: "bad",
    EndpointState.REMOVED: "none",
}
DELIVERY_STATES = {
    DeliveryState.DELIVERED: gettext_lazy("Delivered"),
    DeliveryState.WAITING: gettext_lazy("Waiting"),
    DeliveryState.DEAD: gettext_lazy("Dead letter"),
}
DELIVERY_TONES = {
    DeliveryState.DELIVERED: "good",
    DeliveryState.WAITING: "fair",
    DeliveryState.DEAD: "bad",
}
REASONS = {
    DisabledBecause.GONE: gettext_lazy(
        "The other side answered 410 Gone, so nothing is sent to it any more."
    ),
    DisabledBecause.FAILING: gettext_lazy(
        "The other side accepted nothing for five days, so nothing is sent to it any more."
    ),
}


def endpoint_row(endpoint: Endpoint) -> dict[str, Any]:
    """An endpoint as lists and its page show it."""
    failing = endpoint.state is EndpointState.ACTIVE and endpoint.failing_since is not None
    return {
        "endpoint": endpoint,
        "host": host_of(endpoint.url),
        "state": _("Failing") if failing else str(ENDPOINT_STATES[endpoint.state]),
        "tone": "poor" if failing else ENDPOINT_TONES[endpoint.state],
        "reason": REASONS.get(endpoint.disabled_because) if endpoint.disabled_because else "",
        "active": endpoint.state is EndpointState.ACTIVE,
    }


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """A delivery as lists and its page show it."""
    return {
        "delivery": delivery,
        "host": host_of(delivery.url),
        "state": str(DELIVERY_STATES[delivery.state]),
        "tone": DELIVERY_TONES[delivery.state],
        "result": result_of(delivery.last_status, delivery.last_error, delivery.url),
        "waiting": delivery.state is DeliveryState.WAITING,
    }


def result_of(status: int | None, error: str, url: str) -> str:
    """What an attempt came to: the status of the answer, or why there was none."""
    if error == "webhook_stopped":
        return _("The webhook was stopped before it was sent.")
    if error:
        return said(SENTENCES.get(error, error), {"host": host_of(url)})
    return "" if status is None else f"HTTP {status}"


def host_of(url: str) -> str:
    """The host of an address: what may stand where secrets may not."""
    return urlsplit(url).hostname or ""
