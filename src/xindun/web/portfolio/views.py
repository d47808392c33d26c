"""The portfolio page, its recompute button and the line that says whether a run is under way.

What a reader would get wrong: the page shows one currency at a time, because nothing is summed
across currencies; the others are one press away and stand side by side in a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.control.monitoring import actions, reads
from xindun.control.monitoring.values import (
    Concentration,
    CurrencyTotals,
    PortfolioPage,
    Run,
    RunStatus,
    Trigger,
)
from xindun.kernel.errors import DomainError
from xindun.record.receivables.reads import batches
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission, Tenant
from xindun.web.access import actor_of, allowed
from xindun.web.day import asked_day, kept_day
from xindun.web.methods import methods_of
from xindun.web.paging import number_in
from xindun.web.words import refusal

OPEN_ONLY, SETTLED_ONLY = "only_open_items", "only_settled_items"
LISTED = 6
"""Actions on the page; the list for today has them all."""
MOST_POLLS = 200
HEADLINE = ("dso_countback", "average_days_delinquent", "collection_effectiveness")
FURTHER = ("dso_simple", "dso_best_possible", "turnover_turns", "turnover_days")
METHODS = (
    *("open_total", "overdue", "net", "credits", "unapplied", "under_bills", "unbilled", "ageing"),
    *HEADLINE,
    *FURTHER,
    *("recognition", "provision", "concentration", "grade", "actions"),
)


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole ledger at a day; a day that is not prepared yet is waited for."""
    asked = asked_day(request)
    found = reads.portfolio_page(as_of=asked, actions=LISTED)
    if found is None:
        imported = bool(batches(limit=1))
        waiting = watch(None, asked, stale=imported)
        context = {"imported": imported, "asked": asked, "waiting": waiting}
        return render(request, "web/portfolio/empty.html", context)
    waiting = watch(found.run, asked, stale=found.stale and asked is None)
    return render(request, "web/portfolio/page.html", {**shown(request, found), "waiting": waiting})


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the browser waits for: a run newer than the one it shows, for the asked day."""

    shown: int
    asked: date | None
    polls: int
    running: bool
    failed: Run | None
    goes_on: bool


def watch(run: Run | None, asked: date | None, *, stale: bool, polls: int = 0) -> Waiting:
    """Whether to wait: a run is under way, or one must come because the ledger has moved.

    It ends after a while, so that a console without a worker does not ask for ever.
    """
    attempt = reads.latest_attempt()
    newest = attempt is not None and (run is None or attempt.number > run.number)
    running = newest and attempt is not None and attempt.status is RunStatus.RUNNING
    failed = attempt if newest and attempt and attempt.status is RunStatus.FAILED else None
    return Waiting(
        shown=run.number if run else 0,
        asked=asked,
        polls=polls + 1,
        running=running,
        failed=failed,
        goes_on=(running or (stale and failed is None)) and polls < MOST_POLLS,
    )


def chosen_currency(request: HttpRequest, offered: tuple[str, ...], base: str) -> str:
    """The currency in the address, else the company's own, else the first one."""
    asked = request.GET.get("currency", "")
    return next((code for code in (asked, base) if code in offered), offered[0] if offered else "")


def shown(request: HttpRequest, found: PortfolioPage) -> dict[str, Any]:
    """The page's variables for the chosen currency."""
    tenant = current_tenant()
    offered = tuple(each.currency for each in found.totals)
    chosen = chosen_currency(request, offered, tenant.base_currency)
    totals = next((each for each in found.totals if each.currency == chosen), None)
    # Four empty charts and seven dashes say less than the one sentence about their cause.
    flags = {flag.code for flag in found.coverage.flags}
    open_only, settled_only = OPEN_ONLY in flags, SETTLED_ONLY in flags
    half = open_only or settled_only
    return {
        "found": found,
        "run": found.run,
        "keep": kept_day(found.run),
        "stale": found.stale,
        "currency": chosen,
        "totals": totals,
        "open_only": open_only,
        "settled_only": settled_only,
        "headline": [] if half else _kpis(totals, HEADLINE),
        "further": [] if half else _kpis(totals, FURTHER),
        "provision": totals.kpi("provision") if totals else None,
        "series": [point for point in found.series if point.currency == chosen],
        "concentration": _concentration(found, chosen),
        "top_shares": _top_shares(found, chosen),
        "actions": found.actions,
        "today": today_of(tenant),
        "methods": methods_of(METHODS),
    }


def today_of(tenant: Tenant) -> date:
    """The company's calendar day."""
    return timezone.now().astimezone(ZoneInfo(tenant.time_zone)).date()


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


@allowed(Permission.PORTFOLIO_RUN)
@require_POST
def recompute(request: HttpRequest) -> HttpResponse:
    """Queue a run for the asked day (none: the latest) and say so."""
    asked = asked_day(request)
    if asked and asked > today_of(current_tenant()):
        messages.error(request, _("%(day)s has not come yet.") % {"day": asked})
        return redirect("portfolio")
    try:
        queued = actions.request_run(
            actor=actor_of(request).name, trigger=Trigger.MANUAL, as_of=asked
        )
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect("portfolio")
    if not queued:
        messages.info(request, _("A recomputation is already waiting."))
    return redirect(f"{reverse('portfolio')}?as_of={asked}" if asked else "portfolio")


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def run_state(request: HttpRequest) -> HttpResponse:
    """The line about a run under way; when a newer one is there, the browser loads the page."""
    asked, seen = asked_day(request), number_in(request, "shown")
    run = reads.current_run(as_of=asked)
    stale = run is None or reads.is_stale(run)
    waiting = watch(run, asked, stale=stale, polls=number_in(request, "polls"))
    response = render(request, "web/parts/run_state.html", {"waiting": waiting})
    if run is not None and run.number != seen:
        response["HX-Refresh"] = "true"
    return response
