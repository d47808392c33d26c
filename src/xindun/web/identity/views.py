"""The tab that says which company a buyer is, why, and by which numbers it is known."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.company_numbers import checked
from xindun.kernel.errors import DomainError
from xindun.record.parties import actions, reads
from xindun.record.parties.values import BuyerValue, PartyValue
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.group.shown import group_card
from xindun.web.identity.forms import MergeForm, NumberForm
from xindun.web.identity.shown import candidate_row, number_row
from xindun.web.words import refusal

SEARCH_LENGTH = 200


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The match, or what the buyer may be."""
    return identity_page(request, asked_buyer(public_id))


@allowed(Permission.FILES_CHANGE)
@require_POST
def match(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say which company the buyer is: a row of the register, a party, or one entered by hand."""
    buyer, actor, now = asked_buyer(public_id), actor_of(request), timezone.now()
    try:
        if entity := _uuid(request, "entity"):
            actions.match_to_entity(actor, buyer.public_id, entity, now=now)
        elif party := _uuid(request, "party"):
            actions.match_to_party(actor, buyer.public_id, party, now=now)
        else:
            actions.match_by_hand(actor, buyer.public_id, now=now)
    except DomainError as error:
        return identity_page(request, buyer, refused=refusal(error))
    messages.success(request, _("It is noted which company this buyer is."))
    return redirect("identity", buyer.public_id)


@allowed(Permission.FILES_CHANGE)
@require_POST
def unmatch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that it is not known which company the buyer is; the history stays."""
    buyer = asked_buyer(public_id)
    actions.unmatch_buyer(actor_of(request), buyer.public_id, now=timezone.now())
    messages.success(request, _("The match is undone; its history stays."))
    return redirect("identity", buyer.public_id)


@allowed(Permission.FILES_CHANGE)
@require_POST
def number(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """State a number of the company's."""
    buyer = asked_buyer(public_id)
    party = reads.party_of(buyer.id)
    if party is None:
        raise Http404
    form = NumberForm(request.POST, country=party.country)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.state_identifier(
                actor_of(request),
                party.public_id,
                said["scheme"],
                said["value"],
                source=said["source"],
                now=timezone.now(),
            )
        except actions.IdentifierTaken as error:
            taken = reads.party_with(said["scheme"], checked(said["scheme"], said["value"]))
            form.add_error("value", refusal(error))
            return identity_page(request, buyer, form=form, other=taken)
        except DomainError as error:
            form.add_error("value", refusal(error))
        else:
            messages.success(request, _("The number is recorded."))
            return redirect("identity", buyer.public_id)
    return identity_page(request, buyer, form=form)


def identity_page(
    request: HttpRequest,
    buyer: BuyerValue,
    *,
    form: NumberForm | None = None,
    merge_form: MergeForm | None = None,
    other: PartyValue | None = None,
    refused: str = "",
) -> HttpResponse:
    """The tab; ``other`` is a file that is offered first as one of the same company."""
    context: dict[str, Any] = tabs_context(request, "identity", buyer)
    party = context["party"]
    asked = request.GET.get("q", "").replace("\x00", "")[:SEARCH_LENGTH].strip()
    if party is None or asked:
        found = reads.candidates_for(asked, None) if asked else reads.candidates(buyer.public_id)
        context["candidates"] = [candidate_row(each) for each in found]
    if party is not None:
        context["numbers"] = [number_row(each) for each in reads.identifiers_of(party.id)]
        context["buyers"] = [each for each in reads.buyers_of(party.id) if each.id != buyer.id]
        context["entity"] = (
            reads.entities_by_id([party.legal_entity_id]).get(party.legal_entity_id)
            if party.legal_entity_id
            else None
        )
        context["form"] = form or NumberForm(country=party.country)
        context["merges"] = reads.merges_into(party.id)
        context["merge_form"] = merge_form or merge_form_of(party, asked, other)
        context["taken"] = other
        context |= group_card(request, party)
    context |= {"q": asked, "refused": refused}
    bad = bool(refused or (form and form.errors) or (merge_form and merge_form.errors))
    return render(request, "web/identity/page.html", context, status=400 if bad else 200)


def merge_form_of(
    party: PartyValue, asked: str = "", other: PartyValue | None = None, data: Any = None
) -> MergeForm:
    """The form that proposes a merge: files whose names resemble the company's, or ``asked``."""
    numbers = tuple((each.scheme, each.value) for each in reads.identifiers_of(party.id))
    near = reads.candidates_for(party.name, None, limit=20, numbers=numbers)
    if asked:
        near += reads.candidates_for(asked, None, limit=20)
    files = {str(other.public_id): other.name} if other else {}
    files |= {str(each.public_id): each.name for each in near if each.is_party}
    files.pop(str(party.public_id), None)
    return MergeForm(data, files=files.items())


def _uuid(request: HttpRequest, name: str) -> UUID | None:
    """A public id that a form sent.

    Raises:
        Http404: it is none.
    """
    text = request.POST.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error
