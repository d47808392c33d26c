"""The endpoints: make, change, test, rotate the secret, pause, remove.

What a reader would get wrong: a secret is shown in the answer to the POST that made it and nowhere
else, so that page has no address of its own and is kept by no cache.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.connectors.webhooks import actions, reads
from xindun.connectors.webhooks.reads import UnknownEndpoint
from xindun.connectors.webhooks.values import DeliveryFilter, Endpoint, NewEndpoint
from xindun.kernel.errors import DomainError
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, confirmed
from xindun.web.webhooks.forms import EndpointForm
from xindun.web.webhooks.shown import delivery_row, endpoint_row
from xindun.web.words import refusal

LATEST = 5


@allowed(Permission.WEBHOOKS_MANAGE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The company's endpoints."""
    rows = [endpoint_row(each) for each in reads.endpoints()]
    return render(request, "web/webhooks/page.html", {"rows": rows, "counts": reads.counts()})


@allowed(Permission.WEBHOOKS_MANAGE)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new endpoint; a POST makes it and shows its secret, this once."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_endpoint(
                **form.chosen(), actor=actor_of(request), now=timezone.now()
            )
        except DomainError as error:
            form.add_error("url", refusal(error))
        else:
            return _secret(request, made)
    status = 400 if form.errors else 200
    return render(request, "web/webhooks/new.html", {"form": form}, status=status)


@allowed(Permission.WEBHOOKS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One endpoint; a POST changes it."""
    endpoint = endpoint_or_404(public_id)
    form = EndpointForm(request.POST or None, endpoint=endpoint)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_endpoint(
                public_id, **form.chosen(), actor=actor_of(request), now=timezone.now()
            )
        except DomainError as error:
            form.add_error("url", refusal(error))
        else:
            messages.success(request, _("The webhook was changed."))
            return redirect("webhook", public_id)
    latest = reads.deliveries_page(DeliveryFilter(endpoint=public_id)).rows[:LATEST]
    context: dict[str, Any] = {
        **endpoint_row(endpoint),
        "form": form,
        "latest": [delivery_row(each) for each in latest],
    }
    status = 400 if form.errors else 200
    return render(request, "web/webhooks/endpoint.html", context, status=status)


@allowed(Permission.WEBHOOKS_MANAGE)
@require_POST
def test(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send a test message and go to its page, where the result appears."""
    endpoint_or_404(public_id)
    try:
        delivery = actions.send_test(public_id, actor=actor_of(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect("webhook", public_id)
    return redirect("webhook-delivery", delivery)


@allowed(Permission.WEBHOOKS_MANAGE)
@confirmed
@require_POST
@never_cache
def rotate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a new secret and show it, this once."""
    endpoint_or_404(public_id)
    rotated = actions.rotate_secret(public_id, actor=actor_of(request), now=timezone.now())
    return _secret(request, rotated)


@allowed(Permission.WEBHOOKS_MANAGE)
@require_POST
def step(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Pause, resume or remove an endpoint."""
    endpoint_or_404(public_id)
    steps = {
        "pause": (actions.pause_endpoint, _("The webhook is paused.")),
        "resume": (actions.resume_endpoint, _("The webhook is active again.")),
        "remove": (actions.remove_endpoint, _("The webhook was removed.")),
    }
    wanted = request.POST.get("step", "")
    if wanted not in steps:
        raise Http404
    act, said = steps[wanted]
    try:
        act(public_id, actor=actor_of(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect("webhook", public_id)
    messages.success(request, said)
    return redirect("webhooks") if wanted == "remove" else redirect("webhook", public_id)


@allowed(Permission.WEBHOOKS_MANAGE)
@require_POST
def replay_dead(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send an endpoint's dead letters again."""
    endpoint_or_404(public_id)
    try:
        count = actions.replay_dead(public_id, actor=actor_of(request), now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        text = ngettext("%(n)d message is sent again.", "%(n)d messages are sent again.", count)
        messages.success(request, text % {"n": count})
    return redirect("webhook", public_id)


def endpoint_or_404(public_id: UUID) -> Endpoint:
    """The endpoint; another company's does not exist here."""
    try:
        return reads.endpoint(public_id)
    except UnknownEndpoint as error:
        raise Http404 from error


def _secret(request: HttpRequest, made: NewEndpoint) -> HttpResponse:
    return render(
        request,
        "web/webhooks/secret.html",
        {**endpoint_row(made.endpoint), "secret": made.secret},
    )
