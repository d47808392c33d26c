"""Note a proof, propose and grant a waiver, change the checklist.

What a reader would get wrong: a looser checklist lets buyers pass, so changing it needs a second
person as a waiver does. Reasons and references may name people: evidence carries their hashes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.onboarding import reads, rules
from xindun.prevention.onboarding.models import ChecklistRow, ProofRow, WaiverRow
from xindun.prevention.onboarding.rules import (
    BadChecklist,
    BadProof,
    BadWaiver,
    NotWaivable,
)
from xindun.prevention.onboarding.values import Item, Requirement
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties import reads as parties
from xindun.record.tenants.actions import propose
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission, Proposal

__all__ = [
    "BadChecklist",
    "BadProof",
    "BadWaiver",
    "NotWaivable",
    "change_checklist",
    "grant_waiver",
    "note_proof",
    "propose_checklist",
    "propose_waiver",
]
WAIVER, CHECKLIST = "waiver_granted", "checklist_changed"


def note_proof(
    actor: Actor,
    party: UUID,
    item: Item,
    *,
    dated_on: date,
    reference: str,
    document_hash: str = "",
    today: date,
    now: datetime,
) -> None:
    """Note that an item is on file; an earlier proof of it stays in the history.

    Raises:
        NotPermitted, UnknownParty, BadProof: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    said = rules.check_proof(item, reference, dated_on, today)
    found = parties.party(party)
    with transaction.atomic():
        ProofRow.objects.create(
            tenant_id=current_tenant_id(),
            party_id=found.id,
            item=item.value,
            dated_on=dated_on,
            reference=said,
            document_hash=document_hash,
            noted_by=actor.name,
            noted_at=now,
        )
        append(
            kind="proof_noted",
            subject=Subject("party", str(found.public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"reference_hash": _hash(said), "document_hash": document_hash or None},
            result={"item": item.value, "dated_on": dated_on},
            versions={},
        )


def propose_waiver(
    actor: Actor,
    buyer: UUID,
    item: Item,
    *,
    reason: str,
    last_on: date,
    today: date,
    now: datetime,
) -> Proposal:
    """Propose that a buyer may pass without an item through ``last_on``.

    Raises:
        NotPermitted, UnknownBuyer, NotWaivable, BadWaiver, AlreadyProposed: as named.
    """
    actor.check(Permission.FILES_CHANGE)
    found = parties.buyer(buyer)
    stands = reads.checklist(found.id, as_of=today, known_at=now)
    line = next((each for each in stands.lines if each.item is item), None)
    said = rules.check_waiver(line, reason, last_on, today)
    with transaction.atomic():
        row = WaiverRow.objects.create(
            tenant_id=current_tenant_id(),
            buyer_id=found.id,
            item=item.value,
            reason=said,
            last_on=last_on,
            proposed_by=actor.name,
            proposed_at=now,
        )
        append(
            kind="waiver_proposed",
            subject=Subject("buyer", str(buyer)),
            actor=actor.name,
            occurred_at=now,
            inputs={"reason_hash": _hash(said)},
            result={"item": item.value, "last_on": last_on},
            versions={"checklist": stands.version},
        )
        return propose(
            actor,
            WAIVER,
            f"{buyer}:{item.value}",
            {
                "waiver": str(row.public_id),
                "buyer": str(buyer),
                "item": item.value,
                "last_on": last_on.isoformat(),
                "reason_hash": _hash(said),
            },
            needed=Permission.FILES_APPROVE,
            proposing=Permission.FILES_CHANGE,
            now=now,
        )


def grant_waiver(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the waiver counts."""
    row = WaiverRow.objects.select_for_update().get(public_id=UUID(proposal.payload["waiver"]))
    row.granted_by, row.granted_at = actor.name, now
    row.save(update_fields=["granted_by", "granted_at"])
    append(
        kind="waiver_granted",
        subject=Subject("buyer", proposal.payload["buyer"]),
        actor=actor.name,
        occurred_at=now,
        inputs={"proposal": proposal.public_id, "proposer": proposal.proposer},
        result={"item": row.item, "last_on": row.last_on, "waiver": row.public_id},
        versions={"checklist": reads.requirements().number},
    )


def propose_checklist(
    actor: Actor, requirements: Sequence[Requirement], *, now: datetime
) -> Proposal:
    """Propose another checklist for the company.

    Raises:
        NotPermitted, BadChecklist, AlreadyProposed: as named.
    """
    actor.check(Permission.FILES_APPROVE)
    rules.check_requirements(requirements)
    wanted = json.dumps(rules.stored(requirements), separators=(",", ":"))
    payload: dict[str, str | int | bool] = {
        "requirements": wanted,
        "after": reads.requirements().number,
    }
    return propose(actor, CHECKLIST, "company", payload, needed=Permission.FILES_APPROVE, now=now)


def change_checklist(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the checklist counts from now on."""
    wanted = json.loads(proposal.payload["requirements"])
    before = reads.requirements()
    row = ChecklistRow.objects.create(
        tenant_id=current_tenant_id(), number=before.number + 1, requirements=wanted
    )
    append(
        kind="checklist_changed",
        subject=Subject("tenant", str(current_tenant().public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={"proposal": proposal.public_id, "before": rules.stored(before.requirements)},
        result={"after": wanted},
        versions={"checklist": row.number},
    )


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
