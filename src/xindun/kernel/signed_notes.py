"""Signed notes with Ed25519 signatures, as C2SP specifies them (c2sp.org/signed-note).

A note is text that ends with a newline, an empty line, and one line a signature: an em dash, the
key's name, and Base64 of four bytes that name the key and the signature. Existing tools of
transparency logs read it. What a reader would get wrong: the four bytes only find the key; what
proves is the signature over the text.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xindun.kernel.errors import DomainError

ED25519 = b"\x01"
HASH_BYTES, KEY_BYTES, SIGNATURE_BYTES = 4, 32, 64
DASH = "— "


class NotANote(DomainError):
    """Text that is no signed note."""

    code = "not_a_note"
    sentence = "This is not a signed checkpoint: {reason}."


class NotAVerifierKey(DomainError):
    """Text that is no public key in the form of signed notes."""

    code = "not_a_verifier_key"
    sentence = "This is not a public key of a log: {reason}."


@dataclass(frozen=True, slots=True)
class Note:
    """A note that was read, not yet believed: its text and (name, key hash, signature) each."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]


def key_hash(name: str, public_key: bytes) -> bytes:
    """Four bytes that name a key within a note."""
    return sha256(f"{name}\n".encode() + ED25519 + public_key).digest()[:HASH_BYTES]


def write_note(text: str, signatures: Iterable[tuple[str, bytes, bytes]]) -> str:
    """A note over ``text`` with (name, public key, signature over the text) each.

    The caller signs, because only the caller has the private key.
    """
    lines = (
        f"{DASH}{name} {b64encode(key_hash(name, public) + signature).decode()}\n"
        for name, public, signature in signatures
    )
    return f"{text}\n{''.join(lines)}"


def read_note(note: str) -> Note:
    """Take a note apart.

    Raises:
        NotANote: it has no such form.
    """
    text, empty_line, tail = note.rpartition("\n\n")
    if not empty_line or not text or not tail.endswith("\n"):
        raise NotANote(reason="the text and its signatures are not parted by an empty line")
    found = tuple(_signature(line) for line in tail[:-1].split("\n"))
    return Note(text + "\n", found)


def signed_by(note: Note, name: str, public_key: bytes) -> bool:
    """Whether one of the note's signatures is this key's over this text."""
    wanted = key_hash(name, public_key)
    return any(
        (signer, hint) == (name, wanted) and verifies(public_key, note.text.encode(), signature)
        for signer, hint, signature in note.signatures
    )


def verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is the key's over ``message``; a malformed one is simply false."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def write_verifier_key(name: str, public_key: bytes) -> str:
    """A public key with its name on one line, as ``<name>+<hash>+<key>``."""
    return f"{name}+{key_hash(name, public_key).hex()}+{b64encode(ED25519 + public_key).decode()}"


def read_verifier_key(text: str) -> tuple[str, bytes]:
    """Name and public key of such a line.

    Raises:
        NotAVerifierKey: another form or kind of key, or a typing mistake, which the hash finds.
    """
    parts = text.strip().split("+", 2)
    if len(parts) != len(("name", "hash", "key")) or not parts[0]:
        raise NotAVerifierKey(reason="it does not read <name>+<hash>+<key>")
    try:
        key = b64decode(parts[2], validate=True)
    except binascii.Error as error:
        raise NotAVerifierKey(reason="the key is not Base64") from error
    if len(key) != 1 + KEY_BYTES or not key.startswith(ED25519):
        raise NotAVerifierKey(reason="it is not an Ed25519 key")
    if key_hash(parts[0], key[1:]).hex() != parts[1]:
        raise NotAVerifierKey(reason="name, hash and key do not belong together")
    return parts[0], key[1:]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not name or not space:
        raise NotANote(reason="a signature line does not read '— name Base64'")
    try:
        decoded = b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise NotANote(reason="a signature is not Base64") from error
    if len(decoded) != HASH_BYTES + SIGNATURE_BYTES:
        raise NotANote(reason="a signature has not the length of Ed25519")
    return name, decoded[:HASH_BYTES], decoded[HASH_BYTES:]
