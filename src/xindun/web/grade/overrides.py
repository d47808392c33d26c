"""The report on overrides: what people put over the model's grade, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xindun.prevention.scoring import reads
from xindun.prevention.scoring.values import Outcome, OverrideOutcome
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY, choice_field, search_field
from xindun.web.own_credit.today import today_here
from xindun.web.paging import asked_page, sliced

OUTCOMES: dict[Outcome, tuple[Any, str]] = {
    Outcome.FAILED: (gettext_lazy("Failed"), "bad"),
    Outcome.LATE: (gettext_lazy("Paid badly"), "poor"),
    Outcome.FINE: (gettext_lazy("No trouble"), "good"),
    Outcome.EARLY: (gettext_lazy("Too early to say"), "none"),
}
SORTS: dict[str, Callable[[OverrideOutcome], Any]] = {
    "from": lambda each: each.override.starts_on,
    "buyer": lambda each: each.buyer_name.casefold(),
    "outcome": lambda each: tuple(Outcome).index(each.outcome),
}


class ReportForm(forms.Form):
    """How the report is narrowed."""

    q = search_field(gettext_lazy("Part of the buyer's name"))
    outcome = choice_field(
        gettext_lazy("Outcome"), [(each.value, name) for each, (name, _tone) in OUTCOMES.items()]
    )


@allowed(Permission.FILES_READ)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The overrides, narrowed, ordered and paged, under a table of both directions."""
    everything = reads.override_outcomes(today_here())
    rows, sort = _wanted(request, everything)
    found = sliced(rows, asked_page(request))
    context = {
        "found": found,
        "rows": [(each, *OUTCOMES[each.outcome]) for each in found.rows],
        "summary": _summary(everything),
        "outcomes": [name for name, _tone in OUTCOMES.values()],
        "sort": sort,
        "filter_form": ReportForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ReportForm.base_fields),
        "list_url": request.path,
        "list_target": "#overrides-list",
    }
    return whole_or_part(
        request, "web/grade/overrides.html", "web/grade/override_list.html", context
    )


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The report as it is narrowed, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Buyer"), _("From"), _("Counts until before"), _("The model's grade"), _("Grade")),
        *(_("Reason"), _("Outcome"), _("Payment before"), _("Worst payment since")),
    ]
    rows = [
        (
            *(each.buyer_name, each.override.starts_on, each.override.expires_on),
            *(each.override.model_grade, each.override.grade, each.override.reason),
            str(OUTCOMES[each.outcome][0]),
            *(each.payment_before, each.payment_since),
        )
        for each in _wanted(request, reads.override_outcomes(today_here()))[0]
    ]
    return exported(fmt, f"overrides-{today_here()}", heads, rows)


def _wanted(
    request: HttpRequest, rows: tuple[OverrideOutcome, ...]
) -> tuple[list[OverrideOutcome], str]:
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip().casefold()
    asked = request.GET.get("outcome", "")
    kept = [
        each
        for each in rows
        if query in each.buyer_name.casefold() and asked in ("", each.outcome.value)
    ]
    sort = request.GET.get("sort", "-from")
    if sort.removeprefix("-") not in SORTS:
        sort = "-from"
    kept.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return kept, sort


def _summary(rows: tuple[OverrideOutcome, ...]) -> list[tuple[Any, list[int]]]:
    """How many of the overrides to a better and to a worse grade came to each outcome."""
    better = [each for each in rows if each.override.grade < (each.override.model_grade or 0)]
    worse = [each for each in rows if each.override.grade > (each.override.model_grade or 99)]
    return [
        (name, [sum(each.outcome is outcome for each in group) for outcome in OUTCOMES])
        for name, group in (
            (_("Better than the model"), better),
            (_("Worse than the model"), worse),
        )
    ]
