"""Put pending records into the log, a batch in one transaction, and sign the new head.

What a reader would get wrong: a queue is drained, never a high-water mark, because identity
order is not commit order. And before anything is signed the stored edge of the tree must give
the root that was signed last: what was tampered with is never signed on top of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from xindun.kernel.errors import DomainError
from xindun.kernel.merkle import GrowingTree, edge_nodes, leaf_hash
from xindun.kernel.signed_notes import verifies
from xindun.kit.tenancy import current_tenant_id, tenant_scope
from xindun.record.evidence import models, values
from xindun.record.evidence.actions.signing import (
    lock_log,
    open_log,
    signing_key,
)
from xindun.record.evidence.ports import Keyring, keyring
from xindun.record.evidence.reads.log import (
    LogDamaged,
    log_keys,
    newest_head,
    stored_hashes,
)
from xindun.record.evidence.rules import STORED_LEVELS, head_text, leaf_entry, origin
from xindun.record.evidence.values import SequencerRound, SigningKey

BATCH = 4_000
PENDING = """
SELECT p.id, r.id, encode(r.content_hash, 'hex'),
       to_char(r.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
  FROM evidence_pendingevidence p
  JOIN evidence_evidencerecord r ON r.tenant_id = p.tenant_id AND r.id = p.record_id
 WHERE p.tenant_id = %s ORDER BY p.id LIMIT %s
"""
WRITE_ENTRIES = """
INSERT INTO evidence_logentry (tenant_id, number, record_id, leaf_hash)
SELECT %s, number, record_id, decode(leaf_hash, 'hex')
  FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) t (number, record_id, leaf_hash)
"""
WRITE_NODES = """
INSERT INTO evidence_lognode (tenant_id, level, position, digest)
SELECT %s, level, place, decode(digest, 'hex')
  FROM unnest(%s::smallint[], %s::bigint[], %s::text[]) t (level, place, digest)
"""


Waiting = tuple[int, int, str, str]
"""Ids in the queue and of the record; content hash and time of recording as the leaf has them."""


@dataclass(frozen=True, slots=True)
class _Log:
    """The log a batch is added to."""

    log_id: UUID
    head: values.TreeHead | None
    tree: GrowingTree
    key: SigningKey


def sequence_pending(*, clock: Callable[[], datetime]) -> SequencerRound:
    """Sequence what waits, tenant after tenant, one batch each; needs no scope.

    Any number of workers may call this at once: a tenant whose log another one is writing is
    left to it. What is refused for one tenant, such as a missing key, holds up no other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM evidence_tenants_pending()")
        tenant_ids = [row[0] for row in cursor.fetchall()]
    done, ring = 0, keyring()
    refusals = []
    for tenant_id in tenant_ids:
        try:
            with tenant_scope(tenant_id):
                done += sequence_batch(now=clock(), ring=ring)
        except DomainError as error:
            refusals.append(f"tenant {tenant_id}: {error}")
    return SequencerRound(done, tuple(refusals))


def sequence_batch(*, now: datetime, ring: Keyring, limit: int = BATCH) -> int:
    """Add up to ``limit`` pending records of the current tenant to its log.

    Returns:
        How many; 0 also when another worker is writing this log.

    Raises:
        SigningKeyMissing, SigningKeyMismatch: nothing can be signed here.
        LogDamaged: the stored tree does not give the root that was signed last.
    """
    try:
        # No savepoint: a batch that fails takes the whole scope back with it.
        with transaction.atomic(savepoint=False):
            if not lock_log():
                return 0
            into = _log(ring, now)
            rows = _pending(limit)
            if rows:
                _write(into, rows, now)
            return len(rows)
    except IntegrityError as error:
        # Only a row that the sequencer did not write can stand where the next one belongs.
        raise LogDamaged(what=str(error).splitlines()[0]) from error


def _log(ring: Keyring, now: datetime) -> _Log:
    """The log as it stands, checked, with the key to sign its next head."""
    row = models.EvidenceLog.objects.filter(tenant_id=current_tenant_id()).first()
    if row is None:
        log_id, key = open_log(ring, now)
        return _Log(log_id, None, GrowingTree(), key)
    signers = log_keys()
    key = signing_key(signers[-1].key_id, ring)
    head = newest_head()
    if head is None:
        return _Log(row.log_id, None, GrowingTree(), key)
    nodes = edge_nodes(head.size)
    stored = stored_hashes(nodes)
    tree = GrowingTree(head.size, [stored[node] for node in nodes])
    public = {each.key_id: each.public_key for each in signers}.get(head.key_id, b"")
    text = head_text(origin(row.log_id), head.number, head.size, head.root, head.signed_at)
    if not verifies(public, text.encode(), head.signature):
        raise LogDamaged(what=f"head {head.number} has not its signature")
    if tree.root() != head.root:
        raise LogDamaged(what=f"head {head.number} has not the root of its records")
    return _Log(row.log_id, head, tree, key)


def _pending(limit: int) -> list[Waiting]:
    with connection.cursor() as cursor:
        cursor.execute(PENDING, [current_tenant_id(), limit])
        return list(cursor.fetchall())


def _write(into: _Log, rows: list[Waiting], now: datetime) -> None:
    """Entries, the subtrees they finish, the signed head, and the queue without them."""
    tenant_id, tree, start = current_tenant_id(), into.tree, into.tree.size
    leaves = [
        leaf_hash(leaf_entry(content_hash, recorded_at)) for _, _, content_hash, recorded_at in rows
    ]
    nodes = [node for leaf in leaves for node in tree.add(leaf) if node[0] % STORED_LEVELS == 0]
    with connection.cursor() as cursor:
        numbers, ids = range(start, tree.size), (row[1] for row in rows)
        cursor.execute(
            WRITE_ENTRIES, [tenant_id, _array(numbers), _array(ids), _array(map(bytes.hex, leaves))]
        )
        levels, positions = (_array(node[part] for node in nodes) for part in (0, 1))
        digests = _array(node[2].hex() for node in nodes)
        cursor.execute(WRITE_NODES, [tenant_id, levels, positions, digests])
        _sign(into, now)
        cursor.execute(
            "SELECT evidence_drop_sequenced(%s, %s::bigint[])",
            [tenant_id, _array(row[0] for row in rows)],
        )
        if cursor.fetchone()[0] != len(rows):
            raise LogDamaged(what="the queue changed while it was drained")


def _array(each: Iterable[object]) -> str:
    """An array of numbers or hex as PostgreSQL writes it, sent ten times quicker than a list."""
    return f"{{{','.join(map(str, each))}}}"


def _sign(into: _Log, now: datetime) -> None:
    number = into.head.number + 1 if into.head else 0
    signed_at = max(now, into.head.signed_at) if into.head else now
    size, root = into.tree.size, into.tree.root()
    text = head_text(origin(into.log_id), number, size, root, signed_at)
    models.TreeHead.objects.create(
        tenant_id=current_tenant_id(),
        number=number,
        size=size,
        root=root,
        signed_at=signed_at,
        key_id=into.key.key_id,
        signature=into.key.sign(text.encode()),
    )
