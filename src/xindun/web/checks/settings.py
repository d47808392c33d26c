"""The company's own checklist: a form, and the versions it had, each beside what it changed."""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xindun.kernel.errors import DomainError
from xindun.prevention.onboarding import actions, reads
from xindun.prevention.onboarding.values import DEFAULT, ChecklistVersion, Item, Requirement
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web import formats
from xindun.web.access import actor_of, allowed
from xindun.web.checks.forms import RequirementForm
from xindun.web.checks.words import ITEMS
from xindun.web.words import refusal


@allowed(Permission.FILES_READ, to_change=Permission.FILES_APPROVE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The checklist in force; a POST proposes another."""
    used = {each.item: each for each in reads.requirements().requirements}
    asked = [RequirementForm(item, used.get(item), request.POST or None) for item in Item]
    error = ""
    if request.method == "POST" and all(form.is_valid() for form in asked):
        wanted = [found for form in asked if (found := form.requirement()) is not None]
        try:
            actions.propose_checklist(actor_of(request), wanted, now=timezone.now())
        except DomainError as refused:
            error = refusal(refused)
        else:
            messages.success(request, _("Proposed. Somebody else has to approve it."))
            return redirect("checklist")
    past = [*reads.versions(), ChecklistVersion(0, DEFAULT)]
    context: dict[str, Any] = {
        "forms": asked,
        "used": past[0],
        "lines": [(ITEMS[each.item], _said(each)) for each in past[0].requirements],
        "versions": [
            (newer, _difference(older, newer)) for newer, older in itertools.pairwise(past)
        ],
        "base": current_tenant().base_currency,
        "error": error,
    }
    refused_form = bool(error) or any(form.errors for form in asked)
    return render(request, "web/checks/settings.html", context, status=400 if refused_form else 200)


def _said(wanted: Requirement) -> str:
    """A requirement in words."""
    parts = []
    if wanted.above is not None:
        money = formats.money_with_code(wanted.above, current_tenant().base_currency)
        parts.append(_("above {amount}").format(amount=money))
    if wanted.max_age_days is not None:
        parts.append(_("counts for {days} days").format(days=wanted.max_age_days))
    if wanted.countries:
        parts.append(_("only in {countries}").format(countries=", ".join(wanted.countries)))
    return " · ".join(parts) or _("always")


def _difference(older: ChecklistVersion, newer: ChecklistVersion) -> list[tuple[Any, str, str]]:
    """Item, before, after, of what is not the same."""
    before = {each.item: _said(each) for each in older.requirements}
    after = {each.item: _said(each) for each in newer.requirements}
    nothing = _("not needed")
    return [
        (ITEMS[item], before.get(item, nothing), after.get(item, nothing))
        for item in Item
        if before.get(item) != after.get(item)
    ]
