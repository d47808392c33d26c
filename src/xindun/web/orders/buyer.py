"""The tab "Orders" of a buyer's file: orders and checks, a check by hand, and stops.

What a reader would get wrong: a check by hand is a check like any other. With "check and reserve"
it takes room, or stands in the worklist, until somebody confirms, decides or cancels.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.control.gate import actions, reads
from xindun.control.gate.values import StopKind
from xindun.kernel.errors import DomainError
from xindun.prevention.credit_policy.reads import policy_in_force
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.evidence.shown import actor_name, people
from xindun.web.exports import FORMATS, exported
from xindun.web.orders.forms import CheckForm, LiftForm, StopForm
from xindun.web.orders.listed import export_of, list_context
from xindun.web.orders.words import STOPS
from xindun.web.words import refusal


@allowed(Permission.ORDERS_READ, to_change=Permission.ORDERS_CHECK)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Orders and checks; a POST checks an order, and reserves when it says so."""
    buyer = asked_buyer(public_id)
    form = CheckForm(request.POST or None, initial={"currency": _currency()})
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.check(
                actor_of(request),
                public_id,
                form.asked(),
                reserve=request.POST.get("reserve") == "yes",
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            return redirect("credit-check", found.public_id)
    return _page(request, public_id, check_form=form) if form.errors else _shown(request, buyer)


@allowed(Permission.ORDERS_RELEASE)
@require_POST
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hold every order of the buyer from now on."""
    asked_buyer(public_id)
    form = StopForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.place_stop(
                actor_of(request),
                public_id,
                StopKind(said["kind"]),
                reason=said["reason"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Stopped. Every order of this buyer is held from now on."))
            return redirect("buyer-orders", public_id)
    return _page(request, public_id, stop_form=form)


@allowed(Permission.ORDERS_RELEASE)
@require_POST
def lift(request: HttpRequest, public_id: UUID, stop_id: UUID) -> HttpResponse:
    """Let the rules judge the buyer's orders again; by somebody who did not place the stop."""
    buyer = asked_buyer(public_id)
    if stop_id not in {each.public_id for each in reads.stops_of(buyer.id)}:
        raise Http404
    form = LiftForm(request.POST)
    if form.is_valid():
        try:
            actions.lift_stop(
                actor_of(request),
                stop_id,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Lifted. The rules judge the buyer's orders again."))
            return redirect("buyer-orders", public_id)
    return _page(request, public_id, lift_form=form)


@allowed(Permission.ORDERS_READ)
@require_safe
def export(request: HttpRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """The orders or checks as they are narrowed and ordered, all pages."""
    if fmt not in FORMATS:
        raise Http404
    name, heads, rows = export_of(request, asked_buyer(public_id))
    return exported(fmt, f"{name}-{timezone.now().date()}", heads, rows)


def _page(request: HttpRequest, public_id: UUID, **refused: forms.Form) -> HttpResponse:
    """The page with a form that was not accepted."""
    buyer = asked_buyer(public_id)
    context = _context(request, buyer, **refused)
    return render(request, "web/orders/buyer.html", context, status=400)


def _shown(request: HttpRequest, buyer: Any) -> HttpResponse:
    context = _context(request, buyer)
    return whole_or_part(request, "web/orders/buyer.html", "web/orders/buyer_list.html", context)


def _context(request: HttpRequest, buyer: Any, **refused: forms.Form) -> dict[str, Any]:
    names = people()
    return {
        "check_form": CheckForm(initial={"currency": _currency()}),
        "stop_form": StopForm(),
        "lift_form": LiftForm(),
        **refused,
        "stops": [
            (each, STOPS[each.kind], actor_name(each.placed_by, names))
            for each in reads.stops_of(buyer.id)
        ],
        **list_context(request, buyer),
        **tabs_context(request, "buyer-orders", buyer),
    }


def _currency() -> str:
    return policy_in_force(at=timezone.now()).currency
