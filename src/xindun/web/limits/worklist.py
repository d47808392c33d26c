"""The worklist of requests: what waits for the reader comes first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xindun.prevention.limits import reads
from xindun.prevention.limits.values import Standing
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY
from xindun.web.limits.forms import WorklistForm
from xindun.web.limits.shown import rows_of
from xindun.web.paging import asked_page


def asked_for(request: HttpRequest) -> tuple[dict[str, Any], Standing]:
    """What the address narrows the list to, its order, and who reads it."""
    mine = reads.standing_of(actor_of(request), timezone.now())
    state = request.GET.get("state", "open")
    return {
        "query": request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        "state": state or "all",
        "sort": request.GET.get("sort", "deadline"),
        "mine": mine,
    }, mine


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A page of requests."""
    asked, mine = asked_for(request)
    found = reads.requests_page(**asked, page=asked_page(request))
    context = {
        "found": found,
        "rows": rows_of(found.rows, mine),
        "sort": found.sort,
        "waiting": reads.count_waiting(mine),
        "now": timezone.now(),
        "filter_form": WorklistForm({"state": "open", **request.GET.dict()}),
        "filtered": "state" in request.GET or bool(request.GET.get("q")),
        "list_url": request.path,
        "list_target": "#limits-list",
    }
    return whole_or_part(request, "web/limits/page.html", "web/limits/list.html", context)


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Buyer"), _("Kind"), _("Currency"), _("Requested"), _("Granted"), _("Owes now")),
        *(_("Grade"), _("State"), _("Waits for"), _("Deadline (UTC)")),
        *(_("Requested by"), _("Requested (UTC)")),
    ]
    asked, mine = asked_for(request)
    rows = [
        (
            *(each.buyer.name, each.kind, each.request.currency, each.request.amount),
            *(each.request.decided_amount, each.owed, each.request.grade, each.state),
            *(each.awaiting, _moment(each.request.deadline_at), each.requester),
            _moment(each.request.requested_at),
        )
        for each in rows_of(tuple(reads.iter_requests(**asked)), mine)
    ]
    return exported(fmt, f"limits-{timezone.now().date()}", heads, rows)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M}"
