"""Decide about a hit: one person proposes with a reason, another approves.

What a reader would get wrong: why a hit was cleared may name people, so the reason is kept in this
context; the proposal and the evidence carry its hash.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.screening.models import Hit as HitRow
from xindun.record.screening.models import HitOpinion
from xindun.record.screening.reads.hits import NoSuchHit, hit_value
from xindun.record.screening.rules.standing import check_reason, check_step
from xindun.record.screening.values import HitState
from xindun.record.tenants.actions import propose
from xindun.record.tenants.values import Actor, Permission, Proposal

PROPOSAL = "hit_decided"


def propose_decision(
    actor: Actor, hit: UUID, decision: HitState, reason: str, *, now: datetime
) -> Proposal:
    """Propose that a hit is cleared or confirmed.

    Raises:
        NotPermitted, NoSuchHit, WrongHitStep, ReasonMissing, AlreadyProposed: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    said = check_reason(reason)
    with transaction.atomic():
        row = _locked(hit)
        check_step(hit_value(row).state, decision)
        opinion = HitOpinion.objects.create(
            tenant_id=current_tenant_id(),
            hit=row,
            decision=decision.value,
            reason=said,
            proposed_at=now,
        )
        append(
            kind="hit_decision_proposed",
            subject=Subject("screening_hit", str(hit)),
            actor=actor.name,
            occurred_at=now,
            inputs={"entry_hash": row.entry_hash, "reason_hash": _hash(said)},
            result={"decision": decision.value},
            versions={},
        )
        return propose(
            actor,
            PROPOSAL,
            str(hit),
            {
                "opinion": str(opinion.public_id),
                "decision": decision.value,
                "reason_hash": _hash(said),
                "list": row.list,
                "entry": row.entry_key,
            },
            needed=Permission.FILES_APPROVE,
            proposing=Permission.FILES_CHANGE,
            now=now,
        )


def decide_hit(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the hit is cleared or confirmed.

    Raises:
        WrongHitStep: the hit has been superseded or decided otherwise meanwhile.
    """
    row = _locked(UUID(proposal.subject_id))
    opinion = HitOpinion.objects.get(public_id=UUID(proposal.payload["opinion"]), hit=row)
    decision = HitState(opinion.decision)
    check_step(hit_value(row).state, decision)
    row.state, row.reason = decision.value, opinion.reason
    row.decided_by, row.decided_at = actor.name, now
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    append(
        kind="hit_decided",
        subject=Subject("screening_hit", proposal.subject_id),
        actor=actor.name,
        occurred_at=now,
        inputs={
            "proposal": proposal.public_id,
            "proposer": proposal.proposer,
            "entry_hash": row.entry_hash,
            "reason_hash": _hash(opinion.reason),
        },
        result={"decision": decision.value, "points": row.points},
        versions={},
    )


def _locked(hit: UUID) -> HitRow:
    rows = HitRow.objects.select_related("party").select_for_update(of=("self",))
    row = rows.filter(public_id=hit).first()
    if row is None:
        raise NoSuchHit
    return row


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
