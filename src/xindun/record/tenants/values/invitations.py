"""Invitations as the screens show them; the token itself is in ``NewInvitation`` only, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from xindun.record.tenants.values.people import Role, TenantKind


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that waits for its answer.

    Attributes:
        email: whom it is for; forgotten as soon as it is answered or revoked.
    """

    public_id: UUID
    email: str
    role: Role
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation just made: ``token`` is handed over once and stored nowhere."""

    invitation: Invitation
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """What the holder of a token may know.

    Attributes:
        has_login: whether the address signs in already, and joins by doing so.
    """

    tenant_id: int
    tenant_name: str
    tenant_kind: TenantKind
    invitation: Invitation
    has_login: bool
