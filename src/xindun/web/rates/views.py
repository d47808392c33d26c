"""The list of rates with the form that loads a file, and the list as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xindun.connectors.rate_files import read_rates
from xindun.kernel.errors import DomainError
from xindun.record.reference import actions, reads
from xindun.record.reference.values import RateLoad, ReadRates
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.rates.forms import LoadForm, RequoteForm
from xindun.web.rates.shown import list_context, wanted
from xindun.web.words import refusal

LOADS = 5


@allowed(Permission.LEDGER_READ, to_change=Permission.LEDGER_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The newest rate of each currency for a day; a POST loads a file."""
    form = LoadForm()
    if request.method == "POST":
        form = RequoteForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                messages.success(request, _load(request, form.cleaned_data))
                return redirect("rates")
            except DomainError as error:
                form.add_error(None, refusal(error))
    context = {**list_context(request), "load_form": form, "loads": reads.rate_loads(LOADS)}
    if form.errors:
        return render(request, "web/rates/page.html", context, status=400)
    return whole_or_part(request, "web/rates/page.html", "web/rates/list.html", context)


@allowed(Permission.LEDGER_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed, all its pages, every digit."""
    if fmt not in FORMATS:
        raise Http404
    asked = wanted(request)
    heads = [_("Currency"), _("Name"), _("Units for one of the base"), _("Base"), _("Day")]
    heads += [_("Days old"), _("State"), _("Source")]
    rows: list[list[Any]] = [
        [
            *(row.rate.currency, row.name, row.rate.per_unit, asked.table.quoted_in, row.rate.on),
            *(row.age, _("Too old") if row.is_stale else _("Counts"), row.rate.source),
        ]
        for row in asked.rows
    ]
    return exported(fmt, f"rates-{asked.table.on}", heads, rows)


def _load(request: HttpRequest, said: dict[str, Any]) -> str:
    """What came of the file, in words."""
    read = read_rates(said["file"].read(), source=said["source"], prefer=reads.quotation())
    load = actions.load_rates(actor_of(request), read, requote=said["requote"], now=timezone.now())
    return " ".join(filter(None, (_outcome(load), _left_out(read))))


def _outcome(load: RateLoad | None) -> str:
    if load is None:
        return _("Every rate of this file was known; nothing changed.")
    return _("Loaded. Added: %(added)s, corrected: %(corrected)s, known before: %(unchanged)s.") % {
        "added": f"{load.added:,}",
        "corrected": f"{load.corrected:,}",
        "unchanged": f"{load.unchanged:,}",
    }


def _left_out(read: ReadRates) -> str:
    if not read.left_out:
        return ""
    return _("Left out, because they are no longer in use: %(currencies)s.") % {
        "currencies": ", ".join(read.left_out)
    }
