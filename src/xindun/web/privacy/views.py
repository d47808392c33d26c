"""Personal data: everybody's own with a download, and the register for who is in charge.

What a reader would get wrong: erasing asks for the person's address in a field of its own. It
cannot be undone, and the button of the wrong row is a short way off.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.privacy import actions, reads
from xindun.record.privacy.reads import LAWS, PLACES
from xindun.record.privacy.values import Dossier, Found
from xindun.record.tenants.reads import proposals, second_person_exists
from xindun.record.tenants.values import Member, Permission, ProposalState
from xindun.web.access import actor_of, allowed, confirmed, confirmed_to_see
from xindun.web.exports import FORMATS, exported
from xindun.web.privacy import words
from xindun.web.words import refusal

PAGE_SIZE = 50


@allowed(Permission.COMPANY_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One's own data; with the permission also the register and the list of people."""
    user: Any = request.user
    context: dict[str, Any] = {"own": _lines(reads.dossier(user.public_id).found)}
    if actor_of(request).may(Permission.PERSONAL_DATA):
        query = request.GET.get("q", "").strip()
        paging = Paginator(_matching(query), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "register": [_place(each) for each in PLACES],
            "laws": LAWS.values(),
            "paging": paging,
            "query": query,
        }
    return render(request, "web/privacy/page.html", context)


@allowed(Permission.COMPANY_READ)
@confirmed_to_see
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Everything known about who asks, as JSON."""
    user: Any = request.user
    return _json(reads.dossier(user.public_id))


@allowed(Permission.PERSONAL_DATA)
@confirmed_to_see
@require_safe
def download(_request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything known about somebody, as JSON."""
    return _json(_dossier_or_404(public_id))


@allowed(Permission.PERSONAL_DATA)
@confirmed_to_see
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The people as they are narrowed, all of them."""
    if fmt not in FORMATS:
        raise Http404
    heads = [_("Name"), _("E-mail address"), _("Belongs to the company")]
    rows = [
        (each.name, each.email, _("yes") if each.is_active else _("no"))
        for each in _matching(request.GET.get("q", "").strip())
    ]
    return exported(fmt, f"people-{timezone.now().date()}", heads, rows)


@allowed(Permission.PERSONAL_DATA)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is known about somebody; a POST erases, when the address was typed correctly."""
    found = _dossier_or_404(public_id)
    if request.method == "POST":
        if request.POST.get("confirm", "").strip().casefold() != found.email:
            messages.error(request, _("The address does not match; nothing was erased."))
            return redirect("privacy-person", public_id)
        return _erased(request, public_id)
    user: Any = request.user
    now = timezone.now()
    context = {
        "person": found,
        "lines": _lines(found.found),
        "is_me": user.public_id == public_id,
        "erased": found.email.endswith("@erased.invalid"),
        "needs_approval": second_person_exists(actor_of(request), Permission.PERSONAL_DATA, now),
        "waits": any(
            each.kind == actions.KIND and each.subject_id == str(public_id)
            for each in proposals(now)
            if each.state is ProposalState.OPEN
        ),
    }
    return render(request, "web/privacy/person.html", context)


def _erased(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Erase, or propose it where a second person could approve."""
    actor, now, reason = actor_of(request), timezone.now(), "asked_by_person"
    proposed = second_person_exists(actor, Permission.PERSONAL_DATA, now)
    try:
        if proposed:
            actions.propose_erasure(actor, public_id, now=now, reason=reason)
        else:
            actions.erase_person(actor, public_id, now=now, reason=reason)
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect("privacy-person", public_id)
    if proposed:
        messages.success(request, _("Proposed. It is done when somebody else approves."))
        return redirect("approvals")
    messages.success(request, _("Erased. The evidence keeps salted hashes only."))
    return redirect("privacy")


def _dossier_or_404(public_id: UUID) -> Dossier:
    try:
        return reads.dossier(public_id)
    except reads.NoSuchPerson as error:
        raise Http404 from error


def _matching(query: str) -> list[Member]:
    text = query.casefold()
    return [each for each in reads.people() if text in f"{each.name} {each.email}".casefold()]


def _lines(found: tuple[Found, ...]) -> list[dict[str, Any]]:
    return [{**_place(each.place), "count": len(each.rows)} for each in found]


def _place(place: Any) -> dict[str, Any]:
    return {
        "name": words.PLACES[place.code],
        "treatment": words.TREATMENTS[place.treatment],
        "tone": "good" if not place.laws else "mid",
        "laws": [LAWS[code] for code in place.laws],
        "place": place,
    }


def _json(found: Dossier) -> HttpResponse:
    def places() -> Iterator[dict[str, Any]]:
        for each in found.found:
            yield {
                "place": each.place.code,
                "on_erasure": each.place.treatment.value,
                "kept_under": [LAWS[code].name for code in each.place.laws],
                "rows": list(each.rows),
            }

    content = {
        "person": str(found.public_id),
        "email": found.email,
        "name": found.name,
        "data": list(places()),
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="personal-data.json"'
    return response
