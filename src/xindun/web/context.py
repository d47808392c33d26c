"""What every page needs: the company's name, the navigation and the assets' version."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xindun.kit.tenancy import has_tenant
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of

SECTIONS = (
    ("portfolio", _("Portfolio"), "chart-bar", Permission.PORTFOLIO_READ),
    ("today", _("To do today"), "list-check", Permission.PORTFOLIO_READ),
    ("buyers", _("Buyers"), "users", Permission.PORTFOLIO_READ),
    ("imports", _("Import"), "file-upload", Permission.LEDGER_READ),
)
"""URL name, label, icon and needed permission of each entry, in the order of a working day."""


def console(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables; a page outside a company's scope has no navigation."""
    inside = has_tenant() and request.user.is_authenticated
    match = getattr(request, "resolver_match", None)
    name = (match.url_name or "") if match else ""
    current = {"buyer": "buyers", "import": "imports"}.get(name, name)
    granted = actor_of(request).permissions if inside else frozenset()
    return {
        "company": current_tenant().name if inside else "",
        "sections": [each[:3] for each in SECTIONS if each[3] in granted],
        # In templates: {% if may.LEDGER_IMPORT %}
        "may": {permission.name: True for permission in granted},
        "section": current,
        "html_lang": "zh-Hans" if (get_language() or "en").startswith("zh") else "en",
    }
