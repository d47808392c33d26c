"""Lists of the current tenant's records: searched, sorted, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db.models import Q, QuerySet

from xindun.kernel.paging import page_place
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models
from xindun.record.evidence.models import EvidenceRecord
from xindun.record.evidence.reads.records import value_of
from xindun.record.evidence.values import RecordFilter, RecordRow, RecordsPage

PAGE_SIZE = 25
CHUNK = 2_000
NEWEST_FIRST = "-recorded"
SORTS = {
    "recorded": ("id",),
    "kind": ("kind", "id"),
    "subject": ("subject_type", "subject_id", "id"),
    "actor": ("actor", "id"),
}
"""What a list can be ordered by; ``-`` in front turns it round."""


def records_page(wanted: RecordFilter, *, sort: str = NEWEST_FIRST, page: int = 1) -> RecordsPage:
    """One page of records; an order nobody knows is the newest first."""
    rows, sort = _asked(wanted, sort)
    total = rows.count()
    at = page_place(total, page, PAGE_SIZE)
    found = tuple(_with_numbers(rows[at.start : at.stop]))
    return RecordsPage(found, total, at.page, at.pages, sort)


def iter_records(wanted: RecordFilter, *, sort: str = NEWEST_FIRST) -> Iterator[RecordRow]:
    """All of them, in bounded memory."""
    rows, _sort = _asked(wanted, sort)
    waiting: list[EvidenceRecord] = []
    for row in rows.iterator(chunk_size=CHUNK):
        waiting.append(row)
        if len(waiting) == CHUNK:
            yield from _with_numbers(waiting)
            waiting = []
    yield from _with_numbers(waiting)


def kinds() -> list[str]:
    """The kinds of records that there are, by name."""
    rows = EvidenceRecord.objects.filter(tenant_id=current_tenant_id())
    return list(rows.order_by("kind").values_list("kind", flat=True).distinct())


def _asked(wanted: RecordFilter, sort: str) -> tuple[QuerySet[EvidenceRecord], str]:
    rows = EvidenceRecord.objects.filter(tenant_id=current_tenant_id())
    if wanted.query:
        rows = rows.filter(_matches(wanted))
    for name, value in (
        ("kind", wanted.kind),
        ("subject_type", wanted.subject_type),
        ("recorded_at__gte", wanted.since),
        ("recorded_at__lt", wanted.until),
    ):
        if value:
            rows = rows.filter(**{name: value})
    if sort.removeprefix("-") not in SORTS:
        sort = NEWEST_FIRST
    sign = "-" if sort.startswith("-") else ""
    return rows.order_by(*(f"{sign}{name}" for name in SORTS[sort.removeprefix("-")])), sort


def _matches(wanted: RecordFilter) -> Q:
    found = (
        Q(subject_id__icontains=wanted.query)
        | Q(actor__icontains=wanted.query)
        | Q(kind__icontains=wanted.query)
        | Q(actor__in=wanted.actors)
    )
    try:
        return found | Q(public_id=UUID(wanted.query))
    except ValueError:
        return found


def _with_numbers(rows: Iterable[EvidenceRecord]) -> Iterator[RecordRow]:
    listed = list(rows)
    entries = models.LogEntry.objects.filter(
        tenant_id=current_tenant_id(), record_id__in=[row.id for row in listed]
    )
    numbers = dict(entries.values_list("record_id", "number"))
    for row in listed:
        yield RecordRow(value_of(row), numbers.get(row.id))
