"""What became of each event: searched, filtered, sorted, page by page, as a file, one by one."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xindun.connectors.webhooks import actions, reads
from xindun.connectors.webhooks.reads import NEWEST_FIRST, UnknownDelivery
from xindun.connectors.webhooks.values import TEST, TOPICS, Delivery, DeliveryFilter
from xindun.kernel.errors import DomainError
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY, choice_field, search_field
from xindun.web.paging import asked_page
from xindun.web.webhooks.shown import DELIVERY_STATES, delivery_row, host_of, result_of
from xindun.web.words import refusal


class DeliveriesForm(forms.Form):
    """The search and the filters above the list; nonsense in an address narrows nothing."""

    q = search_field(gettext_lazy("Subject, address or message id"))
    state = choice_field(
        gettext_lazy("State"), ((state.value, name) for state, name in DELIVERY_STATES.items())
    )
    topic = choice_field(gettext_lazy("Topic"), ((name, name) for name in (*TOPICS, TEST)))


def asked_for(request: HttpRequest) -> tuple[DeliveryFilter, str]:
    """What the address narrows the list to, and its order."""
    state, topic = request.GET.get("state", ""), request.GET.get("topic", "")
    try:
        endpoint = UUID(request.GET.get("webhook", ""))
    except ValueError:
        endpoint = None
    wanted = DeliveryFilter(
        state=state if state in {each.value for each in DELIVERY_STATES} else "",
        topic=topic if topic in (*TOPICS, TEST) else "",
        search=request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        endpoint=endpoint,
    )
    return wanted, request.GET.get("sort", NEWEST_FIRST)


@allowed(Permission.WEBHOOKS_MANAGE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The list; HTMX gets its table alone."""
    wanted, sort = asked_for(request)
    found = reads.deliveries_page(wanted, sort=sort, page=asked_page(request))
    context = {
        "found": found,
        "sort": found.sort,
        "form": DeliveriesForm(request.GET),
        "webhook": wanted.endpoint or "",
        "filtered": wanted != DeliveryFilter(),
        "list_url": request.path,
        "list_target": "#deliveries-list",
        "rows": [delivery_row(each) for each in found.rows],
    }
    return whole_or_part(
        request, "web/webhooks/deliveries.html", "web/webhooks/deliveries_list.html", context
    )


@allowed(Permission.WEBHOOKS_MANAGE)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    wanted, sort = asked_for(request)
    # Read now: a streamed answer is sent when the request's scope has closed.
    rows = [_cells(each) for each in reads.iter_deliveries(wanted, sort=sort)]
    heads = [
        *(_("Message"), _("Topic"), _("Subject"), _("Number"), _("Host"), _("State")),
        *(_("Attempts"), _("Last result"), _("Milliseconds")),
        *(_("Happened (UTC)"), _("Next try (UTC)"), _("Finished (UTC)")),
    ]
    return exported(fmt, f"webhooks-{timezone.now().date()}", heads, rows)


@allowed(Permission.WEBHOOKS_MANAGE)
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One delivery with its attempts; HTMX asks for the moving part while it waits."""
    try:
        delivery, body, attempts = reads.delivery(public_id)
    except UnknownDelivery as error:
        raise Http404 from error
    context: dict[str, Any] = {
        **delivery_row(delivery),
        "body": json.dumps(json.loads(body), ensure_ascii=False, indent=2),
        "attempts": [(each, result_of(each.status, each.error, delivery.url)) for each in attempts],
    }
    return whole_or_part(
        request, "web/webhooks/delivery.html", "web/webhooks/attempts.html", context
    )


@allowed(Permission.WEBHOOKS_MANAGE)
@require_POST
def replay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a message again."""
    try:
        actions.replay(public_id, actor=actor_of(request), now=timezone.now())
    except UnknownDelivery as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, refusal(error))
    return redirect("webhook-delivery", public_id)


def _cells(delivery: Delivery) -> tuple[Any, ...]:
    return (
        *(f"msg_{delivery.message_id.hex}", delivery.topic, delivery.subject, delivery.number),
        *(host_of(delivery.url), str(DELIVERY_STATES[delivery.state]), delivery.attempts),
        result_of(delivery.last_status, delivery.last_error, delivery.url),
        delivery.last_milliseconds,
        *(_moment(delivery.occurred_at), _moment(delivery.next_try_at)),
        _moment(delivery.finished_at),
    )


def _moment(at: Any) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
