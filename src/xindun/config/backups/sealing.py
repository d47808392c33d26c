"""Encryption of a backup in the age format (age-encryption.org), to public keys.

Why public keys: the machine that makes the backup every night need not hold what opens it. What
a reader would get wrong: the format is age's own, so ``age -d -i KEY`` opens a backup without
Xindun, and ``age-keygen`` makes the keys as well.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from xindun.kernel.errors import DomainError

HEADER = b"age-encryption.org/v1\n"


class BadKeyFile(DomainError):
    """A file of keys holds none, or a damaged one."""

    code = "bad_key_file"
    sentence = "{file} holds no usable key ({reason})."


class CannotDecrypt(DomainError):
    """The backup was not encrypted to this key, or was damaged."""

    code = "cannot_decrypt"
    sentence = "{file} cannot be decrypted ({reason}); nothing was restored."


class KeyNeeded(DomainError):
    """An encrypted backup without a key."""

    code = "backup_key_needed"
    sentence = "{file} is encrypted; name the file of your private key with --identity."


class KeyExists(DomainError):
    """A key file would be overwritten."""

    code = "key_exists"
    sentence = "{file} exists already; nothing was changed."


def make_key(file: Path) -> str:
    """A new private key in ``file`` (readable by its owner only); the public one is returned.

    Raises:
        KeyExists: the file is there already.
    """
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyExists(file=file) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as target:
        target.write(f"# public key: {public}\n{identity}\n")
        target.flush()
        os.fsync(target.fileno())
    return public


def recipients(file: Path) -> list[Any]:
    """The public keys of a file, one a line: ``age1…`` or an SSH public key.

    A file that ``make_key`` or age-keygen wrote names its public key in a comment, which counts.
    """
    found = []
    for line in _lines(file):
        text = line.removeprefix("# public key:").strip()
        if text.startswith(("#", "AGE-SECRET-KEY-")):
            continue
        try:
            kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
            found.append(kind.Recipient.from_str(text))
        except pyrage.RecipientError as error:
            raise BadKeyFile(file=file, reason=error) from error
    if not found:
        raise BadKeyFile(file=file, reason="no public key stands in it")
    return found


def identities(file: Path) -> list[Any]:
    """The private keys of a file: age's, one a line, or one SSH private key."""
    lines = _lines(file)
    try:
        if lines and lines[0].startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer(file.read_bytes())]
        found = [
            pyrage.x25519.Identity.from_str(line) for line in lines if not line.startswith("#")
        ]
    except pyrage.IdentityError as error:
        raise BadKeyFile(file=file, reason=error) from error
    if not found:
        raise BadKeyFile(file=file, reason="no private key stands in it")
    return found


def is_sealed(file: Path) -> bool:
    """Whether the file is encrypted in the age format."""
    with file.open("rb") as content:
        return content.read(len(HEADER)) == HEADER


@contextmanager
def sealed(target: IO[bytes], keys: list[Any]) -> Iterator[IO[bytes]]:
    """A stream whose bytes are encrypted into ``target`` while they are written.

    The block ends with the encryption's error when it had one.
    """
    read_end, write_end = os.pipe()
    failures: list[BaseException] = []

    def encrypt() -> None:
        with os.fdopen(read_end, "rb", buffering=1 << 20) as source:
            try:
                pyrage.encrypt_io(source, target, keys)
            # Raised again in the thread that writes.
            except BaseException as error:  # noqa: BLE001
                failures.append(error)
                while source.read(1 << 20):  # let the writer come to its end
                    pass

    worker = threading.Thread(target=encrypt, name="seal")
    worker.start()
    try:
        with os.fdopen(write_end, "wb", buffering=1 << 20) as stream:
            yield stream
    finally:
        worker.join()
    if failures:
        raise failures[0]


def unseal(source: Path, target: Path, keys: list[Any]) -> None:
    """Decrypt ``source`` into the new file ``target``.

    Raises:
        CannotDecrypt: no key fits, or a byte was changed or is missing.
    """
    try:
        with source.open("rb") as sealed_file, target.open("xb") as plain:
            pyrage.decrypt_io(sealed_file, plain, keys)
    except (pyrage.DecryptError, OSError) as error:
        target.unlink(missing_ok=True)
        raise CannotDecrypt(file=source, reason=error) from error


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadKeyFile(file=file, reason=error) from error
    return [line.strip() for line in text.splitlines() if line.strip()]
