"""What to do today: the ranked list, its export, and marking a line as done or not needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.control.monitoring import actions, reads
from xindun.control.monitoring.values import ActionsPage, ActionState, TodayAction
from xindun.kernel.errors import DomainError
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed, whole_or_part
from xindun.web.day import asked_day, kept_day
from xindun.web.exports import FORMATS, exported
from xindun.web.formats import amount_text
from xindun.web.methods import methods_of
from xindun.web.paging import asked_page
from xindun.web.words import phrase, refusal


def asked_state(request: HttpRequest) -> ActionState | None:
    """Which lines are wanted: open ones unless the address says otherwise; ``all`` for all."""
    asked = request.GET.get("state", ActionState.OPEN.value)
    return ActionState(asked) if asked in set(ActionState) else None


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The list, or with HTMX only its rows."""
    day = asked_day(request)
    run = reads.current_run(as_of=day)
    if run is None:
        return redirect("portfolio")
    found = reads.actions_page(as_of=day, state=asked_state(request), page=asked_page(request))
    context: dict[str, Any] = {
        "found": found,
        "run": run,
        "keep": kept_day(run),
        "stale": reads.is_stale(run),
        "state": request.GET.get("state", ActionState.OPEN.value),
        "list_url": request.path,
        "list_target": "#today-list",
        "methods": methods_of(("actions",)),
    }
    return whole_or_part(request, "web/today/page.html", "web/today/list.html", context)


@allowed(Permission.TODAY_MARK)
@require_POST
def mark(request: HttpRequest, action_id: int) -> HttpResponse:
    """Keep somebody's word on a line: done, not needed, or open again."""
    try:
        state = ActionState(request.POST.get("state", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        actions.mark_action(
            action_id,
            state,
            actor=actor_of(request).name,
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, refusal(error))
    else:
        messages.success(request, _("Noted."))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else "today")


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as a file."""
    if fmt not in FORMATS:
        raise Http404
    heads = (
        *(_("Rank"), _("Buyer"), _("What to do"), _("Why"), _("Amount at stake"), _("Currency")),
        *(_("Due date"), _("State")),
    )
    return exported(fmt, "today", heads, _rows(asked_state(request), asked_day(request)))


def _rows(state: ActionState | None, day: date | None) -> Iterator[tuple[Any, ...]]:
    number, pages = 1, 1
    while number <= pages:
        found: ActionsPage | None = reads.actions_page(as_of=day, state=state, page=number)
        if found is None:
            return
        pages, number = found.pages, number + 1
        yield from map(_row, found.rows)


def _row(action: TodayAction) -> tuple[Any, ...]:
    return (
        action.rank,
        action.name,
        phrase("action", action.code, action.params, action.currency),
        phrase("action_reason", action.reason_code, action.params, action.currency),
        amount_text(action.stake, action.currency),
        action.currency,
        action.due_on,
        action.state.value,
    )
