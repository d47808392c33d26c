"""When the last backup of this home was made: for the doctor and the system's health.

What a reader would get wrong: it is a note of this machine, not of the database, because it is
about files outside it; a backup made by other means is not known here.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from xindun.config.home import home

NOTE = "last_backup.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The note.

    Attributes:
        at: the snapshot's moment.
        file: where it was written.
        size: bytes of the file.
        sealed: whether it is encrypted.
        manifest_sha256: names its content.
    """

    at: datetime
    file: str
    size: int
    sealed: bool
    manifest_sha256: str


def note_backup(made: LastBackup) -> None:
    """Keep the note, whole or not at all."""
    target = home() / NOTE
    draft = target.with_name(f".{NOTE}.{os.getpid()}")
    draft.write_text(json.dumps({**asdict(made), "at": made.at.isoformat()}), encoding="utf-8")
    draft.replace(target)


def last_backup(folder: Path | None = None) -> LastBackup | None:
    """The note; None when no backup was made, or the note cannot be read."""
    try:
        raw = json.loads(((folder or home()) / NOTE).read_text(encoding="utf-8"))
        return LastBackup(**{**raw, "at": datetime.fromisoformat(raw["at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
