"""The portfolio page, its recompute button and the line that says whether a run is under way.

What a reader would get wrong: the page shows one currency at a time, because nothing is summed
across currencies; the others are one press away and stand side by side in a table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.control.monitoring import actions, reads
from xindun.control.monitoring.values import (
    Concentration,
    CurrencyTotals,
    PortfolioPage,
    RunStatus,
    Trigger,
)
from xindun.kernel.errors import DomainError
from xindun.record.receivables.reads import batches
from xindun.record.tenants.reads import current_tenant
from xindun.web.access import actor_of, member_only
from xindun.web.methods import methods_of
from xindun.web.words import refusal

LISTED = 6
"""Actions on the page; the list for today has them all."""
HEADLINE = ("dso_countback", "average_days_delinquent", "collection_effectiveness")
FURTHER = ("dso_simple", "dso_best_possible", "turnover_turns", "turnover_days")
METHODS = (
    *("open_total", "overdue", "net", "credits", "unapplied", "under_bills", "unbilled", "ageing"),
    *HEADLINE,
    *FURTHER,
    *("recognition", "provision", "concentration", "grade", "actions"),
)


def asked_day(request: HttpRequest) -> date | None:
    """The day in the address; None for none or nonsense, which shows the current run."""
    try:
        return date.fromisoformat(request.GET.get("as_of") or request.POST.get("as_of", ""))
    except ValueError:
        return None


@member_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole ledger at a day."""
    found = reads.portfolio_page(as_of=asked_day(request), actions=LISTED)
    if found is None and asked_day(request):
        return redirect("portfolio")
    if found is None:
        return render(
            request, "web/portfolio/empty.html", {"imported": batches(limit=1), **state()}
        )
    return render(request, "web/portfolio/page.html", {**shown(request, found), **state()})


def state() -> dict[str, Any]:
    """Whether a run is under way or the last one failed."""
    attempt = reads.latest_attempt()
    return {
        "running": attempt is not None and attempt.status is RunStatus.RUNNING,
        "failed": attempt if attempt and attempt.status is RunStatus.FAILED else None,
    }


def chosen_currency(request: HttpRequest, offered: tuple[str, ...], base: str) -> str:
    """The currency in the address, else the company's own, else the first one."""
    asked = request.GET.get("currency", "")
    return next((code for code in (asked, base) if code in offered), offered[0] if offered else "")


def shown(request: HttpRequest, found: PortfolioPage) -> dict[str, Any]:
    """The page's variables for the chosen currency."""
    offered = tuple(each.currency for each in found.totals)
    chosen = chosen_currency(request, offered, current_tenant().base_currency)
    totals = next((each for each in found.totals if each.currency == chosen), None)
    tenant = current_tenant()
    return {
        "found": found,
        "run": found.run,
        "stale": found.stale,
        "currency": chosen,
        "totals": totals,
        "headline": _kpis(totals, HEADLINE),
        "further": _kpis(totals, FURTHER),
        "provision": totals.kpi("provision") if totals else None,
        "series": [point for point in found.series if point.currency == chosen],
        "concentration": _concentration(found, chosen),
        "top_shares": _top_shares(found, chosen),
        "actions": found.actions,
        "today": timezone.now().astimezone(ZoneInfo(tenant.time_zone)).date(),
        "methods": methods_of(METHODS),
    }


def _kpis(totals: CurrencyTotals | None, codes: tuple[str, ...]) -> list[Any]:
    found = [totals.kpi(code) for code in codes] if totals else []
    return [kpi for kpi in found if kpi is not None]


def _concentration(found: PortfolioPage, currency: str) -> Concentration | None:
    return next((each for each in found.concentration if each.currency == currency), None)


def _top_shares(found: PortfolioPage, currency: str) -> list[tuple[str, Decimal]]:
    one = _concentration(found, currency)
    if one is None:
        return []
    named = (
        (_("Largest buyer"), one.top1_share),
        (_("Largest 5 buyers"), one.top5_share),
        (_("Largest 10 buyers"), one.top10_share),
    )
    return [(name, share) for name, share in named if share is not None]


@member_only
@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Queue a run for the asked day (none: the latest) and say so."""
    try:
        queued = actions.request_run(
            actor=actor_of(request), trigger=Trigger.MANUAL, as_of=asked_day(request)
        )
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.info(
            request,
            _("The figures are being recomputed. This page shows them as soon as they are ready.")
            if queued
            else _("A recomputation is already waiting."),
        )
    return redirect("portfolio")


@member_only
@require_safe
def run_state(request: HttpRequest) -> HttpResponse:
    """The banner of a run under way; when it is done the browser loads the page anew."""
    found = state()
    response = render(request, "web/parts/run_state.html", found)
    if not found["running"]:
        response["HX-Refresh"] = "true"
    return response
