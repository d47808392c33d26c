"""The versions of the credit policy: searched, narrowed, sorted, paged and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xindun.prevention.credit_policy import reads
from xindun.prevention.credit_policy.values import Version, VersionState
from xindun.record.tenants import reads as tenants
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed, whole_or_part
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import choice_field, search_field
from xindun.web.paging import asked_page, sliced
from xindun.web.policy import words

NEWEST_FIRST = "-version"


@dataclass(frozen=True, slots=True)
class Row:
    """A version with the names of its people and its state in words."""

    version: Version
    proposed_by: str
    approved_by: str
    state: Any
    tone: str


SORTS: dict[str, Callable[[Row], Any]] = {
    "version": lambda row: row.version.number,
    "begins": lambda row: row.version.effective_from,
    "decided": lambda row: row.version.decided_at,
    "proposer": lambda row: row.proposed_by.casefold(),
    "approver": lambda row: row.approved_by.casefold(),
    "state": lambda row: str(row.state).casefold(),
}


class VersionsForm(forms.Form):
    """The search and the filter above the list."""

    q = search_field(gettext_lazy("Part of a name or a number"))
    state = choice_field(
        gettext_lazy("State"), ((state.value, names[0]) for state, names in words.STATES.items())
    )


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All versions."""
    rows, sort = wanted(request)
    found = sliced(rows, asked_page(request))
    context = {
        "found": found,
        "rows": found.rows,
        "sort": sort,
        "filter_form": VersionsForm(request.GET),
        "filtered": any(request.GET.get(name) for name in VersionsForm.base_fields),
        "list_url": request.path,
        "list_target": "#policy-versions",
    }
    return whole_or_part(request, "web/policy/history.html", "web/policy/versions.html", context)


@allowed(Permission.PORTFOLIO_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    heads = [
        *(_("Version"), _("State"), _("In force from (UTC)"), _("Until (UTC)")),
        *(_("Proposed by"), _("Approved by"), _("Approved (UTC)"), _("Content hash")),
    ]
    rows = [
        (
            *(each.version.number, str(each.state), _moment(each.version.effective_from)),
            *(_moment(each.version.ends_at), each.proposed_by, each.approved_by),
            *(_moment(each.version.decided_at), each.version.content_hash.hex()),
        )
        for each in wanted(request)[0]
    ]
    return exported(fmt, f"credit-policy-versions-{timezone.now().date()}", heads, rows)


def wanted(request: HttpRequest) -> tuple[list[Row], str]:
    """The versions as the address narrows and orders them."""
    query = request.GET.get("q", "").strip().casefold()
    state, sort = request.GET.get("state", ""), request.GET.get("sort", NEWEST_FIRST)
    if sort.removeprefix("-") not in SORTS:
        sort = NEWEST_FIRST
    found = [
        row
        for row in rows_of(reads.versions(now=timezone.now()))
        if query in f"{row.version.number} {row.proposed_by} {row.approved_by}".casefold()
        if state not in set(VersionState) or row.version.state == state
    ]
    found.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return found, sort


def rows_of(versions: list[Version]) -> list[Row]:
    """Versions with the names of their people."""
    names = {f"user:{each.public_id}": each.name for each in tenants.iter_members()}
    return [
        Row(
            each,
            names.get(each.proposed_by, each.proposed_by),
            names.get(each.approved_by, each.approved_by),
            *words.STATES[each.state],
        )
        for each in versions
    ]


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
