"""The online check: every row of the current tenant's evidence against every other.

What a reader would get wrong: this reads the tables as the app does, and believes none of them.
It finds whatever was changed after sequencing; what was changed and sequenced again from the
first record on with the private key, only a checkpoint kept outside finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection

from xindun.kernel.merkle import GrowingTree
from xindun.kernel.merkle_proofs import Node
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models
from xindun.record.evidence.reads.checking import stamp_holds
from xindun.record.evidence.reads.log import head_value, log_keys
from xindun.record.evidence.reads.stamps import stamps
from xindun.record.evidence.reads.walking import canonical_of, walk
from xindun.record.evidence.rules import (
    STORED_LEVELS,
    check_head,
    check_keys,
    check_record,
    moment,
    origin,
    salted_hash,
)
from xindun.record.evidence.values import Finding, TreeHead

ORPHANS = """
SELECT r.public_id FROM evidence_evidencerecord r
 WHERE r.tenant_id = %s
   AND NOT EXISTS (SELECT 1 FROM evidence_logentry e
                    WHERE e.tenant_id = r.tenant_id AND e.record_id = r.id)
   AND NOT EXISTS (SELECT 1 FROM evidence_pendingevidence p
                    WHERE p.tenant_id = r.tenant_id AND p.record_id = r.id)
"""
ODD_QUEUE = """
SELECT p.record_id, count(r.id) = 0, count(e.id) > 0, count(DISTINCT p.id) > 1
  FROM evidence_pendingevidence p
  LEFT JOIN evidence_evidencerecord r ON r.tenant_id = p.tenant_id AND r.id = p.record_id
  LEFT JOIN evidence_logentry e ON e.tenant_id = p.tenant_id AND e.record_id = p.record_id
 WHERE p.tenant_id = %s GROUP BY p.record_id
HAVING count(r.id) = 0 OR count(e.id) > 0 OR count(DISTINCT p.id) > 1
"""
KEY_KINDS = ("evidence_log_opened", "evidence_key_changed")
ERASED = "personal_content_erased"


@dataclass
class _Walk:
    """What the walk over the entries leaves for the checks after it."""

    heads: dict[int, TreeHead]
    tree: GrowingTree = field(default_factory=GrowingTree)
    roots: dict[int, bytes] = field(default_factory=dict)
    key_records: list[models.EvidenceRecord] = field(default_factory=list)


def audit() -> Iterator[Finding]:
    """Everything that is wrong in the current tenant's evidence; nothing when all holds."""
    rows = models.TreeHead.objects.filter(**_mine()).order_by("number")
    heads = [head_value(row) for row in rows.iterator()]
    walked = _Walk({head.size: head for head in heads})
    yield from _entries(walked)
    yield from _superfluous_nodes(walked.tree.size)
    yield from _heads(walked, heads)
    yield from _keys(walked)
    yield from _queue()
    yield from _personal()
    yield from _stamps()


def _stamps() -> Iterator[Finding]:
    for stamp in stamps():
        if not stamp_holds(stamp):
            what = "It is no trusted authority's stamp over this head at this time."
            yield Finding(f"time stamp over head {stamp.head}", "answer", what)


def _entries(walked: _Walk) -> Iterator[Finding]:
    expected = 0
    for piece in walk():
        nodes: dict[Node, bytes] = {}
        for entry, record in piece:
            if entry.number != expected:
                yield from _gap(expected, entry.number)
            expected = entry.number + 1
            yield from _entry(entry, record)
            if record is not None and record.kind in KEY_KINDS:
                walked.key_records.append(record)
            for level, position, digest in walked.tree.add(bytes(entry.leaf_hash)):
                if level % STORED_LEVELS == 0:
                    nodes[level, position] = digest
            if walked.tree.size in walked.heads:
                walked.roots[walked.tree.size] = walked.tree.root()
        if expected == walked.tree.size:
            yield from _nodes(nodes)


def _gap(expected: int, number: int) -> Iterator[Finding]:
    if number < expected:
        yield Finding(f"record {number}", "number", "Its number is not one of the log.")
        return
    what = f"record {expected}" if number == expected + 1 else f"records {expected} to {number - 1}"
    yield Finding(what, "number", "Missing from the log.")


def _entry(entry: models.LogEntry, record: models.EvidenceRecord | None) -> list[Finding]:
    if record is None:
        where = f"record {entry.number}"
        return [Finding(where, "record_id", "The record that stands here in the log is gone.")]
    return check_record(
        entry.number,
        canonical_of(record),
        bytes(record.content_hash).hex(),
        moment(record.recorded_at),
        bytes(entry.leaf_hash).hex(),
    )


def _nodes(expected: dict[Node, bytes]) -> Iterator[Finding]:
    levels = {level for level, _ in expected}
    for level in sorted(levels):
        places = [position for each, position in expected if each == level]
        rows = models.LogNode.objects.filter(level=level, position__in=places, **_mine())
        stored = {row.position: bytes(row.digest) for row in rows}
        for place in places:
            where = f"node {place} of level {level}"
            if place not in stored:
                yield Finding(where, "position", "A stored subtree is missing.")
            elif stored[place] != expected[level, place]:
                first, last = place << level, ((place + 1) << level) - 1
                what = f"It is not the hash over records {first} to {last}."
                yield Finding(where, "digest", what)


