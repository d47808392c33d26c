"""One page, which HTMX asks again every ten seconds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from xindun.config.operations import state
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed, whole_or_part
from xindun.web.system.checks import checks, unsafe

EVERY_SECONDS = 10


@allowed(Permission.SYSTEM_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How the installation is now."""
    now = timezone.now()
    context = {
        "now": now,
        "checks": checks(now),
        "unsafe": unsafe(now),
        "queues": state.queues(now),
        "versions": state.versions(),
        "every": EVERY_SECONDS,
    }
    return whole_or_part(request, "web/system/page.html", "web/system/state.html", context)
