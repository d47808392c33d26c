"""Delegations: what members lend to each other, and the form that lends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, confirmed, is_partial
from xindun.web.exports import FORMATS, exported
from xindun.web.people.forms import LOAN_STATES, LendForm
from xindun.web.people.lent import list_context, names_of, wanted
from xindun.web.words import refusal


@allowed(Permission.COMPANY_READ)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Delegations that concern the reader, or everybody's for who sees the members."""
    sent = request.method == "POST"
    if is_partial(request) and not sent:
        response = render(request, "web/people/delegations_list.html", list_context(request))
        patch_vary_headers(response, ["HX-Request"])
        return response
    actor, now = actor_of(request), timezone.now()
    others = [
        member
        for member in reads.iter_members(active=True)
        if f"user:{member.public_id}" != actor.name
    ]
    form = LendForm(request.POST if sent else None, others, actor.own)
    if sent and form.is_valid() and _lent(request, form, now):
        return redirect("delegations")
    context = {"form": form, "others": others, **list_context(request)}
    status = 400 if form.errors else 200
    response = render(request, "web/people/delegations.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@allowed(Permission.COMPANY_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all of it."""
    if fmt not in FORMATS:
        raise Http404
    now = timezone.now()
    heads = [
        *(_("From"), _("To"), _("First day"), _("Last day"), _("State"), _("What")),
        _("Ended early (UTC)"),
    ]
    rows = [
        (
            *(loan.giver, loan.receiver, loan.first_on, loan.last_on),
            *(str(LOAN_STATES[loan.state(now)]), "; ".join(names_of(loan))),
            f"{loan.revoked_at:%Y-%m-%d %H:%M:%S}" if loan.revoked_at else None,
        )
        for loan in wanted(request, now)[0]
    ]
    return exported(fmt, f"delegations-{now.date()}", heads, rows)


@allowed(Permission.COMPANY_READ)
@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a delegation."""
    try:
        actions.revoke_delegation(actor_of(request), public_id, now=timezone.now())
    except actions.NoSuchDelegation as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("The delegation has ended."))
    return redirect("delegations")


def _lent(request: HttpRequest, form: LendForm, now: datetime) -> bool:
    """Whether the delegation was made; otherwise the form says why not."""
    asked = form.cleaned_data
    try:
        actions.delegate(
            actor_of(request),
            UUID(asked["to"]),
            frozenset(map(Permission, asked["permissions"])),
            first=asked["first"],
            last=asked["last"],
            now=now,
        )
    except DomainError as error:
        form.add_error(None, refusal(error))
        return False
    messages.success(request, _("The delegation was made."))
    return True
