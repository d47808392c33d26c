"""Proposals of the current tenant, and its rule for approvals."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from xindun.kit.tenancy import current_tenant_id
from xindun.record.tenants.models import FourEyes, Membership, Proposal
from xindun.record.tenants.rules.approvals import Standing, may_approve
from xindun.record.tenants.values import Actor, Permission, ProposalState, Role
from xindun.record.tenants.values import FourEyes as FourEyesValue
from xindun.record.tenants.values import Proposal as ProposalValue


def four_eyes() -> FourEyesValue:
    """The company's rule for approvals."""
    row = FourEyes.objects.filter(tenant_id=current_tenant_id()).first()
    return FourEyesValue() if row is None else FourEyesValue(row.sole_user, row.delay_hours)


def proposals(now: datetime) -> list[ProposalValue]:
    """All proposals, the newest first."""
    rows = Proposal.objects.filter(tenant_id=current_tenant_id()).order_by("-id")
    return [proposal_value(row, now) for row in rows]


def open_proposal(kind: str, subject_id: str, now: datetime) -> ProposalValue | None:
    """The proposal of a kind and subject that waits at ``now``; there is at most one."""
    row = Proposal.objects.filter(
        tenant_id=current_tenant_id(),
        kind=kind,
        subject_id=subject_id,
        state=ProposalState.OPEN.value,
        expires_at__gt=now,
    ).first()
    return None if row is None else proposal_value(row, now)


def decidable(actor: Actor, now: datetime) -> frozenset[UUID]:
    """Public ids of the open proposals that the actor may approve at ``now``.

    One query on every page; the company's rule is looked up only for proposals of one's own.
    """
    rows = Proposal.objects.filter(
        tenant_id=current_tenant_id(),
        expires_at__gt=now,
        state=ProposalState.OPEN.value,
        needed__in=[each.value for each in actor.permissions],
    )
    waiting = [proposal_value(row, now) for row in rows]
    own = any(each.proposer == actor.name for each in waiting)
    others, rule = (standings_but(actor.name), four_eyes()) if own else ([], FourEyesValue())
    return frozenset(
        each.public_id for each in waiting if may_approve(each, actor, others, rule, now)
    )


def second_person_exists(actor: Actor, needed: Permission, now: datetime) -> bool:
    """Whether anybody else could approve, or could have within the delay of the rule.

    Who was demoted or left just now still counts: nobody clears the way for themselves. What is
    no person (the command line, the installation) has no second one.
    """
    if not actor.name.startswith(("user:", "key:")):
        return False
    since = now - timedelta(hours=four_eyes().delay_hours)
    return any(each.could_approve(needed, since) for each in standings_but(actor.name))


def standings_but(actor: str) -> list[Standing]:
    """All members, former ones too, except one."""
    rows = Membership.objects.filter(tenant_id=current_tenant_id(), user__is_active=True)
    found = [
        Standing(
            f"user:{row.user.public_id}",
            Role(row.role),
            row.ended_at,
            Role(row.previous_role) if row.previous_role else None,
            row.changed_at,
        )
        for row in rows.select_related("user")
    ]
    return [each for each in found if each.actor != actor]


def proposal_value(row: Proposal, now: datetime) -> ProposalValue:
    """A row as the value other contexts see; an open one past its end has expired."""
    state = ProposalState(row.state)
    if state is ProposalState.OPEN and row.expires_at <= now:
        state = ProposalState.EXPIRED
    return ProposalValue(
        public_id=row.public_id,
        kind=row.kind,
        subject_id=row.subject_id,
        payload=row.payload,
        payload_hash=bytes(row.payload_hash),
        proposer=row.proposer,
        needed=Permission(row.needed),
        proposed_at=row.proposed_at,
        expires_at=row.expires_at,
        state=state,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        sole_user=row.sole_user,
    )
