"""Proposals that a second person has to agree to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from xindun.record.tenants.values.people import Permission


class ProposalState(StrEnum):
    """Where a proposal stands; ``EXPIRED`` is computed, never stored."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class FourEyes:
    """The company's rule for approvals.

    Attributes:
        sole_user: whether the only person who could approve may do so alone, after the delay.
        delay_hours: how long a proposal rests before that.
    """

    sole_user: bool = True
    delay_hours: int = 24


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something one person wants done and another has to approve.

    Attributes:
        kind: names what ``payload`` means, and who carries it out (see ``ports.py``).
        subject_id: of what it is about; there is one open proposal a kind and subject.
        proposer: as evidence names people.
        needed: the permission that the approver has to have.
        sole_user: whether its proposer approved it alone, after the delay.
    """

    public_id: UUID
    kind: str
    subject_id: str
    payload: dict[str, Any]
    payload_hash: bytes
    proposer: str
    needed: Permission
    proposed_at: datetime
    expires_at: datetime
    state: ProposalState
    decided_by: str
    decided_at: datetime | None
    sole_user: bool
