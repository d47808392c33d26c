"""The list of models, one model, and the proposal to use it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.prevention.models import actions, reads
from xindun.prevention.models.values import DriftMonth, ModelRole, ModelVersion
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.models.shown import Row, grades_of, list_context, tests_of, wanted
from xindun.web.models.words import LIMITS, USES, VERDICTS, figure_name
from xindun.web.own_credit.today import today_here
from xindun.web.words import refusal

MONTHS = 12
"""How many months of drift a page shows."""


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All models, narrowed, ordered and paged."""
    return whole_or_part(
        request, "web/models/page.html", "web/models/list.html", list_context(request)
    )


@allowed(Permission.FILES_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Purpose"), _("Name"), _("Version"), _("Role"), _("Since (UTC)"), "SHA-256"),
        *(_("Rows tested"), _("Base rate"), "AUC", "Brier"),
    ]
    rows = [_cells(row) for row in wanted(request)[0]]
    return exported(fmt, f"models-{today_here()}", heads, rows)


@allowed(Permission.FILES_READ)
@require_safe
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """A model's card, its tests, its reliability by grade and its drift."""
    version = _version(reference)
    months = [
        each for each in reads.drift_history(version.purpose) if each.digest == version.digest
    ][:MONTHS]
    context: dict[str, Any] = {
        "row": Row(version),
        "version": version,
        "use": USES[version.purpose],
        "card": version.card,
        "taught": version.card.get("trained_on") or version.card.get("trained"),
        "limits": [LIMITS.get(each, each) for each in _limits(version)],
        "tests": tests_of(version),
        "grades": grades_of(version),
        "months": [(each, *VERDICTS[each.verdict]) for each in months],
        "figures": _figures(months),
        "can_propose": version.role is not ModelRole.CHAMPION,
    }
    return render(request, "web/models/one.html", context)


@allowed(Permission.MODELS_MANAGE)
@require_POST
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose that the model is used; another person approves."""
    version = _version(reference)
    try:
        actions.propose_promotion(actor_of(request), version.reference, now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("Proposed. Another person approves it on the page Approvals."))
    return redirect("model", version.reference)


def _version(reference: str) -> ModelVersion:
    try:
        return reads.version(reference)
    except reads.NoSuchModel as error:
        raise Http404 from error


def _limits(version: ModelVersion) -> list[str]:
    return list(version.card.get("limits") or version.card.get("card", {}).get("limits", ()))


def _figures(months: list[DriftMonth]) -> list[tuple[str, float, Any, str]]:
    """The newest month's score and inputs."""
    if not months:
        return []
    return [
        (figure_name(each.name), each.psi, *VERDICTS[each.verdict]) for each in months[0].figures
    ]


def _cells(row: Row) -> list[Any]:
    version, first = row.version, row.first
    since = f"{version.since:%Y-%m-%d %H:%M:%S}" if version.since else None
    return [
        *(row.purpose, version.name, version.version, row.role, since, version.digest),
        *(first.get("rows", first.get("invoices")), first.get("base_rate")),
        *(first.get("auc"), first.get("brier")),
    ]
