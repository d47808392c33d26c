"""People in a company as its lists show them, and what they hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from xindun.record.tenants.values.people import (
    Membership,
    Permission,
    Role,
    RunningDelegation,
    TenantKind,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A membership with everything that decides what the member may do."""

    membership: Membership
    kind: TenantKind
    delegations: tuple[RunningDelegation, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the current tenant.

    Attributes:
        public_id: the user's.
        ended_at: when the membership ended; None for an active member.
    """

    public_id: UUID
    email: str
    name: str
    role: Role
    joined_at: datetime
    ended_at: datetime | None
    last_login: datetime | None

    @property
    def is_active(self) -> bool:
        """Whether the person may act in the tenant."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class MembersPage:
    """One page of the members."""

    rows: tuple[Member, ...]
    total: int
    page: int
    pages: int
    sort: str


class DelegationState(StrEnum):
    """Where a delegation stands."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Delegation:
    """Permissions that one member hands to another for some days.

    Attributes:
        giver_id, receiver_id: the users' public ids.
        starts_at, ends_at: midnights in the tenant's zone; half-open.
        first_on, last_on: the same as days, both included.
    """

    public_id: UUID
    giver_id: UUID
    giver: str
    receiver_id: UUID
    receiver: str
    permissions: frozenset[Permission]
    starts_at: datetime
    ends_at: datetime
    first_on: date
    last_on: date
    revoked_at: datetime | None

    def state(self, now: datetime) -> DelegationState:
        """Where the delegation stands at ``now``."""
        if self.revoked_at is not None:
            return DelegationState.REVOKED
        if now < self.starts_at:
            return DelegationState.COMING
        return DelegationState.RUNNING if now < self.ends_at else DelegationState.OVER
