"""Which lists are loaded; the company's own watch list; how alike is a hit."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xindun.connectors.sanctions_lists import read_list
from xindun.kernel.errors import DomainError
from xindun.kit.events import defer_once
from xindun.kit.tenancy import current_tenant_id
from xindun.record.screening import actions, reads
from xindun.record.screening.values import ListCode, ReadList
from xindun.record.tenants.values import Permission
from xindun.web.access import actor_of, allowed
from xindun.web.screening.forms import SettingsForm, WatchForm
from xindun.web.screening.words import LISTS
from xindun.web.words import refusal

TASK = "screening.screen_due"


@allowed(Permission.FILES_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The lists with their versions, and the two forms."""
    return _shown(request)


@allowed(Permission.FILES_APPROVE)
@require_POST
def watch(request: HttpRequest) -> HttpResponse:
    """Load a new version of the company's own watch list; a worker compares the parties with it."""
    form = WatchForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            read = _read(form.cleaned_data["file"])
            version = actions.load_watch(actor_of(request), read, now=timezone.now())
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            defer_once(TASK, place=f"{TASK}-{current_tenant_id()}")
            said = _("Loaded.") if version else _("This very file was loaded last.")
            messages.success(request, said)
            return redirect("screening-lists")
    return _shown(request, watch_form=form)


@allowed(Permission.FILES_APPROVE)
@require_POST
def settings(request: HttpRequest) -> HttpResponse:
    """Change how alike is a hit and how long a screening counts."""
    form = SettingsForm(request.POST)
    if form.is_valid():
        try:
            wanted = replace(reads.thresholds(), **form.cleaned_data)
            actions.change_settings(actor_of(request), wanted, now=timezone.now())
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("These settings count from now on."))
            return redirect("screening-lists")
    return _shown(request, settings_form=form)


def _read(upload: Any) -> ReadList:
    with tempfile.TemporaryDirectory(prefix="xindun-watch-") as folder:
        # A name of our own: the sender's could lead elsewhere.
        path = Path(folder) / "watch.csv"
        with path.open("wb") as file:
            for block in upload.chunks():
                file.write(block)
        return read_list(ListCode.WATCH, [path])


def _shown(
    request: HttpRequest,
    *,
    watch_form: WatchForm | None = None,
    settings_form: SettingsForm | None = None,
) -> HttpResponse:
    newest = reads.newest_versions()
    context: dict[str, Any] = {
        "lists": [(name, newest.get(code)) for code, name in LISTS.items()],
        "history": [
            (LISTS[code], version)
            for code in ListCode
            for version in reads.list_versions(code, 5)[1:]
        ],
        "thresholds": reads.thresholds(),
        "watch_form": watch_form or WatchForm(),
        "settings_form": settings_form or SettingsForm(asdict(reads.thresholds())),
    }
    refused = any(form is not None and form.errors for form in (watch_form, settings_form))
    return render(request, "web/screening/lists.html", context, status=400 if refused else 200)
