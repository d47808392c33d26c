"""Record a share between the buyer's company and another one; correct, end or withdraw it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xindun.kernel.errors import DomainError
from xindun.record.parties import actions, reads
from xindun.record.parties.values import Candidate, OtherCompany, Ownership, PartyValue
from xindun.record.tenants.values import Actor, Permission
from xindun.web.access import actor_of, allowed
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.filters import LONGEST_QUERY
from xindun.web.group.forms import OWNER, EndForm, NewShareForm, ShareForm
from xindun.web.group.shown import percent
from xindun.web.own_credit.today import today_here
from xindun.web.templatetags.xindun import country
from xindun.web.words import refusal

MOST_FOUND = 8
PARTY, ENTITY, NEW = "party", "entity", "new"


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Look for the other company, then record the share."""
    buyer = asked_buyer(public_id)
    context: dict[str, Any] = tabs_context(request, "buyer-group", buyer)
    party: PartyValue | None = context["party"]
    if party is None:
        return redirect("buyer-group", public_id)
    asked = (request.GET.get("find") or request.POST.get("find", "")).replace("\x00", "")
    asked = asked[:LONGEST_QUERY].strip()
    form = NewShareForm(
        request.POST or None,
        companies=_companies(asked, party) if asked else [],
        initial={"as_of": today_here().isoformat()},
    )
    if request.method == "POST" and form.is_valid() and _recorded(request, form, party, asked):
        return redirect("buyer-group", public_id)
    context |= {"find": asked, "form": form}
    return render(request, "web/group/new.html", context, status=400 if form.errors else 200)


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, public_id: UUID, link: UUID) -> HttpResponse:
    """A share with its versions; a POST corrects, ends or withdraws it."""
    buyer = asked_buyer(public_id)
    context: dict[str, Any] = tabs_context(request, "buyer-group", buyer)
    share = _share(link, context["party"])
    verb = request.POST.get("verb", "")
    initial = {name: _field_text(getattr(share, name)) for name in ShareForm.base_fields}
    correcting = ShareForm(request.POST if verb == "correct" else None, initial=initial)
    ending = EndForm(request.POST if verb == "end" else None)
    form = {"correct": correcting, "end": ending}.get(verb)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _change(actor_of(request), link, verb, form, now=timezone.now())
        except DomainError as error:
            if form is None:
                raise Http404 from error
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Recorded. What was said before stays in the history."))
            return redirect("buyer-group", public_id)
    parties = reads.parties_by_id([share.child_id, share.parent_id])
    context |= {
        "share": share,
        "child": parties[share.child_id],
        "parent": parties[share.parent_id],
        "versions": [
            (each, percent(each.percent), gone) for each, gone in reads.ownership_history(link)
        ],
        "correcting": correcting,
        "ending": ending,
    }
    bad = bool(form is not None and form.errors)
    return render(request, "web/group/share.html", context, status=400 if bad else 200)


def _field_text(value: str | date | Decimal | None) -> str:
    """A value as a form's field takes it: a day in any other form would stand there as empty."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value or ""


def _share(link: UUID, party: PartyValue | None) -> Ownership:
    try:
        found = reads.ownership(link)
    except reads.UnknownOwnership as error:
        raise Http404 from error
    if party is None or party.id not in (found.child_id, found.parent_id):
        raise Http404
    return found


def _change(actor: Actor, link: UUID, verb: str, form: Any, *, now: datetime) -> None:
    if verb == "correct":
        actions.correct_ownership(actor, link, form.ownership(), now=now)
    elif verb == "end":
        said = form.cleaned_data
        actions.end_ownership(actor, link, said["ends_on"], source=said["source"], now=now)
    elif verb == "withdraw":
        actions.withdraw_ownership(actor, link, now=now)
    else:
        raise Http404


def _recorded(request: HttpRequest, form: NewShareForm, party: PartyValue, asked: str) -> bool:
    said = form.cleaned_data
    try:
        actions.state_share_with(
            actor_of(request),
            party.public_id,
            _other(said["company"], asked),
            form.ownership(),
            other_owns=said["role"] == OWNER,
            now=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, refusal(error))
        return False
    messages.success(request, _("The share is recorded."))
    return True


def _other(choice: str, asked: str) -> OtherCompany:
    """The chosen company; the form has checked that the choice was offered."""
    kind, _colon, public_id = choice.partition(":")
    if kind == NEW:
        return OtherCompany(name=asked)
    if kind == ENTITY:
        return OtherCompany(entity=UUID(public_id))
    return OtherCompany(party=UUID(public_id))


def _companies(asked: str, party: PartyValue) -> list[tuple[str, str]]:
    """What the question finds, on file or in the register, and the name itself as the last."""
    found = reads.candidates_for(asked, None, limit=MOST_FOUND)
    choices = [
        (f"{PARTY if each.is_party else ENTITY}:{each.public_id}", _told(each))
        for each in found
        if each.public_id != party.public_id
    ]
    return [*choices, (NEW, _("None of them: open a file on “{name}”").format(name=asked))]


def _told(each: Candidate) -> str:
    where = [country(each.country)] if each.country else []
    filed = [_("on file here")] if each.is_party else []
    return " · ".join([each.name, *where, *each.where, *filed])
