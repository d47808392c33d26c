"""Versions of a credit policy, the draft, and what two policies say differently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from xindun.prevention.credit_policy.values.policy import CreditPolicy


class VersionState(StrEnum):
    """Where a version stands at a moment."""

    COMING = "coming"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    NEVER = "never"
    """A later version took effect before it did."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version as the history shows it.

    Attributes:
        proposed_by, approved_by: as evidence names people; the same in sole-user mode.
        ends_at: when another version took over or will; None while none is known to.
    """

    public_id: UUID
    number: int
    effective_from: datetime
    ends_at: datetime | None
    state: VersionState
    proposed_by: str
    approved_by: str
    decided_at: datetime
    content_hash: bytes
    evidence_id: UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """The policy that somebody works on.

    Attributes:
        revision: counts every change, so that two people do not overwrite each other.
    """

    policy: CreditPolicy
    revision: int
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that two policies say differently; None where one says nothing of it.

    ``path`` leads there by names: ``("tiers", "A", "terms_days")``.
    """

    path: tuple[str, ...]
    before: Any
    after: Any
