"""The texts that the log hashes and signs.

What a reader would get wrong: none of these may change. A leaf, a head or a key's statement that
was hashed or signed once must come out the same, byte by byte, for as long as anybody verifies.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from uuid import UUID

from xindun.kernel.signed_notes import NotANote, Note, verifies
from xindun.record.evidence.rules.canonical import canonical
from xindun.record.evidence.values import LogKey, TreeHead, key_id_of

CHECKPOINT = re.compile(
    r"([^\n ]+)\n(\d{1,18})\n([A-Za-z0-9+/]{43}=)\nhead (\d{1,18}) signed at ([0-9T:.+-]{32})\n"
)
STORED_LEVELS = 4
"""Finished subtrees are stored at every fourth level: those between follow from 16 hashes at
most, and the table has a row for 15 records instead of one for each."""


def origin(log_id: UUID) -> str:
    """The name of a log, which is also the name of its keys in signed notes."""
    return f"xindun/evidence/{log_id}"


def moment(at: datetime) -> str:
    """A time as the log writes it: UTC with microseconds, always 32 characters.

    >>> moment(datetime(2025, 6, 30, 12, tzinfo=UTC))
    '2025-06-30T12:00:00.000000+00:00'
    """
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def leaf_entry(content_hash: str, recorded_at: str) -> bytes:
    """The entry of a record, whose leaf hash is SHA-256 of 0x00 and this.

    It binds what was recorded (by its hash) and when the database recorded it.

    Args:
        content_hash: in hex.
        recorded_at: as :func:`moment` writes it.
    """
    return f"xindun evidence\n{content_hash}\n{recorded_at}\n".encode()


def head_text(log: str, number: int, size: int, root: bytes, signed_at: datetime) -> str:
    """What a tree head's signature covers: the text of a checkpoint (c2sp.org/tlog-checkpoint).

    The last line is an extension: heads are counted and dated, so that none goes missing.
    """
    return (
        f"{log}\n{size}\n{b64encode(root).decode()}\nhead {number} signed at {moment(signed_at)}\n"
    )


def read_checkpoint(note: Note) -> tuple[str, TreeHead]:
    """Origin and head that a checkpoint states; whether to believe it is another question.

    Raises:
        NotANote: the text is no checkpoint of this kind.
    """
    found = CHECKPOINT.fullmatch(note.text)
    if found is None or not note.signatures:
        raise NotANote(reason="the text is not a checkpoint of an evidence log")
    log, size, root, number, signed_at = found.groups()
    try:
        at = datetime.fromisoformat(signed_at)
    except ValueError as error:
        raise NotANote(reason="its time cannot be read") from error
    signature = note.signatures[0][2]
    head = TreeHead(int(number), int(size), b64decode(root), at, "", signature)
    if head_text(log, head.number, head.size, head.root, head.signed_at) != note.text:
        raise NotANote(reason="its text is not in the form that is signed")
    return log, head


def key_statement(log: str, key: LogKey) -> bytes:
    """What the new key and the one before it sign when a key begins."""
    return b"xindun evidence key\n" + canonical(
        {
            "log": log,
            "number": key.number,
            "public_key": key.public_key.hex(),
            "previous": key.previous,
            "from_size": key.from_size,
            "started_at": moment(key.started_at),
        }
    )


def key_is_signed(log: str, key: LogKey, previous: LogKey | None) -> bool:
    """Whether a key's statement carries its own signature and that of the key before it."""
    statement = key_statement(log, key)
    if key.key_id != key_id_of(key.public_key):
        return False
    if not verifies(key.public_key, statement, key.signed_by_new):
        return False
    if previous is None:
        return (key.number, key.previous, key.from_size, key.signed_by_old) == (0, "", 0, b"")
    follows = (key.number, key.previous) == (previous.number + 1, previous.key_id)
    return follows and verifies(previous.public_key, statement, key.signed_by_old)
