"""The records: searched, filtered, sorted, page by page and as a file; above them the log's state.

What a reader would get wrong: a day in the filter is the company's day, in its own time zone,
while the list shows UTC like everything that is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xindun.record.evidence import reads
from xindun.record.evidence.values import RecordFilter, RecordRow
from xindun.record.tenants.reads import day_begins
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed, is_partial
from xindun.web.evidence.shown import actor_name, heading, kind_name, people, subject_name
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY, search_field
from xindun.web.paging import asked_page

SLOW_SECONDS = 300
"""Records that wait longer than this say that something is wrong."""


class RecordsForm(forms.Form):
    """The search and the filters above the list; nonsense in an address narrows nothing."""

    q = search_field(gettext_lazy("Person, id of a record or of what it is about"))
    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        required=False,
        widget=forms.Select(attrs={"class": "form-select", "data-autosubmit": True}),
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(
            attrs={"class": "form-control", "type": "date", "data-autosubmit": True}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((kind_name(kind), kind) for kind in reads.kinds())
        chosen: Any = self.fields["kind"]
        chosen.choices = [("", _("All")), *((kind, name) for name, kind in named)]


def asked_for(request: HttpRequest) -> RecordFilter:
    """What the address narrows the list to."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "").strip()
    since, until = _day(request.GET.get("day", ""))
    actors = [
        actor for actor, name in people().items() if query and query.casefold() in name.casefold()
    ]
    return RecordFilter(
        query=query,
        kind=request.GET.get("kind", "").replace("\x00", ""),
        actors=tuple(actors),
        since=since,
        until=until,
    )


def _day(text: str) -> tuple[datetime | None, datetime | None]:
    """The company's day, half-open; None for none or nonsense."""
    try:
        day = date.fromisoformat(text)
        after = day + timedelta(days=1)
    except (ValueError, OverflowError):
        return None, None
    return day_begins(day), day_begins(after)


@allowed(Permission.EVIDENCE_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The log's state and the list; HTMX gets the list only."""
    if is_partial(request):
        response = render(request, "web/evidence/list.html", list_context(request))
    else:
        response = render(
            request, "web/evidence/page.html", {**state_context(), **list_context(request)}
        )
    patch_vary_headers(response, ["HX-Request"])
    return response


def state_context() -> dict[str, Any]:
    """How the log and its time stamps stand."""
    state, stamps, now = reads.log_state(), reads.stamp_state(), timezone.now()
    waited = now - state.oldest_pending_at if state.oldest_pending_at else timedelta(0)
    return {
        "state": state,
        "stamps": stamps,
        "waited_minutes": int(waited.total_seconds() // 60),
        "slow": waited.total_seconds() > SLOW_SECONDS,
        "root": state.head.root.hex() if state.head else "",
    }


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the list."""
    sort = request.GET.get("sort", reads.NEWEST_FIRST)
    found = reads.records_page(asked_for(request), sort=sort, page=asked_page(request))
    names = people()
    return {
        "found": found,
        "sort": found.sort,
        "records_form": RecordsForm(request.GET),
        "filtered": any(request.GET.get(name) for name in RecordsForm.base_fields),
        "list_url": request.path,
        "list_target": "#records-list",
        "rows": [{"row": row, **heading(row.record, names)} for row in found.rows],
    }


@allowed(Permission.EVIDENCE_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    names = people()
    sort = request.GET.get("sort", reads.NEWEST_FIRST)
    found = reads.iter_records(asked_for(request), sort=sort)
    rows = list(_cells(found, names)) if fmt == "xlsx" else _cells(found, names)
    return exported(fmt, f"evidence-{timezone.now().date()}", _heads(), rows)


def _heads() -> list[str]:
    return [
        *(_("Number in the log"), _("Recorded (UTC)"), _("What happened"), _("Kind")),
        *(_("About"), _("Id of what it is about"), _("Who"), _("Actor"), _("Record")),
        _("SHA-256 of the content"),
    ]


def _cells(found: Iterable[RecordRow], names: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for row in found:
        record = row.record
        yield (
            row.number,
            f"{record.recorded_at:%Y-%m-%d %H:%M:%S}",
            kind_name(record.kind),
            record.kind,
            subject_name(record.subject),
            record.subject.id,
            actor_name(record.actor, names),
            record.actor,
            str(record.public_id),
            record.content_hash.hex(),
        )
