"""Check one record against everything that proves it, as an outsider would.

What a reader would get wrong: each check starts from the record's content and the public key.
Nothing that is stored only to be believed (a leaf hash, a flag) is taken for a proof.
"""

from __future__ import annotations

from uuid import UUID

from xindun.kernel.errors import DomainError
from xindun.kernel.merkle import leaf_hash
from xindun.kernel.merkle_proofs import includes
from xindun.kernel.signed_notes import verifies
from xindun.kernel.time_stamps import stamped_at
from xindun.record.evidence.reads.log import (
    NotInLog,
    checkpoint_of,
    log_keys,
    log_state,
    proof_of,
    tree_heads,
)
from xindun.record.evidence.reads.records import is_intact, record
from xindun.record.evidence.reads.replaying import NoSuchRecord
from xindun.record.evidence.reads.stamps import stamp_covering
from xindun.record.evidence.reads.trust import stamp_roots
from xindun.record.evidence.rules import head_text, leaf_entry, moment
from xindun.record.evidence.values import CheckedRecord, Proof, TimeStamp, TreeHead


def checked(record_id: UUID) -> CheckedRecord:
    """A record (public id) with what its proofs say now; runs in the caller's tenant scope.

    Raises:
        NoSuchRecord: as named.
    """
    found = record(record_id)
    if found is None:
        raise NoSuchRecord(record=record_id)
    intact = is_intact(found)
    try:
        proof = proof_of(record_id)
    except NotInLog:
        return CheckedRecord(found, intact=intact)
    leaf = leaf_hash(leaf_entry(found.content_hash.hex(), moment(found.recorded_at)))
    stamp = stamp_covering(proof.number)
    return CheckedRecord(
        found,
        intact=intact,
        proof=proof,
        included=_included(leaf, proof),
        signed=_signed(proof.head),
        stamp=stamp,
        stamped=stamp is not None and stamp_holds(stamp),
    )


def _included(leaf: bytes, proof: Proof) -> bool:
    return includes(leaf, proof.number, proof.head.size, proof.path, proof.head.root)


def _signed(head: TreeHead) -> bool:
    public = {key.key_id: key.public_key for key in log_keys()}.get(head.key_id, b"")
    name = log_state().origin
    text = head_text(name, head.number, head.size, head.root, head.signed_at)
    return verifies(public, text.encode(), head.signature)


def stamp_holds(stamp: TimeStamp) -> bool:
    """Whether a stored stamp is a trusted authority's over its head's checkpoint, at its time."""
    (head,) = tree_heads([stamp.head])
    try:
        at = stamped_at(stamp.answer, checkpoint_of(head).encode(), stamp_roots())
    except DomainError:
        return False
    return at == stamp.stamped_at
