"""The secret files of a home, which a backup takes along only when it is told to.

What a reader would get wrong: they are worth more than the data. Whoever has ``secrets.json``
can sign sessions and read what is encrypted in the tables; whoever has the evidence key can sign
another history. So they go into an encrypted backup, or are kept apart.
"""

from __future__ import annotations

import os
from pathlib import Path

from xindun.config.home import SECRETS_FILE

PATTERNS = (SECRETS_FILE,)


def secret_files(home: Path) -> list[Path]:
    """The secret files that exist."""
    return sorted(file for pattern in PATTERNS for file in home.glob(pattern) if file.is_file())


def is_secret_name(name: str) -> bool:
    """Whether a restore may write a file of this name to the home."""
    return any(Path(name).match(pattern) for pattern in PATTERNS)


def write_secret(home: Path, name: str, content: bytes) -> None:
    """Write one secret file into a new home, readable by its owner only."""
    descriptor = os.open(home / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
