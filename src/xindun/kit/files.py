"""Files behind one port: content-addressed storage, one folder a tenant.

What a reader would get wrong: bytes come before the row that names them. A crash between the two
leaves an unnamed file, which costs disk; the other order would leave a row whose file is missing.
A file is written beside its place, synced and renamed, so a name always stands for whole content.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Protocol
from uuid import uuid4

from django.conf import settings

from xindun.kernel.errors import DomainError

BLOCK = 1 << 20


class FileMissing(DomainError):
    """A stored file is gone: restore it from a backup."""

    code = "file_missing"
    sentence = "The stored file {sha256} is missing; restore the folder of files from a backup."


class Files(Protocol):
    """Stores bytes under their SHA-256; the default keeps folders, a setting may name another."""

    def put(self, content: IO[bytes]) -> tuple[str, int]: ...

    def path(self, digest: str) -> Path: ...


class FolderFiles:
    """Files of one tenant below ``root``, spread over 256 folders by the hash's first byte."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: IO[bytes]) -> tuple[str, int]:
        """Store a stream; its SHA-256 in hex and its size. Storing it again changes nothing."""
        with self._draft() as draft:
            digest, size = sha256(), 0
            with draft.open("wb") as target:
                while block := content.read(BLOCK):
                    digest.update(block)
                    size += len(block)
                    target.write(block)
                target.flush()
                os.fsync(target.fileno())
            name = digest.hexdigest()
            place = self._place(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(place)
        return name, size

    def put_path(self, source: Path) -> tuple[str, int]:
        """Store a file that lies on the disk."""
        with source.open("rb") as content:
            return self.put(content)

    def path(self, digest: str) -> Path:
        """Where the bytes lie, to be read only.

        Raises:
            FileMissing: nothing is stored under that hash.
        """
        place = self._place(digest)
        if not place.is_file():
            raise FileMissing(sha256=digest)
        return place

    def copy_to(self, digest: str, target: Path) -> None:
        """Copy stored bytes to ``target``, for readers that need a name with an extension."""
        shutil.copyfile(self.path(digest), target)

    def _place(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise FileMissing(sha256=digest[:64])
        return self.root / digest[:2] / digest

    @contextmanager
    def _draft(self) -> Iterator[Path]:
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.root / f".draft-{uuid4().hex}"
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)


def tenant_files(tenant_id: int) -> FolderFiles:
    """The files of one tenant, in ``XINDUN_HOME/files/<tenant>``."""
    return FolderFiles(Path(settings.XINDUN_HOME) / "files" / str(int(tenant_id)))
