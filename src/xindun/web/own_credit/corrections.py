"""The log of corrections that the company asked for: list, export, new request, answer."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.own_file import actions, reads
from xindun.record.own_file.values import Correction, CorrectionsPage, CorrectionState
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.own_credit import words
from xindun.web.own_credit.forms import AnswerForm, CorrectionForm, LogForm
from xindun.web.own_credit.today import today_here
from xindun.web.words import refusal


@allowed(Permission.COMPANY_READ)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The log, narrowed, ordered and paged."""
    found = _page(request, request.GET.get("page", "1"))
    context = {
        "rows": [
            (each, words.STATES[each.state], words.STATE_TONES[each.state]) for each in found.rows
        ],
        "found": found,
        "form": LogForm(request.GET),
        "filtered": bool(request.GET.get("q") or request.GET.get("state")),
        "sort": request.GET.get("sort", "-asked"),
        "list_url": request.path,
        "list_target": "#corrections-list",
    }
    return whole_or_part(request, "web/own_credit/log.html", "web/own_credit/list.html", context)


@allowed(Permission.COMPANY_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The log as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Asked on"), _("Holder"), _("What is wrong"), _("State"), _("Answered on")),
        *(_("Answer"), _("Document"), "SHA-256"),
    ]
    return exported(fmt, f"corrections-{timezone.now().date()}", heads, list(_cells(request)))


@allowed(Permission.COMPANY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Log a request; of the document only name and hash are taken."""
    form = CorrectionForm(
        request.POST or None, request.FILES or None, initial={"asked_on": today_here().isoformat()}
    )
    if request.method == "POST" and form.is_valid():
        said, document = form.cleaned_data, form.cleaned_data["document"]
        digest = sha256()
        for block in document.chunks() if document else ():
            digest.update(block)
        try:
            made = actions.ask_correction(
                actor_of(request),
                holder=said["holder"],
                wrong=said["wrong"],
                asked_on=said["asked_on"],
                evidence_name=(document.name or "") if document else "",
                evidence_hash=digest.hexdigest() if document else "",
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            return redirect("own-correction", made.public_id)
    return render(
        request, "web/own_credit/new.html", {"form": form}, status=400 if form.errors else 200
    )


@allowed(Permission.COMPANY_READ, to_change=Permission.COMPANY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One request; a POST notes what became of it."""
    try:
        found = reads.correction(public_id)
    except reads.NoSuchCorrection as error:
        raise Http404 from error
    form = AnswerForm(request.POST or None, initial={"answered_on": today_here().isoformat()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer_correction(
                actor_of(request),
                public_id,
                CorrectionState(said["state"]),
                answer=said["answer"],
                answered_on=said["answered_on"],
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("The answer was noted."))
            return redirect("own-correction", public_id)
    context: dict[str, Any] = {
        "correction": found,
        "state": words.STATES[found.state],
        "tone": words.STATE_TONES[found.state],
        "form": form,
        # A refused answer is shown with its reason, also where the request is closed.
        "open": found.state in (CorrectionState.ASKED, CorrectionState.REFUSED)
        or bool(form.errors),
    }
    return render(
        request, "web/own_credit/correction.html", context, status=400 if form.errors else 200
    )


def _page(request: HttpRequest, number: str) -> CorrectionsPage:
    state = request.GET.get("state", "")
    return reads.corrections_page(
        query=request.GET.get("q", "").strip(),
        state=CorrectionState(state) if state in set(CorrectionState) else None,
        sort=request.GET.get("sort", "-asked"),
        page=int(number) if number.isdecimal() else 1,
    )


def _cells(request: HttpRequest) -> Iterator[tuple[Any, ...]]:
    page, pages = 1, 1
    while page <= pages:
        found = _page(request, str(page))
        pages = found.pages
        page += 1
        yield from map(_row, found.rows)


def _row(each: Correction) -> tuple[Any, ...]:
    return (
        *(each.asked_on, each.holder, each.wrong, str(words.STATES[each.state])),
        *(each.answered_on, each.answer, each.evidence_name, each.evidence_hash),
    )
