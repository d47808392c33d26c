"""What a restored evidence log lacks, told by checkpoints that somebody kept outside.

What a reader would get wrong: the restored log cannot tell it alone. It ends where the backup
ended and is whole until there; only a later checkpoint proves that more was once recorded.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from xindun.kernel.errors import DomainError
from xindun.kernel.merkle_proofs import is_consistent
from xindun.kernel.signed_notes import NotANote, read_note, signed_by
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads
from xindun.record.tenants.reads import all_tenant_ids


class BadCheckpoint(DomainError):
    """A file that is no checkpoint."""

    code = "bad_checkpoint"
    sentence = "{file} is no checkpoint of an evidence log ({reason})."


class Verdict(StrEnum):
    """What a checkpoint says about the log that is here."""

    WHOLE = "whole"
    MISSING = "missing"
    OTHER_HISTORY = "other_history"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Compared:
    """One checkpoint beside the log.

    Attributes:
        held: records in the log here; numbers count from 1.
        covered: records that the checkpoint covers.
    """

    file: Path
    verdict: Verdict
    held: int = 0
    covered: int = 0

    @property
    def sentence(self) -> str:
        """The finding, as the command prints it."""
        match self.verdict:
            case Verdict.WHOLE:
                return f"{self.file}: the {self.covered} records that it covers are here."
            case Verdict.MISSING:
                return (
                    f"{self.file}: records {self.held + 1} to {self.covered} that it covers are "
                    "not in this log."
                )
            case Verdict.OTHER_HISTORY:
                return f"{self.file}: this log is not the one that was signed; it was rewritten."
            case Verdict.NOT_OURS:
                return f"{self.file}: signed by no key of a log that is here."


def compare(files: list[Path]) -> list[Compared]:
    """Hold each checkpoint against the log that it names.

    Raises:
        BadCheckpoint: a file is none.
    """
    return [_compared(file, *_read(file)) for file in files]


def _read(file: Path) -> tuple[str, str, int, bytes]:
    """The note, the log's origin, the size and the root that a checkpoint states."""
    try:
        text = file.read_text(encoding="utf-8")
        origin, size, root = read_note(text).text.split("\n")[:3]
        return text, origin, int(size), b64decode(root, validate=True)
    except (OSError, ValueError, binascii.Error, NotANote) as error:
        raise BadCheckpoint(file=file, reason=error) from error


def _compared(file: Path, text: str, origin: str, size: int, root: bytes) -> Compared:
    note = read_note(text)
    for tenant_id in all_tenant_ids():
        with tenant_scope(tenant_id):
            state = reads.log_state()
            if state.origin != origin:
                continue
            if not any(signed_by(note, origin, key.public_key) for key in reads.log_keys()):
                break
            held = state.head.size if state.head else 0
            if state.head is None or size > held:
                return Compared(file, Verdict.MISSING, held, size)
            proof = reads.consistency_proof(size, held) if size < held else ()
            same = is_consistent(size, root, held, state.head.root, proof)
            return Compared(file, Verdict.WHOLE if same else Verdict.OTHER_HISTORY, held, size)
    return Compared(file, Verdict.NOT_OURS, 0, size)
