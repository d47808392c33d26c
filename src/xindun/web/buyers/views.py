"""The list of buyers: one view serves the page and, to HTMX, only its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xindun.control.monitoring import reads
from xindun.control.monitoring.values import BUCKET_COLUMNS, SORTS, BuyerRow, BuyersPage
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed, whole_or_part
from xindun.web.buyers.forms import FilterForm, filters_of
from xindun.web.day import asked_day, kept_day
from xindun.web.exports import FORMATS, exported
from xindun.web.formats import amount_text
from xindun.web.methods import METHODS, methods_of
from xindun.web.paging import asked_page
from xindun.web.templatetags.xindun import bucket

WORST_FIRST = "-overdue"
AMOUNTS = frozenset(
    {"open_total", "overdue", "net", "limit_recommended", "over_limit"}
    | {column for column, _label in BUCKET_COLUMNS}
)
SHOWN = ("open_total", "overdue", "grade", "health_score", "days_beyond_terms", "trend_days")


def asked_sort(request: HttpRequest) -> str:
    """The order in the address; an unknown one is the list's own: most overdue first."""
    sort = request.GET.get("sort", WORST_FIRST)
    return sort if sort.removeprefix("-") in SORTS else WORST_FIRST


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A page of accounts."""
    found = reads.buyers_page(
        filters_of(request.GET),
        sort=asked_sort(request),
        page=asked_page(request),
        as_of=asked_day(request),
    )
    if found is None:
        return redirect("portfolio")
    context = {
        "found": found,
        "run": found.run,
        "keep": kept_day(found.run),
        "mixed": mixed_amounts(found, request),
        "stale": found.stale,
        "sort": found.sort,
        "form": FilterForm(request.GET, found.currencies, found.countries),
        "filtered": any(request.GET.get(name) for name in FilterForm.base_fields),
        "list_url": request.path,
        "list_target": "#buyers-list",
        "methods": methods_of((*SHOWN, "limit", "over_limit")),
    }
    return whole_or_part(request, "web/buyers/page.html", "web/buyers/list.html", context)


def mixed_amounts(found: BuyersPage, request: HttpRequest) -> bool:
    """Whether the list orders amounts of several currencies by their bare numbers."""
    several = len(found.currencies) > 1 and not filters_of(request.GET).currency
    return several and found.sort.removeprefix("-") in AMOUNTS


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The filtered list, all its pages, in the same order."""
    day = asked_day(request)
    run = reads.current_run(as_of=day)
    if fmt not in FORMATS or run is None:
        raise Http404
    rows = reads.iter_buyers(filters_of(request.GET), sort=asked_sort(request), as_of=day)
    return exported(fmt, f"buyers-{run.as_of}", _heads(), _cells(rows))


def _label(code: str) -> str:
    return str(METHODS[code].label)


def _heads() -> list[str]:
    buckets = ("not_due", "1-30", "31-60", "61-90", "91-120", "121-180", "181-365", ">365")
    return [
        *(_("Buyer"), _("Country"), _("Currency"), _label("open_total"), _label("overdue")),
        *(bucket(name) for name in buckets),
        *(_label("credits"), _label("unapplied"), _label("net"), _label("disputed")),
        *(_label("under_bills"), _label("unbilled"), _("Oldest days overdue"), _("Open items")),
        *map(_label, ("grade", "health_score", "payment_index", "days_beyond_terms")),
        *map(_label, ("on_time_ratio", "trend_days", "limit", "over_limit")),
    ]


def _cells(rows: Iterator[BuyerRow]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        amounts = (
            *(row.open_total, row.overdue, *(one.amount for one in row.buckets)),
            *(row.credits, row.unapplied, row.net, row.disputed, row.under_bills, row.unbilled),
        )
        yield (
            *(row.name, row.country, row.currency),
            *(amount_text(amount, row.currency) for amount in amounts),
            *(row.max_days_overdue, row.open_items, row.grade, row.health_score),
            *(row.payment_index, row.days_beyond_terms, row.on_time_ratio, row.trend_days),
            amount_text(row.limit_recommended, row.currency),
            amount_text(row.over_limit, row.currency),
        )
