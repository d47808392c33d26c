"""Signed notes: the reference note verifies, and nothing that was changed does."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xindun.kernel.signed_notes import (
    NotANote,
    NotAVerifierKey,
    read_note,
    read_verifier_key,
    signed_by,
    write_note,
    write_verifier_key,
)

# Published with the reference implementation of signed notes.
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
NOTE = f"{TEXT}\n— PeterNeumann {SIGNATURE}\n"


def test_the_published_note_is_read_believed_and_written_again() -> None:
    name, key = read_verifier_key(PUBLIC)
    assert (name, write_verifier_key(name, key)) == ("PeterNeumann", PUBLIC)
    assert signed_by(read_note(NOTE), name, key)
    signature = Ed25519PrivateKey.from_private_bytes(PRIVATE).sign(TEXT.encode())
    assert write_note(TEXT, [(name, key, signature)]) == NOTE


@pytest.mark.parametrize(
    "changed",
    [
        NOTE.replace("answer", "Answer"),
        NOTE.replace("— PeterNeumann", "— PeterNeuman"),
        NOTE.replace("x08go", "x18go"),  # another key's four bytes
        NOTE.replace("nAM=", "nAQ="),
        NOTE.replace("is.\n", "is.\n\nis.\n", 1),
    ],
)
def test_a_changed_note_is_not_believed(changed: str) -> None:
    assert not signed_by(read_note(changed), *read_verifier_key(PUBLIC))


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        f"\n\n— PeterNeumann {SIGNATURE}\n",
        NOTE.rstrip("\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace(SIGNATURE, "***"),
        NOTE.replace(SIGNATURE, "AAAA"),
        NOTE.replace(f" {SIGNATURE}", ""),
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        read_note(text)


@pytest.mark.parametrize("spot", range(len(PUBLIC)))
def test_a_mistyped_key_is_refused(spot: int) -> None:
    changed = PUBLIC[:spot] + chr(ord(PUBLIC[spot]) + 1) + PUBLIC[spot + 1 :]
    with pytest.raises(NotAVerifierKey):
        read_verifier_key(changed)
