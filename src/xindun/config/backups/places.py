"""Where backups lie while they are made: drafts that are renamed at the end, or found dead.

What a reader would get wrong: a draft is locked as long as its maker lives, and the lock ends
with the process. So whoever finds a draft that it can lock has found a dead one, and removes it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from xindun.kernel.errors import DomainError

DRAFT = ".draft"


class WouldOverwrite(DomainError):
    """The file is there already."""

    code = "would_overwrite"
    sentence = "{file} exists already; nothing was changed. Name another file."


class LittleSpace(DomainError):
    """The disk would run full."""

    code = "little_space"
    sentence = "{folder} has {free_mb} MB free and {needed_mb} MB may be needed; nothing was done."


class NoFolder(DomainError):
    """The folder for the file does not exist or is closed."""

    code = "no_folder"
    sentence = "{folder} is no folder this account can write to."


def check_space(folder: Path, needed: int) -> None:
    """Refuse when ``needed`` bytes do not fit.

    Raises:
        LittleSpace: as the name says.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise LittleSpace(folder=folder, free_mb=free // 10**6, needed_mb=-(-needed // 10**6))


@contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """A stream that becomes ``target`` when the block ends well, complete or not at all.

    Raises:
        WouldOverwrite: the target exists, before or after.
        NoFolder: its folder cannot be written.
    """
    if target.exists() or target.is_symlink():
        raise WouldOverwrite(file=target)
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise NoFolder(folder=target.parent)
    _remove_dead(target.parent)
    draft = target.with_name(f".{target.name}.{os.getpid()}{DRAFT}")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            try:
                os.link(draft, target)  # unlike a rename this never replaces a file
            except FileExistsError as error:
                raise WouldOverwrite(file=target) from error
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Let a new name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_dead(folder: Path) -> None:
    """Drafts of backups that were killed."""
    for draft in folder.glob(f".*{DRAFT}"):
        try:
            with draft.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue  # its maker lives, or it is not ours
        draft.unlink(missing_ok=True)
