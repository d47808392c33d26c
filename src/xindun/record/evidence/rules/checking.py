"""What is wrong with a record, a head or a key: the same code for the database and for a file.

What a reader would get wrong: the redundancy is the point. A record's content, its content hash
and its leaf say the same thing three times, so that a change of one of them names itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from xindun.kernel.merkle import leaf_hash
from xindun.kernel.signed_notes import verifies
from xindun.record.evidence.rules.log import head_text, key_is_signed, leaf_entry
from xindun.record.evidence.values import Finding, LogKey, TreeHead


def check_record(
    number: int, content: bytes, content_hash: str, recorded_at: str, leaf: str
) -> list[Finding]:
    """What of a sequenced record does not fit the rest of it.

    Args:
        content: canonical JSON.
        content_hash, leaf: in hex.
        recorded_at: as ``moment`` writes it.
    """
    digest = sha256(content).hexdigest()
    stored = leaf_hash(leaf_entry(content_hash, recorded_at)).hex()
    if digest == content_hash and stored == leaf:
        return []
    where = f"record {number}"
    if stored == leaf:
        return [Finding(where, "content", "Its content is not what was hashed.")]
    if leaf_hash(leaf_entry(digest, recorded_at)).hex() == leaf:
        return [Finding(where, "content_hash", "Its content hash is not the one in the log.")]
    if digest == content_hash:
        return [
            Finding(
                where,
                "recorded_at or leaf_hash",
                "Its leaf does not follow from its content hash and the time it was recorded.",
            )
        ]
    return [
        Finding(where, "content", "Its content is not what was hashed."),
        Finding(where, "leaf_hash", "Its leaf does not follow from its content hash."),
    ]


def check_keys(log: str, keys: Sequence[LogKey]) -> list[Finding]:
    """What is wrong with the chain of a log's keys: each is signed by itself and the one before."""
    findings = []
    for number, key in enumerate(keys):
        previous = keys[number - 1] if number else None
        if not key_is_signed(log, key, previous):
            findings.append(
                Finding(
                    f"key {key.number}",
                    "signed_by_new or signed_by_old",
                    "Its statement is not signed by itself and the key before it.",
                )
            )
    return findings


def signer_of(keys: Sequence[LogKey], size: int) -> LogKey | None:
    """The key that signs a head of this size: the last one that began before it."""
    begun = [key for key in keys if key.from_size < size or key.number == 0]
    return begun[-1] if begun else None


def check_head(log: str, head: TreeHead, keys: Sequence[LogKey]) -> list[Finding]:
    """What is wrong with a head's signature; its root is compared elsewhere."""
    where, signer = f"head {head.number}", signer_of(keys, head.size)
    if signer is None or head.key_id != signer.key_id:
        return [Finding(where, "key_id", "It is not signed with the key of its time.")]
    text = head_text(log, head.number, head.size, head.root, head.signed_at)
    if not verifies(signer.public_key, text.encode(), head.signature):
        return [Finding(where, "signature", "Its signature does not fit its size, root and time.")]
    return []
