"""Questions: which policy counts at a moment, its versions, the draft, what they say differently.

What a reader would get wrong: the policy at a moment is the latest decided of the versions that
have begun by then, as far as was decided at ``known_at``. A company that has not agreed to one has
the built-in default with number 0, from the beginning of time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.db.models import Max, QuerySet

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy import models
from xindun.prevention.credit_policy.rules import (
    DEFAULT_MOMENT,
    PARAMETERS,
    default_policy,
    differences,
    json_of,
    policy_of,
    yaml_of,
)
from xindun.prevention.credit_policy.values import CreditPolicy, Draft, Version, VersionState
from xindun.record.tenants.reads import current_tenant, open_proposal
from xindun.record.tenants.values import Proposal

__all__ = [
    "PARAMETERS",
    "UnknownPolicyVersion",
    "differences",
    "draft",
    "json_of",
    "policy_in_force",
    "policy_numbered",
    "versions",
    "waiting",
    "yaml_of",
]

KIND, SUBJECT = "credit_policy_changed", "company"
"""Of the proposal that puts a draft in force, and of its evidence."""
PARSED = 256
"""Contents kept ready in a process; equal ones of two companies are one."""


class UnknownPolicyVersion(DomainError):
    """No version with this number in the company."""

    code = "unknown_policy_version"
    sentence = "There is no version {number} of the credit policy."


def policy_in_force(*, at: datetime, known_at: datetime | None = None) -> CreditPolicy:
    """The policy that counts at ``at``, as far as was decided at ``known_at`` (None: ever).

    One query when the process has read the version's content before.
    """
    rows = _rows().filter(effective_from__lte=at)
    if known_at is not None:
        rows = rows.filter(decided_at__lte=known_at)
    found = rows.order_by("-number").values_list(*_HEAD).first()
    return default_policy(current_tenant().base_currency) if found is None else _policy(*found)


def policy_numbered(number: int) -> CreditPolicy:
    """One version, such as the one that a decision names; 0 is the built-in default.

    Raises:
        UnknownPolicyVersion: as the name says.
    """
    if number == 0:
        return default_policy(current_tenant().base_currency)
    found = _rows().filter(number=number).values_list(*_HEAD).first()
    if found is None:
        raise UnknownPolicyVersion(number=number)
    return _policy(*found)


def versions(*, now: datetime) -> list[Version]:
    """All versions, the newest first, with where each stands at ``now``."""
    return list(_standing(list(_rows().order_by("-number").defer("content")), now))


def draft() -> Draft | None:
    """The draft; None while nobody works on one."""
    row = models.PolicyDraft.objects.filter(tenant_id=current_tenant_id()).first()
    return None if row is None else draft_value(row)


def waiting(*, now: datetime) -> Proposal | None:
    """The proposal that holds the submitted draft; None while nothing waits for approval."""
    return open_proposal(KIND, SUBJECT, now)


def newest_number() -> int:
    """Of the version decided last; 0 without any."""
    return _rows().aggregate(newest=Max("number"))["newest"] or 0


def draft_value(row: models.PolicyDraft) -> Draft:
    """A row as the value other contexts see."""
    policy = policy_of(row.content, number=0, effective_from=DEFAULT_MOMENT)
    return Draft(policy, row.revision, row.changed_by, row.changed_at)


_HEAD = ("number", "effective_from", "content_hash")


def _rows() -> QuerySet[models.PolicyVersion]:
    return models.PolicyVersion.objects.filter(tenant_id=current_tenant_id())


def _policy(number: int, effective_from: datetime, content_hash: bytes) -> CreditPolicy:
    stored = bytes(content_hash)
    return replace(
        _parsed(stored), number=number, effective_from=effective_from, content_hash=stored
    )


@lru_cache(maxsize=PARSED)
def _parsed(content_hash: bytes) -> CreditPolicy:
    """The content with this hash: rows never change, and a hash says all that the content does."""
    row = _rows().filter(content_hash=content_hash).order_by("number").first()
    assert row is not None  # noqa: S101 - the caller has just read the hash from a row
    return policy_of(row.content, number=0, effective_from=DEFAULT_MOMENT)


def _standing(rows: list[models.PolicyVersion], now: datetime) -> Iterator[Version]:
    """Each version with its state, newest first: a later decision cuts off those before it."""
    taken_over: datetime | None = None
    for row in rows:
        ends_at = taken_over
        if ends_at is not None and ends_at <= row.effective_from:
            state = VersionState.NEVER
        elif row.effective_from > now:
            state = VersionState.COMING
        else:
            over = ends_at is not None and ends_at <= now
            state = VersionState.SUPERSEDED if over else VersionState.IN_FORCE
        if taken_over is None or row.effective_from < taken_over:
            taken_over = row.effective_from
        yield Version(
            public_id=row.public_id,
            number=row.number,
            effective_from=row.effective_from,
            ends_at=ends_at,
            state=state,
            proposed_by=row.proposed_by,
            approved_by=row.approved_by,
            decided_at=row.decided_at,
            content_hash=bytes(row.content_hash),
            evidence_id=row.evidence_id,
        )
