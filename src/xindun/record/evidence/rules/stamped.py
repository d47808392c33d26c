"""A time stamp inside an export: its line, and how an outsider checks it.

What a reader would get wrong: the line is the company's word. It proves a time only with the
authority's certificate, which the verifier gets from the authority and never from the file.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import Certificate

from xindun.kernel.signed_notes import NotANote, Note, read_note
from xindun.kernel.time_stamps import StampInvalid, stamped_at
from xindun.record.evidence.rules.canonical import canonical
from xindun.record.evidence.rules.log import moment, read_checkpoint
from xindun.record.evidence.values import Compared, Json, Stamped, TimeStamp, TreeHead


@dataclass(frozen=True, slots=True)
class StampLine:
    """A stamp line that was read, not yet believed."""

    text: str
    note: Note
    log: str
    head: TreeHead
    authority: str
    claimed: datetime
    answer: bytes


def stamp_line(stamp: TimeStamp, checkpoint: str) -> bytes:
    """The line of a stamp over ``checkpoint``, with the authority's whole answer."""
    return (
        canonical(
            {
                "stamp": {
                    "checkpoint": checkpoint,
                    "authority": stamp.authority,
                    "stamped_at": moment(stamp.stamped_at),
                    "answer": b64encode(stamp.answer).decode(),
                }
            }
        )
        + b"\n"
    )


def read_stamp(parts: dict[str, Json]) -> StampLine:
    """Take a stamp line apart.

    Raises:
        ValueError, KeyError: it has no such form.
    """
    text = str(parts["checkpoint"])
    try:
        note = read_note(text)
    except NotANote as error:
        raise ValueError(str(error)) from error
    log, head = read_checkpoint(note)
    answer = b64decode(str(parts["answer"]), validate=True)
    claimed = datetime.fromisoformat(str(parts["stamped_at"]))
    return StampLine(text, note, log, head, str(parts["authority"]), claimed, answer)


def check_stamp(
    line: StampLine, compared: Compared, roots: Sequence[Certificate]
) -> tuple[Stamped, str]:
    """What a stamp proves, and what is wrong with it (nothing when empty).

    Args:
        compared: its checkpoint against the export.
        roots: certificates of authorities; none leaves the time a mere claim.
    """
    if not roots:
        return Stamped(line.head.size, line.claimed, line.authority, verified=None), ""
    try:
        at = stamped_at(line.answer, line.text.encode(), roots)
    except StampInvalid as error:
        return Stamped(line.head.size, line.claimed, line.authority, verified=False), str(error)
    if at != line.claimed:
        wrong = f"It says {line.claimed.isoformat()}, the authority says {at.isoformat()}."
        return Stamped(line.head.size, at, line.authority, verified=False), wrong
    return Stamped(line.head.size, at, line.authority, verified=compared.agrees), ""