def _superfluous_nodes(size: int) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, position FROM evidence_lognode WHERE tenant_id = %s"
            " AND (level < 1 OR level > 60 OR level %% %s <> 0 OR position < 0"
            " OR position > 1 << 60 OR (position + 1) > (%s >> level))",
            [current_tenant_id(), STORED_LEVELS, size],
        )
        for level, position in cursor.fetchall():
            yield Finding(
                f"node {position} of level {level}", "position", "No such subtree is finished."
            )


def _heads(walked: _Walk, heads: list[TreeHead]) -> Iterator[Finding]:
    log_ids = list(models.EvidenceLog.objects.values_list("log_id", flat=True).filter(**_mine()))
    keys, size = log_keys(), 0
    if len(log_ids) != (1 if heads or keys else 0):
        yield Finding("log", "log_id", f"{len(log_ids)} logs stand where one should.")
    log = origin(log_ids[0]) if log_ids else ""
    for expected, head in enumerate(heads):
        where = f"head {head.number}"
        if head.number != expected:
            yield Finding(where, "number", f"Head {expected} should stand here.")
        if head.size <= size:
            yield Finding(where, "size", "It is not larger than the head before it.")
        size = head.size
        yield from check_head(log, head, keys)
        if size <= walked.tree.size and walked.roots.get(size) != head.root:
            yield Finding(where, "root", "The records do not give the root that was signed.")
    if size != walked.tree.size:
        what = f"The log holds {walked.tree.size} records, the newest head covers {size}."
        yield Finding(f"head {len(heads) - 1}" if heads else "heads", "size", what)
    yield from check_keys(log, keys)


def _keys(walked: _Walk) -> Iterator[Finding]:
    """The table of keys against the records in the log that brought them in."""
    told = {
        str(record.result.get("number")): (record.result, record.inputs)
        for record in walked.key_records
    }
    for key in log_keys():
        result, inputs = told.pop(str(key.number), ({}, {}))
        stored = {
            "key_id": key.key_id,
            "public_key": key.public_key.hex(),
            "signed_by_new": key.signed_by_new.hex(),
            "signed_by_old": key.signed_by_old.hex(),
        }
        wrong = [name for name, value in stored.items() if result.get(name) != value]
        wrong += [
            name for name in ("previous", "from_size") if inputs.get(name) != getattr(key, name)
        ]
        # A change that was not sequenced yet stands in the queue, not in the log.
        if (
            not result
            and models.PendingEvidence.objects.filter(
                record__kind__in=KEY_KINDS, record__result__key_id=key.key_id, **_mine()
            ).exists()
        ):
            continue
        for name in wrong:
            yield Finding(f"key {key.number}", name, "It is not what the log's record says.")
    for number in told:
        yield Finding(f"key {number}", "number", "Missing: the log's record tells of it.")


def _queue() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS, [current_tenant_id()])
        for (public_id,) in cursor.fetchall():
            what = "It is neither in the log nor waiting for it."
            yield Finding(f"record {public_id}", "number", what)
        cursor.execute(ODD_QUEUE, [current_tenant_id()])
        for record_id, is_gone, is_sequenced, _ in cursor.fetchall():
            what = "It waits more than once."
            if is_gone:
                what = "The record that waits is gone."
            elif is_sequenced:
                what = "It waits although it is in the log."
            yield Finding(f"pending row of record row {record_id}", "record_id", what)
    waiting = models.PendingEvidence.objects.filter(**_mine()).select_related("record")
    for row in waiting.order_by("id").iterator():
        record = row.record
        digest = bytes(record.content_hash).hex()
        for each in check_record(0, canonical_of(record), digest, "", ""):
            if each.field == "content":
                yield Finding(f"record {record.public_id}", each.field, each.what)


def _personal() -> Iterator[Finding]:
    """Content kept apart against its hash; what is missing needs a record of its erasure."""
    mine = models.EvidenceRecord.objects.filter(**_mine())
    erased = Counter(
        (each["record"], each["field"])
        for note in mine.filter(kind=ERASED)
        for each in note.inputs.get("fields", [])
    )
    stored: dict[int, dict[str, models.PersonalContent]] = {}
    for row in models.PersonalContent.objects.filter(**_mine()).iterator():
        stored.setdefault(row.record_id, {})[row.field] = row
    for record in mine.exclude(personal={}).order_by("id").iterator():
        rows, where = stored.pop(record.id, {}), f"record {record.public_id}"
        for name, kept in record.personal.items():
            content = rows.get(name)
            if content is None:
                if (str(record.public_id), name) not in erased:
                    what = "Personal content is missing, and no record tells of its erasure."
                    yield Finding(where, f"personal.{name}", what)
            elif kept != {"salted_hash": _salted(content)}:
                what = "Personal content is not what the record's hash says."
                yield Finding(where, f"personal.{name}", what)
        for name in rows.keys() - record.personal.keys():
            yield Finding(where, f"personal.{name}", "The record knows no such content.")
    for record_id in stored:
        what = "Personal content belongs to no record that names any."
        yield Finding(f"record row {record_id}", "personal", what)


def _salted(row: models.PersonalContent) -> str:
    return salted_hash(bytes(row.salt), row.person, row.field, row.content).hex()


def _mine() -> dict[str, int]:
    return {"tenant_id": current_tenant_id()}
