"""Delegations: what members lend to each other, and the form that lends."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import Actor, Delegation, DelegationState, Permission
from xindun.web.access import actor_of, allowed
from xindun.web.granting import permission_name
from xindun.web.paging import asked_page, sliced
from xindun.web.people.forms import LendForm
from xindun.web.words import refusal

STATES = {
    DelegationState.COMING: gettext_lazy("Coming"),
    DelegationState.RUNNING: gettext_lazy("Running"),
    DelegationState.OVER: gettext_lazy("Over"),
    DelegationState.REVOKED: gettext_lazy("Revoked"),
}


@allowed(Permission.COMPANY_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Delegations that concern the reader, or everybody's for who sees the members."""
    actor, now, sent = actor_of(request), timezone.now(), request.method == "POST"
    others = [
        member
        for member in reads.iter_members(active=True)
        if f"user:{member.public_id}" != actor.name
    ]
    form = LendForm(request.POST if sent else None, others, actor.own)
    if sent and form.is_valid() and _lent(request, form, now):
        return redirect("delegations")
    visible = [loan for loan in reads.delegations() if _concerns(actor, loan)]
    found = sliced(visible, asked_page(request))
    context: dict[str, Any] = {
        "form": form,
        "others": others,
        "found": found,
        "rows": [
            (loan, loan.state(now), STATES[loan.state(now)], _names(loan)) for loan in found.rows
        ],
        "list_url": request.path,
        "list_target": "#delegations-list",
    }
    status = 400 if form.errors else 200
    return render(request, "web/people/delegations.html", context, status=status)


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


def _concerns(actor: Actor, loan: Delegation) -> bool:
    mine = actor.name in (f"user:{loan.giver_id}", f"user:{loan.receiver_id}")
    return mine or actor.may(Permission.PEOPLE_READ)


def _names(loan: Delegation) -> list[str]:
    return [permission_name(each) for each in Permission if each in loan.permissions]
