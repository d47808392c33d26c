"""Work on the draft, submit it, and put an approved policy in force.

What a reader would get wrong: a draft that was submitted does not change until somebody has decided
or its proposer has withdrawn it, and what comes into force is what was submitted. A policy never
begins before it was approved: a moment that has passed by then becomes the moment of approval.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.events import LIMITS_CHANGED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy import reads
from xindun.prevention.credit_policy.models import PolicyDraft, PolicyVersion
from xindun.prevention.credit_policy.rules import (
    LONGEST_BYTES,
    UnreadablePolicy,
    UnsoundCreditPolicy,
    check,
    json_of,
    policy_in,
    policy_of,
)
from xindun.prevention.credit_policy.values import CreditPolicy, Draft
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.tenants.actions import propose
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission, Proposal

__all__ = [
    "LONGEST_BYTES",
    "BadPolicyMoment",
    "DraftMoved",
    "DraftSubmitted",
    "NoDraft",
    "NothingChanged",
    "UnreadablePolicy",
    "UnsoundCreditPolicy",
    "change_policy",
    "discard_draft",
    "policy_in",
    "policy_of",
    "save_draft",
    "submit_draft",
]

LONGEST_AHEAD = timedelta(days=366)


class DraftSubmitted(DomainError):
    """The draft waits for approval."""

    code = "draft_submitted"
    sentence = "The draft waits for approval; it can change once it is decided or withdrawn."


class DraftMoved(DomainError):
    """Somebody else changed the draft in between."""

    code = "draft_moved"
    sentence = "Somebody else has changed the draft in the meantime; look at it again first."


class NoDraft(DomainError):
    """Nobody works on a draft."""

    code = "no_draft"
    sentence = "There is no draft of the credit policy."


class NothingChanged(DomainError):
    """The draft says what the policy in force says."""

    code = "nothing_changed"
    sentence = "The draft says the same as the policy in force."


class BadPolicyMoment(DomainError):
    """Too far ahead."""

    code = "bad_policy_moment"
    sentence = "A credit policy takes effect within {days} days."


def save_draft(
    actor: Actor,
    policy: CreditPolicy,
    *,
    revision: int,
    now: datetime,
) -> Draft:
    """Make the draft say what ``policy`` says; its number and moment do not count.

    Args:
        revision: of the draft that was looked at; 0 when there was none.

    Raises:
        NotPermitted, UnsoundCreditPolicy, DraftSubmitted, DraftMoved: as named.
    """
    actor.check(Permission.POLICY_CHANGE)
    check(policy)
    stored = {
        "content": json_of(policy),
        "revision": revision + 1,
        "changed_by": actor.name,
        "changed_at": now,
    }
    with transaction.atomic():
        row, new = PolicyDraft.objects.select_for_update().get_or_create(
            tenant_id=current_tenant_id(), defaults=stored
        )
        _check_free(now)
        if (0 if new else row.revision) != revision:
            raise DraftMoved
        for name, value in stored.items():
            setattr(row, name, value)
        row.save()
        found = reads.draft_value(row)
        _noted(actor, found, now)
    return found


def discard_draft(actor: Actor, *, now: datetime) -> None:
    """Throw the draft away.

    Raises:
        NotPermitted, NoDraft, DraftSubmitted: as named.
    """
    actor.check(Permission.POLICY_CHANGE)
    with transaction.atomic():
        row = _locked()
        _check_free(now)
        row.delete()
        _noted(actor, None, now)


def submit_draft(
    actor: Actor, *, revision: int, effective_from: datetime | None = None, now: datetime
) -> Proposal:
    """Ask a second person to put the draft in force.

    Args:
        revision: of the draft that was looked at.
        effective_from: when it is to begin; None for as soon as it is approved.

    Raises:
        NotPermitted, NoDraft, DraftMoved, BadPolicyMoment, NothingChanged, AlreadyProposed: as
            named.
    """
    actor.check(Permission.POLICY_CHANGE)
    if effective_from is not None and effective_from > now + LONGEST_AHEAD:
        raise BadPolicyMoment(days=LONGEST_AHEAD.days)
    with transaction.atomic():
        found = reads.draft_value(_locked())
        if found.revision != revision:
            raise DraftMoved
        before = reads.policy_in_force(at=now)
        if not reads.differences(before, found.policy) and before.number:
            raise NothingChanged
        return propose(
            actor,
            reads.KIND,
            reads.SUBJECT,
            {
                "content": json.dumps(json_of(found.policy), separators=(",", ":")),
                "content_hash": found.policy.content_hash.hex(),
                "effective_from": effective_from.isoformat() if effective_from else "",
                "after": before.number,
            },
            needed=Permission.POLICY_APPROVE,
            proposing=Permission.POLICY_CHANGE,
            now=now,
        )


def change_policy(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: what was submitted is in force from its moment on."""
    said, asked = proposal.payload, proposal.payload["effective_from"]
    begins = max(now, datetime.fromisoformat(asked)) if asked else now
    before = reads.policy_in_force(at=now)
    number = reads.newest_number() + 1
    policy = check(policy_of(json.loads(said["content"]), number=number, effective_from=begins))
    content = json_of(policy)
    evidence = append(
        kind=reads.KIND,
        subject=Subject("tenant", str(current_tenant().public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={
            "proposal": proposal.public_id,
            "proposer": proposal.proposer,
            "before": {"number": before.number, "content_hash": before.content_hash},
        },
        result={
            "number": number,
            "effective_from": begins,
            "content_hash": policy.content_hash,
            "content": content,
        },
        versions={"credit_policy": number},
    )
    PolicyVersion.objects.create(
        tenant_id=current_tenant_id(),
        number=number,
        content=content,
        content_hash=policy.content_hash,
        effective_from=begins,
        proposed_by=proposal.proposer,
        approved_by=actor.name,
        decided_at=now,
        evidence_id=evidence.public_id,
    )
    PolicyDraft.objects.filter(tenant_id=current_tenant_id()).delete()
    announce(LIMITS_CHANGED)


def _locked() -> PolicyDraft:
    rows = PolicyDraft.objects.select_for_update()
    row = rows.filter(tenant_id=current_tenant_id()).first()
    if row is None:
        raise NoDraft
    return row


def _check_free(now: datetime) -> None:
    if reads.waiting(now=now) is not None:
        raise DraftSubmitted


def _noted(actor: Actor, found: Draft | None, now: datetime) -> None:
    """Evidence of a changed draft; of one thrown away where there is none."""
    append(
        kind="credit_policy_drafted",
        subject=Subject("tenant", str(current_tenant().public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={},
        result={
            "revision": found.revision if found else None,
            "content_hash": found.policy.content_hash if found else None,
        },
        versions={},
    )
