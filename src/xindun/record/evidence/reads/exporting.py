"""The export of a log: a stream of lines that ``rules.verifying`` checks offline.

What a reader would get wrong: the export ends with the newest signed head. Records that are not
under it stand at the end as pending, so that nothing known is left out and nothing unproved is
passed off as proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from xindun.kernel.merkle_proofs import Node, hashes_of, inclusion_ranges, nodes_of
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models
from xindun.record.evidence.reads.log import (
    checkpoint,
    checkpoint_of,
    consistency_proof,
    log_keys,
    log_state,
    stored_hashes,
    tree_heads,
)
from xindun.record.evidence.reads.stamps import stamp_state
from xindun.record.evidence.reads.walking import canonical_of, pending_records, walk
from xindun.record.evidence.rules import moment
from xindun.record.evidence.rules.exported import (
    NODE_LEVEL,
    consistency_line,
    end_line,
    header_line,
    key_line,
    node_line,
    pending_line,
    record_line,
)
from xindun.record.evidence.rules.stamped import stamp_line
from xindun.record.evidence.values import Selection

PIECE = 500
EVERYTHING = Selection()


def export_lines(
    selection: Selection = EVERYTHING, *, consistent_with: Sequence[int] = ()
) -> Iterator[bytes]:
    """The export, line by line; run it in one transaction that sees one moment.

    Args:
        selection: all, or the records of a subject or since a day, each with its proof.
        consistent_with: sizes of earlier checkpoints to prove the beginning of this log by.

    Raises:
        LogEmpty: nothing was signed yet.
        NoSuchProof: a size the log does not have.
    """
    note, state = checkpoint(), log_state()
    yield header_line(state.origin, note, complete=selection.is_all)
    for key in log_keys():
        yield key_line(key)
    sizes = set(consistent_with)
    newest = stamp_state().newest
    if newest is not None and newest.size <= state.size:
        (stamped,) = tree_heads([newest.head])
        yield stamp_line(newest, checkpoint_of(stamped))
        if not selection.is_all and newest.size < state.size:
            sizes.add(newest.size)
    for size in sorted(sizes):
        yield consistency_line(size, consistency_proof(size, state.size))
    count = 0
    for line in _everything(state.size) if selection.is_all else _chosen(selection, state.size):
        count += line.startswith(b'{"content"')
        yield line
    waiting = 0
    for row in pending_records():
        if selection.is_all or _is_chosen(row, selection):
            waiting += 1
            yield pending_line(canonical_of(row), bytes(row.content_hash), moment(row.recorded_at))
    yield end_line(count, waiting)


def _everything(size: int) -> Iterator[bytes]:
    for piece in walk(range(size)):
        block = 1 << NODE_LEVEL
        ends = [entry.number >> NODE_LEVEL for entry, _ in piece if (entry.number + 1) % block == 0]
        digests = stored_hashes((NODE_LEVEL, position) for position in ends)
        for entry, row in piece:
            if row is not None:
                yield _record(entry, row)
            node: Node = (NODE_LEVEL, entry.number >> NODE_LEVEL)
            if (entry.number + 1) % block == 0:
                yield node_line(node[1], digests[node])


def _chosen(selection: Selection, size: int) -> Iterator[bytes]:
    entries = models.LogEntry.objects.filter(tenant_id=current_tenant_id(), number__lt=size)
    if selection.subject is not None:
        kind, key = selection.subject
        entries = entries.filter(record__subject_type=kind, record__subject_id=key)
    if selection.since is not None:
        entries = entries.filter(record__recorded_at__gte=selection.since)
    for piece in _pieces(entries.select_related("record")):
        ranges = {entry.number: inclusion_ranges(entry.number, size) for entry in piece}
        stored = stored_hashes({node for each in ranges.values() for node in nodes_of(each)})
        for entry in piece:
            path = hashes_of(ranges[entry.number], stored.__getitem__)
            yield _record(entry, entry.record, path)


def _pieces(entries: QuerySet[models.LogEntry]) -> Iterator[list[models.LogEntry]]:
    last = -1
    while piece := list(entries.filter(number__gt=last).order_by("number")[:PIECE]):
        yield piece
        last = piece[-1].number


def _is_chosen(row: models.EvidenceRecord, selection: Selection) -> bool:
    if selection.subject is not None and selection.subject != (row.subject_type, row.subject_id):
        return False
    return selection.since is None or row.recorded_at >= selection.since


def _record(
    entry: models.LogEntry, row: models.EvidenceRecord, path: Sequence[bytes] | None = None
) -> bytes:
    return record_line(
        entry.number,
        canonical_of(row),
        bytes(row.content_hash),
        moment(row.recorded_at),
        bytes(entry.leaf_hash),
        path,
    )
