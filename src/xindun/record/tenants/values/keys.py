"""API keys as other contexts see them; the secret itself is in ``NewKey`` only, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from xindun.record.tenants.values.people import Actor, Permission


class KeyState(StrEnum):
    """Whether a key opens anything."""

    RUNNING = "running"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What may be known of a key after it was made.

    Attributes:
        prefix: the part of the key that people and logs may name.
        scopes: what its holder may do.
        made_by: the actor who made it, as evidence names them.
        last_used_at: to the hour; None when nobody has used it.
    """

    public_id: UUID
    name: str
    prefix: str
    scopes: frozenset[Permission]
    made_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def state(self, now: datetime) -> KeyState:
        """Whether the key opens anything at ``now``; a revoked key never expires."""
        if self.revoked_at is not None:
            return KeyState.REVOKED
        return KeyState.EXPIRED if self.expires_at <= now else KeyState.RUNNING


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: ``token`` is shown once and stored nowhere."""

    key: StoredKey
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whoever presents a key: enter ``tenant_scope(tenant_id)`` and act as ``actor``.

    Attributes:
        key_id: row id, for ``actions.note_key_use``.
        note_due: whether the time of the last use should be written again.
    """

    tenant_id: int
    actor: Actor
    key_id: int
    expires_at: datetime
    note_due: bool
