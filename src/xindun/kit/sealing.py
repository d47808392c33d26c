"""Secrets that must be used again, such as those that sign webhooks, encrypted at rest.

What a reader would get wrong: what only has to be recognised (passwords, API keys) is hashed, not
sealed. The key is derived from the installation's secret key, one for each purpose; ``context``
binds a sealed value to its row, so that it opens nowhere else. After the secret key has been
changed old values open as long as the former one stands in ``SECRET_KEY_FALLBACKS``, which
``XINDUN_SECRET_KEY_FALLBACKS`` fills; nothing is sealed anew by itself.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from xindun.kernel.errors import DomainError

NONCE_BYTES = 12
KEY_BYTES = 32


class SealBroken(DomainError):
    """A sealed value cannot be opened with this installation's secret key."""

    code = "seal_broken"
    sentence = (
        "A stored secret cannot be read, because the secret key of the installation has changed. "
        "Make a new one."
    )


def seal(text: str, *, purpose: str, context: str) -> bytes:
    """Encrypt for this installation; the same text gives other bytes each time."""
    nonce = os.urandom(NONCE_BYTES)
    cipher = AESGCM(_key(settings.SECRET_KEY, purpose))
    return nonce + cipher.encrypt(nonce, text.encode(), context.encode())


def unseal(sealed: bytes, *, purpose: str, context: str) -> str:
    """The text that was sealed for the same purpose and context.

    Raises:
        SealBroken: another key, another context, or damaged bytes.
    """
    nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = AESGCM(_key(str(secret), purpose)).decrypt(nonce, content, context.encode())
        except (InvalidTag, ValueError):
            continue
        return opened.decode()
    raise SealBroken


def _key(secret: str, purpose: str) -> bytes:
    derive = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"xindun {purpose}".encode())
    return derive.derive(secret.encode())
