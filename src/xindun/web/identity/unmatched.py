"""Buyers without a company: searched, sorted, page by page and as a file; matched by ticking.

What a reader would get wrong: ticking several is no shortcut past a person. Each match is one of
its own with its own evidence, and one that is refused leaves the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.kit.events import is_waiting
from xindun.record.parties import actions, reads
from xindun.record.parties.values import Band, Unmatched
from xindun.record.tenants.values import Actor, Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY, choice_field, search_field
from xindun.web.identity.shown import BANDS, CandidateRow, candidate_row
from xindun.web.paging import asked_page
from xindun.web.words import refusal

BEST_FIRST = "-score"
MOST_TICKED = 50


class UnmatchedForm(forms.Form):
    """The search and the filter above the list."""

    q = search_field(gettext_lazy("Part of the buyer's name or number"))
    band = choice_field(
        gettext_lazy("Candidate"),
        ((band.value, BANDS[band][0]) for band in (Band.SAME, Band.CHECK)),
    )


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The buyers of whom nobody has said which company they are."""
    asked = _asked(request)
    found = reads.unmatched_page(**asked, page=asked_page(request))
    prepared, total = reads.preparation()
    context = {
        "found": found,
        "rows": [(each, _row(each)) for each in found.rows],
        "sort": asked["sort"],
        "form": UnmatchedForm(request.GET),
        "filtered": any(request.GET.get(name) for name in UnmatchedForm.base_fields),
        "list_url": request.path,
        "list_target": "#unmatched-list",
        "prepared": prepared,
        "total": total,
        "working": is_waiting(actions.preparation_place()),
    }
    return whole_or_part(
        request, "web/identity/unmatched.html", "web/identity/unmatched_list.html", context
    )


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Buyer"), _("Source"), _("Number in the source"), _("Country")),
        *(_("Best candidate"), _("Score"), _("Verdict"), _("Where")),
    ]
    # Read now: a streamed answer is sent when the request's scope has closed.
    rows = list(_cells(reads.iter_unmatched(**_asked(request))))
    return exported(fmt, f"to-be-matched-{timezone.now().date()}", heads, rows)


@allowed(Permission.FILES_CHANGE)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Look for candidates again, as a job."""
    actions.request_preparation(actor_of(request))
    messages.success(request, _("Candidates are being looked for."))
    return redirect("unmatched")


@allowed(Permission.FILES_CHANGE)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or reject what is suggested for the ticked buyers."""
    verbs: dict[str, Callable[..., None]] = {
        "accept": actions.accept_suggestion,
        "reject": actions.reject_suggestion,
    }
    verb = verbs.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404
    try:
        ticked = [UUID(each) for each in request.POST.getlist("buyer")[:MOST_TICKED]]
    except ValueError as error:
        raise Http404 from error
    if not ticked:
        messages.error(request, _("Tick the buyers first."))
        return redirect("unmatched")
    done = sum(_done(request, verb, each, actor_of(request), timezone.now()) for each in ticked)
    if done:
        said = ngettext("Noted for %(n)s buyer.", "Noted for %(n)s buyers.", done) % {"n": done}
        messages.success(request, said)
    return redirect("unmatched")


def _done(
    request: HttpRequest, verb: Callable[..., None], buyer: UUID, actor: Actor, now: datetime
) -> bool:
    """Whether it was carried out; a refusal is told and the next one goes on."""
    try:
        verb(actor, buyer, now=now)
    except reads.UnknownBuyer as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, refusal(error))
        return False
    return True


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the address narrows the list to, and its order; nonsense narrows nothing."""
    band = request.GET.get("band", "")
    return {
        "question": request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        "band": Band(band) if band in set(Band) else None,
        "sort": request.GET.get("sort", BEST_FIRST),
    }


def _row(each: Unmatched) -> CandidateRow | None:
    return candidate_row(each.best) if each.best else None


def _cells(rows: Iterator[Unmatched]) -> Iterator[tuple[Any, ...]]:
    for each in rows:
        buyer, best = each.buyer, _row(each)
        yield (
            *(buyer.name, buyer.source, buyer.buyer_key, buyer.country),
            *((best.candidate.name, best.percent, best.band, best.where) if best else [None] * 4),
        )
