"""The secret files of a home, which a backup takes along only when it is told to.

What a reader would get wrong: they are worth more than the data. Whoever has ``secrets.json``
can sign sessions and read what is encrypted in the tables; whoever has the evidence key can sign
another history. So they go into an encrypted backup, or are kept apart.
"""

from __future__ import annotations

import os
from pathlib import Path

from xindun.config.home import SECRETS_FILE

KEY_FILE = "evidence.key"
NAMES = (SECRETS_FILE, KEY_FILE, f"{KEY_FILE}.next")


def secret_files(home: Path) -> dict[str, Path]:
    """The secret files that exist, by the names they have in a home and in a backup.

    The evidence key comes from where ``XINDUN_EVIDENCE_KEY_FILE`` says.
    """
    key = Path(os.environ.get("XINDUN_EVIDENCE_KEY_FILE") or home / KEY_FILE)
    places = (home / SECRETS_FILE, key, key.with_name(f"{key.name}.next"))
    return {name: file for name, file in zip(NAMES, places, strict=True) if file.is_file()}


def is_secret_name(name: str) -> bool:
    """Whether a restore may write a file of this name to the home."""
    return name in NAMES


def write_secret(home: Path, name: str, content: bytes) -> None:
    """Write one secret file into a new home, readable by its owner only."""
    descriptor = os.open(home / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
