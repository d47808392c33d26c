"""The token of an invitation: 256 random bits, kept as a SHA-256 (see ``rules/keys.py``)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

TOKEN_BYTES = 32
VALID_FOR = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)
"""An address that never answered goes so long after its invitation ended."""


def new_token() -> str:
    """A token for one link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """What is stored instead of the token."""
    return sha256(token.encode()).digest()
