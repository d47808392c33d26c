"""The register of securities, one security, and the form that registers one.

What a reader would get wrong: what one counts is as of today. The register of an earlier day is
in the history of each.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.prevention.securities import actions, reads
from xindun.prevention.securities.values import Security, SecurityChange
from xindun.record.company_file.reads import UnknownDocument, document, documents_of
from xindun.record.parties import reads as parties
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.buyer.tabs import asked_buyer, tabs_context
from xindun.web.evidence.shown import actor_name, people
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY
from xindun.web.own_credit.today import today_here
from xindun.web.paging import asked_page, sliced
from xindun.web.securities.forms import PreserveForm, RegisterForm, SecurityForm
from xindun.web.securities.shown import BY_END, Line, ends_soon, lines_of, narrowed
from xindun.web.securities.words import CHANGES, FORMS
from xindun.web.words import refusal


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The register as it is narrowed and ordered."""
    today, (lines, sort) = today_here(), _wanted(request)
    found = sliced(lines, asked_page(request))
    context = {
        "found": found,
        "rows": [(line, ends_soon(line.security, today)) for line in found.rows],
        "sort": sort,
        "filter_form": RegisterForm(request.GET),
        "filtered": any(request.GET.get(name) for name in RegisterForm.base_fields),
        "list_url": request.path,
        "list_target": "#securities-list",
        "today": today,
    }
    return whole_or_part(request, "web/securities/page.html", "web/securities/list.html", context)


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The register as it is narrowed, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Buyer"), _("Kind"), _("Currency"), _("Face value"), _("Haircut"), _("Amount counted")),
        *(_("Why not"), _("In force from"), _("Last day"), _("Guarantee period ends")),
        *(_("To be done by then"), _("Contract"), _("Issuer")),
    ]
    rows = [
        (
            *(line.buyer.name, line.kind, line.security.currency, line.security.value),
            *(line.security.haircut, line.security.eligible_value, line.why),
            *(line.security.starts_on, line.security.expires_on, line.security.bound_until),
            *(line.act, line.security.contract, line.security.issuer),
        )
        for line in _wanted(request)[0]
    ]
    return exported(fmt, f"securities-{today_here()}", heads, rows)


@allowed(Permission.PORTFOLIO_READ, to_change=Permission.LIMITS_REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form that registers a security of a buyer."""
    buyer, today = asked_buyer(public_id), today_here()
    form = SecurityForm(
        request.POST or None,
        parties=_parties(),
        stored=_documents(buyer),
        initial={"starts_on": today.isoformat(), "currency": current_tenant().base_currency},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register(
                actor_of(request), public_id, form.new(), today=today, now=timezone.now()
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Registered. It counts once somebody else accepts it."))
            return redirect("security-one", made.public_id)
    context = {"form": form, **tabs_context(request, "buyer-limit", buyer)}
    return render(request, "web/securities/new.html", context, status=400 if form.errors else 200)


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One security with its history."""
    return render(request, "web/securities/one.html", _shown(_asked(public_id), PreserveForm()))


@allowed(Permission.LIMITS_REQUEST)
@require_POST
def preserve(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Note the act that keeps the guarantor bound."""
    found, form = _asked(public_id), PreserveForm(request.POST)
    if form.is_valid():
        try:
            actions.preserve(
                actor_of(request),
                public_id,
                done_on=form.cleaned_data["done_on"],
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Noted. The guarantee no longer lapses."))
            return redirect("security-one", public_id)
    return render(request, "web/securities/one.html", _shown(found, form), status=400)


@allowed(Permission.LIMITS_REQUEST)
@require_POST
def release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a security go."""
    _asked(public_id)
    try:
        actions.release(actor_of(request), public_id, now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("Released. It counts nothing from now on."))
    return redirect("security-one", public_id)


def _asked(public_id: UUID) -> Security:
    """The security of the address; another company's does not exist here."""
    try:
        return reads.security(public_id, as_of=today_here())
    except reads.UnknownSecurity as error:
        raise Http404 from error


def _wanted(request: HttpRequest) -> tuple[list[Line], str]:
    today = today_here()
    return narrowed(
        lines_of(reads.securities(as_of=today)),
        query=request.GET.get("q", "")[:LONGEST_QUERY],
        kind=request.GET.get("kind", ""),
        state=request.GET.get("state", ""),
        sort=request.GET.get("sort", BY_END),
        today=today,
    )


def _shown(found: Security, form: PreserveForm) -> dict[str, Any]:
    [line] = lines_of([found])
    names, today = people(), today_here()
    return {
        "line": line,
        "security": found,
        "buyer": line.buyer,
        "form": form,
        "guarantee_form": FORMS[found.guarantee.form] if found.guarantee else "",
        "provisions": list(reads.PROVISIONS.values())
        if found.guarantee and found.guarantee.law == "CN"
        else [],
        "released": found.change is SecurityChange.RELEASED,
        "ends_soon": ends_soon(found, today),
        "document": _document(found.document_id),
        "history": [
            (CHANGES[each.change], each, actor_name(each.changed_by, names))
            for each in reads.security_history(found.public_id, as_of=today)
        ],
    }


def _parties() -> list[tuple[str, str]]:
    found = sorted(parties.parties(), key=lambda each: each.name.casefold())
    return [(str(each.public_id), each.name) for each in found]


def _documents(buyer: BuyerValue) -> list[tuple[str, str]]:
    party = parties.party_of(buyer.id)
    if party is None:
        return []
    found = documents_of(party.id, as_of=today_here(), known_at=timezone.now())
    return [(str(each.public_id), f"{each.file_name} · {each.as_of}") for each in found]


def _document(public_id: UUID | None) -> Any:
    try:
        return None if public_id is None else document(public_id)
    except UnknownDocument:
        return None
