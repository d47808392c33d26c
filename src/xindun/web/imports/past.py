"""The imports so far: searched, filtered, sorted, page by page and as a file.

What a reader would get wrong: a state on the screen is not a status of the record. What a person
tells apart (waiting, under way, discarded) is fewer and other words than the steps of an import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xindun.record.receivables import reads
from xindun.record.receivables.reads.batches import NEWEST_FIRST
from xindun.record.receivables.values import BatchStatus, BatchValue
from xindun.record.tenants.values import Permission
from xindun.web.access import allowed
from xindun.web.exports import FORMATS, exported
from xindun.web.filters import LONGEST_QUERY, choice_field, search_field
from xindun.web.paging import asked_page

STATES: dict[str, tuple[Any, frozenset[BatchStatus]]] = {
    "imported": (gettext_lazy("Imported"), frozenset({BatchStatus.COMMITTED})),
    "waiting": (gettext_lazy("Waiting for you"), frozenset({BatchStatus.UPLOADED})),
    "working": (
        gettext_lazy("Under way"),
        frozenset({BatchStatus.READING, BatchStatus.LOADING}),
    ),
    "failed": (gettext_lazy("Not imported"), frozenset({BatchStatus.FAILED})),
    "before": (gettext_lazy("Imported before"), frozenset({BatchStatus.REJECTED_DUPLICATE})),
}
"""State in the address → its name and the statuses that it means."""


class PastForm(forms.Form):
    """The search and the filter above the list; nonsense in an address narrows nothing."""

    q = search_field(gettext_lazy("Part of the file name"))
    state = choice_field(
        gettext_lazy("State"), ((state, name) for state, (name, _statuses) in STATES.items())
    )


def state_name(batch: BatchValue) -> str:
    """The state of an import as a person calls it."""
    if discarded(batch):
        return _("Discarded")
    return next(str(name) for name, statuses in STATES.values() if batch.status in statuses)


def discarded(batch: BatchValue) -> bool:
    """Whether somebody closed the upload without importing it."""
    return batch.status is BatchStatus.FAILED and (batch.error or {}).get("code") == "discarded"


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the address narrows the list to, and its order."""
    state = request.GET.get("state", "")
    return {
        "query": request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        "statuses": STATES[state][1] if state in STATES else frozenset(),
        "sort": request.GET.get("sort", NEWEST_FIRST),
    }


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the list."""
    found = reads.batches_page(**asked_for(request), page=asked_page(request))
    return {
        "found": found,
        "sort": found.sort,
        "past_form": PastForm(request.GET),
        "filtered": any(request.GET.get(name) for name in PastForm.base_fields),
        "list_url": request.path,
        "list_target": "#imports-list",
        "rows": [(batch, state_name(batch)) for batch in found.rows],
    }


@allowed(Permission.LEDGER_READ)
@require_safe
def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The list as it is narrowed and ordered, all its pages."""
    if fmt not in FORMATS:
        raise Http404
    # Read now: a streamed answer is sent when the request's scope has closed.
    rows = list(_cells(reads.iter_batches(**asked_for(request))))
    return exported(fmt, f"imports-{timezone.now().date()}", _heads(), rows)


def _heads() -> list[str]:
    return [
        *(_("File"), _("Size in bytes"), "SHA-256", _("Name of the source system"), _("State")),
        *(_("Uploaded (UTC)"), _("Finished (UTC)"), _("Ledger version")),
        *(_("Documents added"), _("Documents changed"), _("Documents unchanged")),
        *(_("Settlements added"), _("Settlements changed"), _("Rejected rows")),
    ]


def _cells(batches: Iterable[BatchValue]) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        counts = batch.counts
        yield (
            *(batch.file_name, batch.file_size, batch.file_sha256, batch.source),
            *(state_name(batch), _moment(batch.created_at), _moment(batch.finished_at)),
            *(batch.ledger_version, counts.documents_added, counts.documents_updated),
            *(counts.documents_unchanged, counts.settlements_added),
            *(counts.settlements_updated, counts.rejected),
        )


def _moment(at: Any) -> str | None:
    return None if at is None else f"{at:%Y-%m-%d %H:%M:%S}"
