"""Public identifiers: UUID version 7, which sort by the time they were made."""

from __future__ import annotations

from uuid import UUID

import uuid_utils


def new_public_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562) as a standard library UUID."""
    return UUID(int=uuid_utils.uuid7().int)
