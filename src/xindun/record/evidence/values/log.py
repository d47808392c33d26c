"""The log as others see it: signed tree heads, keys, proofs, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xindun.record.evidence.values.records import Evidence
from xindun.record.evidence.values.stamps import TimeStamp

KEY_ID_DIGITS = 32


def key_id_of(public_key: bytes) -> str:
    """The first half of the public key's SHA-256, in hex."""
    return sha256(public_key).hexdigest()[:KEY_ID_DIGITS]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key in memory; it is never stored but in its file."""

    private: Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the public key."""
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """What heads name the key by."""
        return key_id_of(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature over ``message``."""
        return self.private.sign(message)


@dataclass(frozen=True, slots=True)
class TreeHead:
    """A signed statement about the log: so many records, with this root.

    Attributes:
        number: heads of a log count from 0 without a gap.
        size: records covered; they count from 0 too.
        signature: Ed25519 over ``rules.head_text``, the text of a checkpoint.
    """

    number: int
    size: int
    root: bytes
    signed_at: datetime
    key_id: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class LogKey:
    """A public key of the log, and the statement that brought it in.

    Attributes:
        number: 0 for the first.
        previous: key id of the one before; empty for the first.
        from_size: heads larger than this are signed with this key.
        signed_by_new, signed_by_old: signatures over ``rules.key_statement``; the first key has
            nobody before it to sign.
    """

    number: int
    key_id: str
    public_key: bytes
    previous: str
    from_size: int
    started_at: datetime
    signed_by_new: bytes
    signed_by_old: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """That a record is in the log: its number, and the path from its leaf to a signed root."""

    record_id: UUID
    number: int
    leaf_hash: bytes
    path: tuple[bytes, ...]
    head: TreeHead


@dataclass(frozen=True, slots=True)
class LogState:
    """How the log of a company stands.

    Attributes:
        log_id: the random id of this log; None before its first record was sequenced.
        head: the newest signed tree head.
        key: the key that signs now.
        pending: records that are not in the log yet: the window no proof covers.
        oldest_pending_at: when the oldest of them was recorded.
    """

    log_id: UUID | None
    origin: str
    head: TreeHead | None
    key: LogKey | None
    pending: int
    oldest_pending_at: datetime | None

    @property
    def size(self) -> int:
        """Records in the log."""
        return self.head.size if self.head else 0


@dataclass(frozen=True, slots=True)
class SequencerRound:
    """What one round over all companies did: records sequenced, and why others still wait."""

    sequenced: int
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A record and what its proofs say, each checked anew.

    Attributes:
        intact: the content still has its hash.
        proof: where it stands in the log; None while it waits to be sequenced.
        included: the path leads from its content to the root of the head.
        signed: the head carries the signature of one of the log's keys.
        stamp: the earliest time stamp that covers it, ``stamped`` when that verifies.
    """

    record: Evidence
    intact: bool
    proof: Proof | None = None
    included: bool = False
    signed: bool = False
    stamp: TimeStamp | None = None
    stamped: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing that was checked failed."""
        if not self.intact:
            return False
        if self.proof is None:
            return True
        return self.included and self.signed and (self.stamp is None or self.stamped)
