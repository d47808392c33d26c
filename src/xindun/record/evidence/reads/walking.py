"""Walk a log in its order, in pieces, however long it is."""

from __future__ import annotations

from collections.abc import Iterator

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models
from xindun.record.evidence.reads.records import content_of, value_of
from xindun.record.evidence.rules import canonical
from xindun.record.evidence.values import Evidence

PIECE = 2_048

Placed = tuple[models.LogEntry, models.EvidenceRecord | None]


def walk(numbers: range | None = None) -> Iterator[list[Placed]]:
    """Entries with their records by number, a piece at a time; a missing record is None.

    Args:
        numbers: which entries; all when None.
    """
    entries = models.LogEntry.objects.filter(tenant_id=current_tenant_id()).order_by("number")
    if numbers is not None:
        entries = entries.filter(number__lt=numbers.stop)
    last = (numbers.start if numbers is not None else 0) - 1
    first = True
    while True:
        # Forged entries may stand below 0, so the first piece has no lower bound.
        later = entries if first and numbers is None else entries.filter(number__gt=last)
        piece = list(later[:PIECE])
        if not piece:
            return
        first, last = False, piece[-1].number
        records = models.EvidenceRecord.objects.filter(
            tenant_id=current_tenant_id(), id__in=[entry.record_id for entry in piece]
        ).in_bulk()
        yield [(entry, records.get(entry.record_id)) for entry in piece]


def pending_records() -> Iterator[models.EvidenceRecord]:
    """Records that wait for the sequencer, oldest first."""
    rows = models.PendingEvidence.objects.filter(tenant_id=current_tenant_id())
    for row in rows.select_related("record").order_by("id").iterator():
        yield row.record


def canonical_of(row: models.EvidenceRecord) -> bytes:
    """What the record's hash covers, as it stands in the table now."""
    evidence: Evidence = value_of(row)
    return canonical(content_of(evidence))
