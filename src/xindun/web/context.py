"""What every page needs: the company's name, the navigation and the assets' version."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xindun.kit.tenancy import has_tenant
from xindun.record.tenants.reads import current_tenant

SECTIONS = (
    ("portfolio", _("Portfolio"), "chart-bar"),
    ("today", _("To do today"), "list-check"),
    ("buyers", _("Buyers"), "users"),
    ("imports", _("Import"), "file-upload"),
)
"""URL name, label and icon of each entry, in the order of a working day."""


def console(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables; a page outside a company's scope has no navigation."""
    inside = has_tenant() and request.user.is_authenticated
    match = getattr(request, "resolver_match", None)
    name = (match.url_name or "") if match else ""
    current = {"buyer": "buyers", "import": "imports"}.get(name, name)
    return {
        "company": current_tenant().name if inside else "",
        "sections": SECTIONS if inside else (),
        "section": current,
        "html_lang": "zh-Hans" if (get_language() or "en").startswith("zh") else "en",
    }
