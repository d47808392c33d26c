"""Propose that two files are one company's, and undo a merge."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xindun.kernel.errors import DomainError
from xindun.record.parties import actions, reads
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer
from xindun.web.identity.views import identity_page, merge_form_of
from xindun.web.words import refusal


@allowed(Permission.FILES_CHANGE)
@require_POST
def propose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask a second person to merge another file into the one of this buyer's company."""
    buyer = asked_buyer(public_id)
    party = reads.party_of(buyer.id)
    if party is None:
        raise Http404
    other = _asked_party(request, "other")
    form = merge_form_of(party, other=other, data=request.POST)
    if not form.is_valid():
        return identity_page(request, buyer, merge_form=form)
    said = form.cleaned_data
    try:
        actions.propose_merge(
            actor_of(request),
            UUID(said["other"]),
            party.public_id,
            reason=said["reason"],
            despite_numbers=said["despite_numbers"],
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error("other", refusal(error))
        return identity_page(request, buyer, merge_form=form)
    messages.success(request, _("Proposed. A second person approves it under Approvals."))
    return redirect("identity", public_id)


@allowed(Permission.FILES_CHANGE)
@require_POST
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a merged file stand for itself again."""
    buyer = asked_buyer(public_id)
    merged = _asked_party(request, "party")
    try:
        reason = request.POST.get("reason", "")
        actions.undo_merge(actor_of(request), merged.public_id, reason=reason, now=timezone.now())
    except DomainError as error:
        return identity_page(request, buyer, refused=refusal(error))
    messages.success(request, _("The merge is undone; each file is as it was before."))
    return redirect("identity", public_id)


def _asked_party(request: HttpRequest, name: str) -> PartyValue:
    """The party that a form names, itself even when it is merged.

    Raises:
        Http404: there is none.
    """
    try:
        return reads.party_itself(UUID(request.POST.get(name, "")))
    except (ValueError, reads.UnknownParty) as error:
        raise Http404 from error
