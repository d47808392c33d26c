"""What every page needs: the company's name, the navigation and the assets' version."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xindun.control.gate.reads import waiting_count
from xindun.kit.tenancy import current_tenant_id, has_tenant
from xindun.record.tenants.reads import current_tenant, decidable
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of

SECTIONS = (
    ("portfolio", _("Portfolio"), "chart-bar", Permission.PORTFOLIO_READ),
    ("today", _("To do today"), "list-check", Permission.PORTFOLIO_READ),
    ("orders-held", _("Held orders"), "lock", Permission.ORDERS_READ),
    ("buyers", _("Buyers"), "users", Permission.PORTFOLIO_READ),
    ("limits", _("Limits"), "checks", Permission.PORTFOLIO_READ),
    ("securities", _("Securities"), "lock", Permission.PORTFOLIO_READ),
    ("hits", _("Screening hits"), "shield-check", Permission.FILES_READ),
    ("risks", _("Country and sector risk"), "info-circle", Permission.FILES_READ),
    ("imports", _("Import"), "file-upload", Permission.LEDGER_READ),
    ("evidence", _("Evidence"), "certificate", Permission.EVIDENCE_READ),
)
"""URL name, label, icon and needed permission of each entry, in the order of a working day."""
Entry = tuple[str, Any, str, Permission]
SETTINGS: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    (
        _("Rules"),
        (
            ("policy", _("Credit policy"), "list-check", Permission.PORTFOLIO_READ),
            ("checklist", _("Checklist"), "list-check", Permission.FILES_READ),
            ("overrides", _("Overridden grades"), "user-check", Permission.FILES_READ),
            ("models", _("Models"), "chart-bar", Permission.FILES_READ),
        ),
    ),
    (
        _("Data"),
        (
            ("rates", _("Exchange rates"), "arrows-sort", Permission.LEDGER_READ),
            ("sources", _("Sources of reports"), "file-upload", Permission.COMPANY_READ),
            ("screening-lists", _("Screening lists"), "shield", Permission.FILES_READ),
        ),
    ),
    (
        _("People and access"),
        (
            ("people", _("People"), "users-group", Permission.PEOPLE_READ),
            ("approvals", _("Approvals"), "checks", Permission.COMPANY_READ),
            ("delegations", _("Delegations"), "user-check", Permission.COMPANY_READ),
            ("keys", _("API keys"), "key", Permission.KEYS_MANAGE),
        ),
    ),
    (
        _("Own company"),
        (
            ("own-credit", _("Own credit page"), "certificate", Permission.COMPANY_READ),
            ("privacy", _("Personal data"), "shield", Permission.COMPANY_READ),
        ),
    ),
    (
        _("System"),
        (
            ("webhooks", _("Webhooks"), "webhook", Permission.WEBHOOKS_MANAGE),
            ("system", _("System health"), "heartbeat", Permission.SYSTEM_READ),
        ),
    ),
)
"""The same for what is set up once, under headings; one without an entry is not shown."""


def console(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables; a page outside a company's scope has no navigation."""
    inside = has_tenant() and request.user.is_authenticated
    granted = actor_of(request).permissions if inside else frozenset()
    return {
        "company": current_tenant().name if inside else "",
        "sections": _entries(SECTIONS, granted),
        "settings": [
            (heading, entries) for heading, menu in SETTINGS if (entries := _entries(menu, granted))
        ],
        "waiting_approvals": len(decidable(actor_of(request), timezone.now())) if inside else 0,
        "held_orders": waiting_count() if Permission.ORDERS_READ in granted else 0,
        "companies": getattr(request, "companies", ()) if inside else (),
        "company_id": current_tenant_id() if inside else None,
        # In templates: {% if may.LEDGER_IMPORT %}
        "may": {permission.name: True for permission in granted},
        "section": _section(request),
        "html_lang": "zh-Hans" if (get_language() or "en").startswith("zh") else "en",
    }


def _entries(menu: Iterable[Entry], granted: frozenset[Permission]) -> list[tuple[str, Any, str]]:
    """The entries that these permissions open."""
    return [(name, label, icon) for name, label, icon, needed in menu if needed in granted]


def _section(request: HttpRequest) -> str:
    """The entry whose screen this is: the longest address that begins this one's."""
    entries = chain(SECTIONS, *(menu for _heading, menu in SETTINGS))
    found = {reverse(each[0]): each[0] for each in entries}
    first = reverse(SECTIONS[0][0])  # begins every address
    match = [each for each in found if each != first and request.path.startswith(each)]
    return found[max(match, key=len)] if match else found.get(request.path, "")
