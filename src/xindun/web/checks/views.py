"""A buyer's checks: the checklist and how to mend it, the screening, waivers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.prevention.onboarding import actions, reads
from xindun.prevention.onboarding.values import Item
from xindun.record.parties.reads import party_of
from xindun.record.screening import actions as screening
from xindun.record.screening import reads as found
from xindun.record.screening.values import Occasion
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.checks import words
from xindun.web.checks.forms import AmountForm, ProofForm, WaiverForm
from xindun.web.own_credit.today import today_here
from xindun.web.screening.words import LISTS, STANDINGS, STATES, TONES
from xindun.web.words import refusal


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The checklist as of today, for an amount if one is asked for."""
    return _shown(request, public_id)


@allowed(Permission.FILES_CHANGE)
@require_POST
def proof(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note that an item is on file."""
    buyer, form = asked_buyer(public_id), ProofForm(request.POST)
    party = party_of(buyer.id)
    if party is None:
        messages.error(request, _("Say first which legal entity this buyer is."))
        return redirect("buyer-checks", public_id)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.note_proof(
                actor_of(request),
                party.public_id,
                Item(said["item"]),
                dated_on=said["dated_on"],
                reference=said["reference"],
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Noted, with your name and the day."))
            return redirect("buyer-checks", public_id)
    return _shown(request, public_id, proof_form=form)


@allowed(Permission.FILES_CHANGE)
@require_POST
def waiver(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Propose that an item is waived for a time."""
    buyer, form = asked_buyer(public_id), WaiverForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.propose_waiver(
                actor_of(request),
                buyer.public_id,
                Item(said["item"]),
                reason=said["reason"],
                last_on=said["last_on"],
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Proposed. Somebody else has to approve it."))
            return redirect("buyer-checks", public_id)
    return _shown(request, public_id, waiver_form=form)


@allowed(Permission.FILES_CHANGE)
@require_POST
def screen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Compare the buyer's legal entity with every list now."""
    party = party_of(asked_buyer(public_id).id)
    try:
        if party is None:
            messages.error(request, _("Say first which legal entity this buyer is."))
        else:
            screening.screen(
                actor_of(request), party.public_id, Occasion.REVIEW, now=timezone.now()
            )
            messages.success(request, _("Compared with every list."))
    except DomainError as error:
        messages.error(request, refusal(error))
    return redirect("buyer-checks", public_id)


def _shown(
    request: HttpRequest,
    public_id: UUID,
    *,
    proof_form: ProofForm | None = None,
    waiver_form: WaiverForm | None = None,
) -> HttpResponse:
    buyer, now, today = asked_buyer(public_id), timezone.now(), today_here()
    party, base = party_of(buyer.id), current_tenant().base_currency
    amount_form = AmountForm(request.GET)
    amount = amount_form.money(base)
    stands = reads.checklist(buyer.id, amount, as_of=today, known_at=now)
    standing = found.standing(party.id, now) if party else None
    hits = found.hits_of(party.id) if party else []
    first = {"dated_on": today.isoformat(), "item": request.GET.get("item", "")}
    context: dict[str, Any] = {
        **tabs_context(request, "buyer-checks", buyer),
        "checklist": stands,
        "state": words.STATES[stands.state],
        "lines": [
            (words.ITEMS[line.item], line, *words.LINES[line.state], words.REASONS[line.why])
            for line in stands.lines
        ],
        "amount_form": amount_form,
        "base": base,
        "standing": standing,
        "standing_words": STANDINGS[standing.state] if standing else None,
        "behind": [LISTS[code] for code in standing.behind] if standing else [],
        "hits": [(each, STATES[each.state], TONES[each.state], LISTS[each.list]) for each in hits],
        "proof_form": proof_form or ProofForm(initial=first),
        "waiver_form": waiver_form or WaiverForm(initial=first),
    }
    status = 400 if _refused(proof_form) or _refused(waiver_form) else 200
    return render(request, "web/checks/page.html", context, status=status)


def _refused(form: forms.Form | None) -> bool:
    return form is not None and bool(form.errors)
