"""The hits as a list, and one hit with its explanation and what is proposed about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.parties.reads import buyers_of
from xindun.record.screening import actions, reads
from xindun.record.screening.values import Hit, HitState
from xindun.record.tenants import reads as tenants
from xindun.record.tenants.values import Permission, Proposal, ProposalState
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY
from xindun.web.paging import asked_page
from xindun.web.screening import words
from xindun.web.screening.forms import DecisionForm, HitsForm
from xindun.web.words import refusal

NEWEST_FIRST = "-found"


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All hits, narrowed, ordered and paged."""
    asked = _asked(request)
    found = reads.hits_page(**asked, page=asked_page(request))
    context: dict[str, Any] = {
        "found": found,
        "rows": [(each, *_words(each)) for each in found.rows],
        "filter_form": HitsForm(request.GET),
        "filtered": any(request.GET.get(name) for name in HitsForm.base_fields),
        "loaded": bool(reads.newest_versions()),
        "sort": asked["sort"],
        "list_url": request.path,
        "list_target": "#hits-list",
    }
    return whole_or_part(request, "web/screening/page.html", "web/screening/list.html", context)


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Company"), _("Compared"), _("Name"), _("List"), _("Number on the list")),
        *(_("Name on the list"), _("Points"), _("State"), _("Found (UTC)"), _("Reason")),
    ]
    # Read now: a streamed answer is sent when the request's scope has closed.
    rows = [_cells(each) for each in reads.iter_hits(**_asked(request))]
    return exported(fmt, f"screening-hits-{timezone.now().date()}", heads, rows)


@allowed(Permission.FILES_READ, to_change=Permission.FILES_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One hit; a POST proposes a decision."""
    try:
        found = reads.hit(public_id)
    except reads.NoSuchHit as error:
        raise Http404 from error
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.propose_decision(
                actor_of(request),
                public_id,
                HitState(said["decision"]),
                said["reason"],
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Proposed. Somebody else has to approve it."))
            return redirect("hit", public_id)
    waiting = _waiting(public_id)
    people = {f"user:{each.public_id}": each.name for each in tenants.iter_members()}
    state, tone, listed, role = _words(found)
    context: dict[str, Any] = {
        "hit": found,
        "state": state,
        "tone": tone,
        "listed": listed,
        "role": role,
        "occasion": words.OCCASIONS[found.occasion],
        "kind": words.KINDS[found.entry.kind],
        "fields": [(words.FIELDS[each.field], each) for each in found.fields],
        "buyers": buyers_of(found.party_id),
        "waiting": waiting,
        "opinion": _opinion(waiting),
        "decidable": waiting is not None
        and waiting.public_id in tenants.decidable(actor_of(request), timezone.now()),
        "open": waiting is None and found.state is not HitState.SUPERSEDED,
        "proposer": people.get(waiting.proposer, waiting.proposer) if waiting else "",
        "decided_by": people.get(found.decided_by, found.decided_by),
        "form": form,
    }
    return render(request, "web/screening/hit.html", context, status=400 if form.errors else 200)


def _waiting(public_id: UUID) -> Proposal | None:
    """The open proposal about a hit, if any."""
    rows = tenants.proposals(timezone.now())
    return next(
        (
            each
            for each in rows
            if (each.kind, each.subject_id) == ("hit_decided", str(public_id))
            and each.state is ProposalState.OPEN
        ),
        None,
    )


def _opinion(waiting: Proposal | None) -> tuple[Any, str] | None:
    """What is proposed, in words, and why."""
    if waiting is None:
        return None
    _hit, decision, reason = reads.opinion(UUID(waiting.payload["opinion"]))
    return words.STATES[decision], reason


def _asked(request: HttpRequest) -> dict[str, Any]:
    form = HitsForm(request.GET)
    sort = request.GET.get("sort", NEWEST_FIRST)
    return {
        "query": request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "").strip(),
        "state": form.hit_state,
        "code": form.code,
        "sort": sort if sort.removeprefix("-") in reads.SORTS else NEWEST_FIRST,
    }


def _words(hit: Hit) -> tuple[Any, str, Any, Any]:
    return (
        *(words.STATES[hit.state], words.TONES[hit.state]),
        *(words.LISTS[hit.list], words.ROLES[hit.role]),
    )


def _cells(hit: Hit) -> tuple[Any, ...]:
    state, _tone, listed, role = _words(hit)
    return (
        *(hit.party_name, str(role), hit.subject, str(listed), hit.entry.key),
        *(hit.fields[0].theirs if hit.fields else "", hit.points, str(state)),
        *(f"{hit.found_at:%Y-%m-%d %H:%M:%S}", hit.reason),
    )
