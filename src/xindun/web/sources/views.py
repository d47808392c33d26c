"""The rules for buying reports and the keys of sources.

What a reader would get wrong: a key goes in and never comes out. The page says when it was set; an
empty answer removes it.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xindun.connectors.bureau import actions, reads
from xindun.connectors.bureau.offered import sources
from xindun.kernel.errors import DomainError
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, confirmed
from xindun.web.reports.words import kind_name
from xindun.web.sources.forms import TermsForm
from xindun.web.words import refusal


@allowed(Permission.COMPANY_READ, to_change=Permission.COMPANY_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The sources and the rules; a POST changes the rules."""
    form = TermsForm(request.POST or None, reads.terms())
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_terms(actor_of(request), form.terms(), now=timezone.now())
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("Saved. It holds from the next enquiry on."))
            return redirect("sources")
    keys = reads.keys_set()
    now = timezone.now()
    context: dict[str, Any] = {
        "form": form,
        "terms": reads.terms(),
        "spent": reads.spent_this_month(now),
        "rows": [
            {
                "source": each,
                "provides": sorted(kind_name(kind) for kind in each.provides),
                "set_at": keys.get(each.code),
            }
            for each in sources()
        ],
    }
    return render(request, "web/sources/page.html", context, status=400 if form.errors else 200)


@allowed(Permission.COMPANY_MANAGE)
@confirmed
@require_POST
def key(request: HttpRequest, code: str) -> HttpResponse:
    """Set a source's key, or remove it."""
    said = request.POST.get("key", "").strip()
    try:
        actions.set_key(actor_of(request), code, said, now=timezone.now())
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("The key is set.") if said else _("The key was removed."))
    return redirect("sources")
