"""The private key of the evidence log: one file in the data home, readable by its owner only.

What a reader would get wrong: losing the file loses no evidence. What was signed stays
verifiable with the public key; but nothing more can be signed, and records wait, until the file
is back. So it is backed up with the data, and several machines share one.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from xindun.kernel.errors import DomainError
from xindun.record.evidence.values import SigningKey

FILE_NAME = "evidence.key"


class KeyFileBroken(DomainError):
    """The file of the signing key cannot be used."""

    code = "key_file_broken"
    sentence = "The evidence key in {file} cannot be used ({reason}). Restore it from a backup."


class KeyFileFixed(DomainError):
    """The folder of the key cannot be written, so a new key has nowhere to go."""

    code = "key_file_fixed"
    sentence = "No new evidence key can be written beside {file} ({reason})."


class KeyFile:
    """The key in ``XINDUN_EVIDENCE_KEY_FILE``, else in the home; the next one lies beside it."""

    def __init__(self) -> None:
        named = settings.XINDUN_EVIDENCE_KEY_FILE
        self.file = Path(named) if named else Path(settings.XINDUN_HOME) / FILE_NAME
        self.next_file = self.file.with_name(f"{self.file.name}.next")
        self.place = str(self.file)

    def held(self) -> list[SigningKey]:
        """The key in use, then the next one."""
        found = [_read(file) for file in (self.file, self.next_file) if file.exists()]
        return [found[0]] if len({key.key_id for key in found}) == 1 else found

    def create(self) -> SigningKey:
        """Make the first key once; processes that start together agree on one."""
        _write_once(self.file)
        return _read(self.file)

    def prepare_next(self) -> SigningKey:
        """Make the next key once."""
        _write_once(self.next_file)
        return _read(self.next_file)

    def use_next(self) -> None:
        """Replace the file in use in one step."""
        self.next_file.replace(self.file)

    def is_private(self) -> bool:
        """Whether nobody but the owner may read the files (true while there are none)."""
        others = stat.S_IRWXG | stat.S_IRWXO
        files = [file for file in (self.file, self.next_file) if file.exists()]
        return not any(file.stat().st_mode & others for file in files)


def _read(file: Path) -> SigningKey:
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise KeyFileBroken(file=file, reason=error.strerror or error) from error
    except (ValueError, TypeError) as error:
        raise KeyFileBroken(file=file, reason="damaged") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileBroken(file=file, reason="not an Ed25519 key")
    return SigningKey(key)


def _write_once(target: Path) -> None:
    """A new key under ``target`` unless one is there; the file appears complete or not at all."""
    if target.exists():
        return
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, target)  # unlike a rename this never replaces another's key
        draft.unlink()
    except OSError as error:
        raise KeyFileFixed(file=target, reason=error.strerror or error) from error
