"""API keys: the list, a new one shown once, rotating and revoking.

What a reader would get wrong: the answer that shows a key's secret is no redirect. The secret is
stored nowhere, not even in the session, so the page that shows it is the answer to the POST.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xindun.kernel.errors import DomainError
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import KeyState, NewKey, Permission, StoredKey
from xindun.web.access import actor_of, allowed, confirmed, is_partial
from xindun.web.exports import FORMATS, exported
from xindun.web.granting import permission_name
from xindun.web.keys.forms import OVERLAPS, STATES, KeysForm, NewKeyForm, RotateForm
from xindun.web.paging import Slice, asked_page, sliced
from xindun.web.words import refusal

NEWEST_FIRST = "-made"
FIRST = datetime.min.replace(tzinfo=timezone.get_default_timezone())
SORTS: dict[str, Callable[[StoredKey], Any]] = {
    "name": lambda key: key.name.casefold(),
    "made": lambda key: key.created_at,
    "ends": lambda key: key.expires_at,
    "used": lambda key: key.last_used_at or FIRST,
}


@allowed(Permission.KEYS_MANAGE)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The keys and the form of a new one; a POST makes it and shows it once."""
    sent = request.method == "POST"
    grantable = reads.grantable_scopes(actor_of(request))
    form = NewKeyForm(request.POST if sent else None, grantable)
    now = timezone.now()
    if sent and form.is_valid():
        try:
            new = actions.create_key(
                actor_of(request),
                name=form.cleaned_data["name"],
                scopes=frozenset(map(Permission, form.cleaned_data["scopes"])),
                now=now,
                expires_at=now + timedelta(days=int(form.cleaned_data["days"])),
            )
        except DomainError as error:
            form.add_error(None, refusal(error))
        else:
            return _shown_once(request, new)
    context = {"form": form, **_list_context(request, now)}
    if is_partial(request) and not sent:
        response = render(request, "web/keys/list.html", context)
    else:
        status = 400 if form.errors else 200
        response = render(request, "web/keys/page.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@allowed(Permission.KEYS_MANAGE)
@confirmed
@require_POST
def rotate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A new key in place of an old one, shown once."""
    form = RotateForm(request.POST)
    days = int(form.cleaned_data["overlap"]) if form.is_valid() else 1
    try:
        new = actions.rotate_key(
            actor_of(request), public_id, now=timezone.now(), overlap=timedelta(days=days)
        )
    except actions.NoSuchKey as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, refusal(error))
        return redirect("keys")
    return _shown_once(request, new)


@allowed(Permission.KEYS_MANAGE)
@require_POST
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a key at once."""
    try:
        key = actions.revoke_key(actor_of(request), public_id, now=timezone.now())
    except actions.NoSuchKey as error:
        raise Http404 from error
    messages.success(request, _("The key “%(name)s” was revoked.") % {"name": key.name})
    return redirect("keys")


@allowed(Permission.KEYS_MANAGE)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all of it."""
    if fmt not in FORMATS:
        raise Http404
    now = timezone.now()
    heads = [
        *(_("Name"), _("Key"), _("State"), _("Scopes"), _("Made by")),
        *(_("Made (UTC)"), _("Ends (UTC)"), _("Last used (UTC)"), _("Revoked (UTC)")),
    ]
    rows = [
        (
            *(key.name, f"xd_{key.prefix}", str(STATES[key.state(now)])),
            *(", ".join(sorted(key.scopes)), key.made_by),
            *map(_moment, (key.created_at, key.expires_at, key.last_used_at, key.revoked_at)),
        )
        for key in _wanted(request, now)[0]
    ]
    return exported(fmt, f"api-keys-{now.date()}", heads, rows)


def _shown_once(request: HttpRequest, new: NewKey) -> HttpResponse:
    response = render(request, "web/keys/made.html", {"new": new})
    add_never_cache_headers(response)
    return response


def _list_context(request: HttpRequest, now: datetime) -> dict[str, Any]:
    found, sort = _wanted(request, now)
    shown: Slice[StoredKey] = sliced(found, asked_page(request))
    return {
        "found": shown,
        "rows": [_row(key, now) for key in shown.rows],
        "sort": sort,
        "keys_form": KeysForm(request.GET),
        "filtered": any(request.GET.get(name) for name in KeysForm.base_fields),
        "overlaps": OVERLAPS,
        "list_url": request.path,
        "list_target": "#keys-list",
    }


def _row(key: StoredKey, now: datetime) -> tuple[StoredKey, KeyState, Any, list[str]]:
    """A key, its state in both forms, and what it may do in words."""
    scopes = [permission_name(each) for each in Permission if each in key.scopes]
    return key, key.state(now), STATES[key.state(now)], scopes


def _wanted(request: HttpRequest, now: datetime) -> tuple[list[StoredKey], str]:
    """The keys that the address asks for, in its order."""
    query = request.GET.get("q", "").strip().casefold()
    state, sort = request.GET.get("state", ""), request.GET.get("sort", NEWEST_FIRST)
    if sort.removeprefix("-") not in SORTS:
        sort = NEWEST_FIRST
    found = [
        key
        for key in reads.api_keys()
        if query in key.name.casefold() or query in f"xd_{key.prefix}_"
        if state not in set(KeyState) or key.state(now) == state
    ]
    found.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return found, sort


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
