"""One request: what was asked, what was recommended, and the decision.

What a reader would get wrong: the formulas are those of the moment of the request. Notes on the
currency and what the buyer owes are of now.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xindun.kernel.errors import DomainError
from xindun.prevention.credit_policy.reads import policy_in_force
from xindun.prevention.limits import actions, reads
from xindun.prevention.limits.values import LimitRequest
from xindun.record.company_file.reads import UnknownDocument, document
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.evidence.shown import actor_name, people
from xindun.web.granting import role_name
from xindun.web.limits.forms import DecideForm
from xindun.web.limits.shown import formulas_in, notes_in_words, rows_of
from xindun.web.limits.words import PAYS, REQUEST_STATES, STEPS
from xindun.web.own_credit.today import today_here
from xindun.web.words import refusal


@allowed(Permission.PORTFOLIO_READ, to_change=Permission.LIMITS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The request; a POST approves or refuses it."""
    found = asked_request(public_id)
    form = DecideForm(request.POST or None, initial={"amount": found.amount.normalize()})
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, public_id, form.cleaned_data)
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            return redirect("limit-request", public_id)
    context = _shown(request, found, form)
    return render(request, "web/limits/one.html", context, status=400 if form.errors else 200)


@allowed(Permission.LIMITS_REQUEST)
@require_POST
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one's own request back."""
    asked_request(public_id)
    try:
        actions.take_back(actor_of(request), public_id, now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect("limit-request", public_id)


def asked_request(public_id: UUID) -> LimitRequest:
    """The request of the address; another company's does not exist here."""
    try:
        return reads.limit_request(public_id)
    except reads.UnknownLimitRequest as error:
        raise Http404 from error


def _decide(request: HttpRequest, public_id: UUID, said: dict[str, Any]) -> None:
    actor, now = actor_of(request), timezone.now()
    if request.POST.get("decision") == "refuse":
        actions.refuse(actor, public_id, said=said["said"], now=now)
        messages.success(request, _("Refused."))
        return
    actions.approve(
        actor,
        public_id,
        amount=said["amount"],
        conditions=said["conditions"],
        said=said["said"],
        now=now,
    )
    messages.success(request, _("Granted. The evidence names both of you."))


def _shown(request: HttpRequest, found: LimitRequest, form: DecideForm) -> dict[str, Any]:
    now, names = timezone.now(), people()
    mine = reads.standing_of(actor_of(request), now)
    [row] = rows_of((found,), mine)
    notes = reads.notes_on(
        found.buyer_id, found.currency, found.settlement_currency, on=today_here()
    )
    return {
        "row": row,
        "asked": found,
        "buyer": row.buyer,
        "form": form,
        "may_decide": found.is_open and bool(mine.roles) and mine.person != found.requester,
        "own": reads.person_of(actor_of(request)) == found.requester,
        "late": found.is_open and found.deadline_at is not None and found.deadline_at <= now,
        "formulas": formulas_in(found.recommendation),
        "shown": found.recommendation.body if found.recommendation else None,
        "notes": notes_in_words(notes),
        "references": [(each, PAYS[each.pays]) for each in found.references],
        "documents": [each for each in map(_document, found.documents) if each is not None],
        "policy": policy_in_force(at=now),
        "steps": [
            (
                STEPS[each.step],
                each,
                actor_name(each.actor, names),
                role_name(each.role) if each.role else "",
                str(REQUEST_STATES[each.state][0]),
            )
            for each in reads.steps_of(found.public_id)
        ],
    }


def _document(public_id: UUID) -> Any:
    try:
        return document(public_id)
    except UnknownDocument:
        return None
