"""Lists of countries and sectors, one slot with its sources, and the company's own label."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.reference import actions, reads
from xindun.record.reference.values import RiskKind, RiskLabel
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.own_credit.today import today_here
from xindun.web.risks.forms import OverrideForm
from xindun.web.risks.shown import Row, country_row, list_context, sector_row, wanted
from xindun.web.risks.words import KINDS, PILLARS, TONES, label_name
from xindun.web.words import refusal


@allowed(Permission.FILES_READ)
@require_safe
def start(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the address takes nothing
    """The countries come first."""
    return redirect("risk-list", RiskKind.COUNTRY.value)


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """All countries or sectors, narrowed, ordered and paged."""
    context = list_context(request, RiskKind(kind))
    return whole_or_part(request, "web/risks/page.html", "web/risks/list.html", context)


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, kind: str, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed, all its pages, with its sources."""
    if fmt not in FORMATS:
        raise Http404
    of_country = kind == RiskKind.COUNTRY.value
    heads = [_("Code"), _("Name"), _("Risk"), _("Public label"), _("Own label until before")]
    heads += [_("OECD class"), _("Governance, mean"), _("Sources")] if of_country else []
    heads += [] if of_country else [_("Insolvencies relative to all sectors"), _("Sources")]
    rows = [_cells(row, of_country) for row in wanted(request, RiskKind(kind))[0]]
    return exported(fmt, f"{kind}-risk-{today_here()}", heads, rows)


@allowed(Permission.FILES_READ, to_change=Permission.GRADES_OVERRIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One slot with its parts and sources; a POST sets an own label."""
    row = _row(RiskKind(kind), code)
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.override_risk(
                actor_of(request),
                RiskKind(kind),
                code,
                RiskLabel(said["label"]),
                reason=said["reason"],
                expires_on=said["expires_on"],
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Your own label counts from now on."))
            return redirect("risk", kind, code)
    context: dict[str, Any] = {
        "kind": kind,
        "title": KINDS[RiskKind(kind)],
        "row": row,
        "slot": row.slot,
        "form": form,
        "public": (label_name(row.slot.label), TONES[row.slot.label]),
        "parts": _parts(row),
        "past": [
            (label_name(each.label), each) for each in reads.overrides_of(RiskKind(kind), code)
        ],
    }
    return render(request, "web/risks/one.html", context, status=400 if form.errors else 200)


@allowed(Permission.GRADES_OVERRIDE)
@require_POST
def end(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Let the public label count again."""
    _row(RiskKind(kind), code)
    actions.end_override(
        actor_of(request), RiskKind(kind), code, today=today_here(), now=timezone.now()
    )
    messages.success(request, _("The public label counts again."))
    return redirect("risk", kind, code)


def _row(kind: RiskKind, code: str) -> Row:
    today = today_here()
    if kind is RiskKind.COUNTRY:
        country = reads.country(code, as_of=today)
        found = country_row(country) if country else None
    else:
        sector = reads.sector(code, as_of=today)
        found = sector_row(sector) if sector else None
    if found is None:
        raise Http404
    return found


def _parts(row: Row) -> list[tuple[str, str, str]]:
    """Each part or pillar: its name, its label in words, its tone."""
    if hasattr(row.slot, "pillars"):
        named = [(str(PILLARS[each]), label) for each, label in row.slot.pillars.items()]
    else:
        named = [
            (_("Transfer and political risk"), row.slot.transfer),
            (_("Governance"), row.slot.governance),
        ]
    return [(name, label_name(label), TONES[label]) for name, label in named]


def _cells(row: Row, of_country: bool) -> list[Any]:
    own = row.slot.override
    start: list[Any] = [row.code, row.name, row.text, label_name(row.slot.label)]
    start.append(own.expires_on if own else None)
    if of_country:
        sources = "; ".join(filter(None, (row.slot.oecd_source, row.slot.wgi_source)))
        return [*start, row.oecd, row.figure, sources]
    return [*start, row.figure, "; ".join(each.source for each in row.slot.observations)]
