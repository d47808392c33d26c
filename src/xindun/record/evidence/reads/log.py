"""Questions about the current tenant's log: how it stands, and proofs from it.

What a reader would get wrong: a proof speaks about a signed tree head, not about "now". A record
that is still pending has none, and that is said, never hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Min

from xindun.kernel.errors import DomainError
from xindun.kernel.merkle import node_hash
from xindun.kernel.merkle_proofs import (
    Node,
    consistency_ranges,
    hashes_of,
    inclusion_ranges,
    nodes_of,
)
from xindun.kernel.signed_notes import write_note, write_verifier_key
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence import models, values
from xindun.record.evidence.rules import STORED_LEVELS, head_text, origin


class NotInLog(DomainError):
    """The record is pending, or there is no such record."""

    code = "not_in_log"
    sentence = "The record {record} is not in the log yet."


class LogEmpty(DomainError):
    """Nothing was sequenced yet, so nothing was signed."""

    code = "log_empty"
    sentence = "The log of this company is still empty; there is no signed checkpoint yet."


class LogDamaged(DomainError):
    """Rows of the log are missing or were changed."""

    code = "log_damaged"
    sentence = "The evidence log was damaged ({what}). Run: xindun evidence audit"


def log_state() -> values.LogState:
    """How the log stands: size, root, key, and what is not in it yet."""
    log_id = models.EvidenceLog.objects.values_list("log_id", flat=True).filter(**_mine()).first()
    pending = models.PendingEvidence.objects.filter(**_mine())
    keys = log_keys()
    return values.LogState(
        log_id=log_id,
        origin=origin(log_id) if log_id else "",
        head=newest_head(),
        key=keys[-1] if keys else None,
        pending=pending.count(),
        oldest_pending_at=pending.aggregate(oldest=Min("record__recorded_at"))["oldest"],
    )


def newest_head() -> values.TreeHead | None:
    """The newest signed tree head; None while the log is empty."""
    row = models.TreeHead.objects.filter(**_mine()).order_by("-number").first()
    return None if row is None else head_value(row)


def tree_heads(numbers: Iterable[int]) -> list[values.TreeHead]:
    """Heads by their numbers, in order; a number nobody signed is left out."""
    rows = models.TreeHead.objects.filter(number__in=list(numbers), **_mine())
    return [head_value(row) for row in rows.order_by("number")]


def log_keys() -> list[values.LogKey]:
    """Every public key that signed or signs this log, oldest first."""
    return [key_value(row) for row in models.LogKey.objects.filter(**_mine()).order_by("number")]


def public_keys() -> str:
    """The log's public keys as lines an outsider keeps, oldest first.

    Raises:
        LogEmpty: the log has none yet.
    """
    state = log_state()
    if state.key is None:
        raise LogEmpty
    return "".join(f"{write_verifier_key(state.origin, key.public_key)}\n" for key in log_keys())


def proof_of(record_id: UUID) -> values.Proof:
    """The inclusion proof of a record (public id) under the newest head.

    Raises:
        NotInLog: it is pending or unknown.
    """
    entry = (
        models.LogEntry.objects.filter(record__public_id=record_id, **_mine())
        .values_list("number", "leaf_hash")
        .first()
    )
    head = newest_head()
    if entry is None or head is None or entry[0] >= head.size:
        raise NotInLog(record=record_id)
    number, leaf = entry[0], bytes(entry[1])
    return values.Proof(record_id, number, leaf, inclusion_path(number, head.size), head)


def inclusion_path(number: int, size: int) -> tuple[bytes, ...]:
    """The path of entry ``number`` in the tree of ``size`` entries."""
    ranges = inclusion_ranges(number, size)
    stored = stored_hashes(nodes_of(ranges))
    return tuple(hashes_of(ranges, stored.__getitem__))


def consistency_proof(earlier: int, size: int) -> tuple[bytes, ...]:
    """That the log of ``earlier`` records is the beginning of the log of ``size``.

    Raises:
        NoSuchProof: sizes the log does not have.
    """
    ranges = consistency_ranges(earlier, size)
    stored = stored_hashes(nodes_of(ranges))
    return tuple(hashes_of(ranges, stored.__getitem__))


def checkpoint() -> str:
    """The newest head as a signed note that an outsider keeps (c2sp.org/tlog-checkpoint).

    Raises:
        LogEmpty: nothing was signed yet.
    """
    head = newest_head()
    if head is None:
        raise LogEmpty
    return checkpoint_of(head)


def checkpoint_of(head: values.TreeHead) -> str:
    """A head of this log as a signed note; these very bytes are what is time-stamped."""
    name = log_state().origin
    (public,) = (key.public_key for key in log_keys() if key.key_id == head.key_id)
    text = head_text(name, head.number, head.size, head.root, head.signed_at)
    return write_note(text, [(name, public, head.signature)])


def stored_hashes(nodes: Iterable[Node]) -> dict[Node, bytes]:
    """The hashes of finished subtrees; level 0 is the entries' leaves.

    Raises:
        LogDamaged: a stored hash is missing.
    """
    below = {node: _stored_below(*node) for node in nodes}
    found = _fetch({each for stored in below.values() for each in stored})
    return {node: _joined([found[each] for each in stored]) for node, stored in below.items()}


def _stored_below(level: int, position: int) -> list[Node]:
    """The nodes of the next stored level that make up a node: itself where it is stored."""
    steps = level % STORED_LEVELS
    first = position << steps
    return [(level - steps, each) for each in range(first, first + (1 << steps))]


def _joined(level: list[bytes]) -> bytes:
    while len(level) > 1:
        pairs = iter(level)
        level = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
    return level[0]


def _fetch(wanted: set[Node]) -> dict[Node, bytes]:
    entries = [position for level, position in wanted if level == 0]
    above = [node for node in wanted if node[0] > 0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 0, number, leaf_hash FROM evidence_logentry"
            " WHERE tenant_id = %s AND number = ANY (%s::bigint[])"
            " UNION ALL SELECT n.level, n.position, n.digest FROM evidence_lognode n"
            " JOIN unnest(%s::smallint[], %s::bigint[]) w (level, position)"
            " ON n.level = w.level AND n.position = w.position WHERE n.tenant_id = %s",
            [
                current_tenant_id(),
                entries,
                [level for level, _ in above],
                [position for _, position in above],
                current_tenant_id(),
            ],
        )
        found = {(row[0], row[1]): bytes(row[2]) for row in cursor.fetchall()}
    for level, position in sorted(wanted - found.keys()):
        raise LogDamaged(what=f"node {position} of level {level} is missing")
    return found


def head_value(row: models.TreeHead) -> values.TreeHead:
    """A row as the value other contexts see."""
    return values.TreeHead(
        number=row.number,
        size=row.size,
        root=bytes(row.root),
        signed_at=row.signed_at,
        key_id=row.key_id,
        signature=bytes(row.signature),
    )


def key_value(row: models.LogKey) -> values.LogKey:
    """A row as the value other contexts see."""
    return values.LogKey(
        number=row.number,
        key_id=row.key_id,
        public_key=bytes(row.public_key),
        previous=row.previous,
        from_size=row.from_size,
        started_at=row.started_at,
        signed_by_new=bytes(row.signed_by_new),
        signed_by_old=bytes(row.signed_by_old),
    )


def _mine() -> dict[str, int]:
    return {"tenant_id": current_tenant_id()}
