"""An import as its result page tells it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from xindun.connectors.ledger_files.values import NOTICES
from xindun.record.receivables.values import BatchStatus, BatchValue
from xindun.web.imports.fields import field_name
from xindun.web.imports.past import state_name
from xindun.web.words import said

WORKING = (BatchStatus.READING, BatchStatus.LOADING)


def result_of(batch: BatchValue) -> dict[str, Any]:
    """The variables of the result and progress pages."""
    return {
        "batch": batch,
        "state": state_name(batch),
        "working": batch.status in WORKING,
        "loading": batch.status is BatchStatus.LOADING,
        "done": batch.status is BatchStatus.COMMITTED,
        "percent": round(batch.progress * 100),
        "failure": _failure(batch),
        "duplicate_of": _duplicate_of(batch),
        "control": batch.control,
        "counts": _counts(batch),
        "changes": _changes(batch),
        "examples": [(field_name(each.field), each) for each in batch.changes.examples],
        "notices": [
            said(NOTICES.get(each["code"], each["code"]), each.get("params"))
            for each in batch.notices
        ],
    }


def _failure(batch: BatchValue) -> str:
    error = batch.error
    if batch.status not in (BatchStatus.FAILED, BatchStatus.REJECTED_DUPLICATE) or not error:
        return ""
    return said(error.get("sentence", error["code"]), error.get("params"))


def _duplicate_of(batch: BatchValue) -> str:
    if batch.status is not BatchStatus.REJECTED_DUPLICATE or not batch.error:
        return ""
    return str(batch.error.get("params", {}).get("public_id", ""))


def _counts(batch: BatchValue) -> list[tuple[str, int, int, int]]:
    """Name, added, changed, unchanged."""
    counts = batch.counts
    return [
        (
            _("Documents"),
            counts.documents_added,
            counts.documents_updated,
            counts.documents_unchanged,
        ),
        (
            _("Settlements"),
            counts.settlements_added,
            counts.settlements_updated,
            counts.settlements_unchanged,
        ),
        (_("Buyers"), counts.buyers_added, counts.buyers_updated, 0),
    ]


def _changes(batch: BatchValue) -> list[tuple[str, int]]:
    """Changed fields with their counts, most first."""
    found = [
        (field_name(name.rpartition(".")[2]), count) for name, count in batch.changes.fields.items()
    ]
    return sorted(found, key=lambda item: -item[1])
