"""The page: what others may see of the company, and the self-check with its form."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xindun.kernel.errors import DomainError
from xindun.record.own_file import actions, reads
from xindun.record.own_file.reads import completeness
from xindun.record.own_file.values import FactField
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.own_credit import words
from xindun.web.own_credit.forms import FactForm
from xindun.web.own_credit.today import today_here
from xindun.web.words import refusal


@allowed(Permission.COMPANY_READ, to_change=Permission.COMPANY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What others may see, and the self-check; a POST states a fact."""
    form = FactForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.state_fact(
                actor_of(request),
                form.fact_field,
                said["value"],
                source=said["source"],
                stated_on=said["stated_on"],
                today=today_here(),
                now=timezone.now(),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Stated. The earlier statements stay in the evidence."))
            return redirect("own-credit")
    lines = reads.own_check(today_here())
    good, of = completeness(lines)
    context: dict[str, Any] = {
        "form": form,
        "tenant": current_tenant(),
        "facts": [(words.FIELDS[each.field], each) for each in reads.facts()],
        "lines": [
            (words.FIELDS[each.field], each, words.CHECKS[each.state], words.TONES[each.state])
            for each in lines
        ],
        "good": good,
        "of": of,
        "open_corrections": reads.open_corrections(),
    }
    return render(request, "web/own_credit/page.html", context, status=400 if form.errors else 200)


@allowed(Permission.COMPANY_MANAGE)
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """State a field no longer."""
    field = request.POST.get("field", "")
    if field in set(FactField):
        actions.withdraw_fact(
            actor_of(request), FactField(field), today=today_here(), now=timezone.now()
        )
        messages.success(request, _("Withdrawn."))
    return redirect("own-credit")


def _initial(request: HttpRequest) -> dict[str, Any]:
    """The form begins with the field that was asked for, as it is stated now."""
    asked = request.GET.get("field", "")
    found = next((each for each in reads.facts() if each.field == asked), None)
    first: dict[str, Any] = {"field": asked, "stated_on": today_here().isoformat()}
    return first | ({"value": found.value, "source": found.source} if found else {})
