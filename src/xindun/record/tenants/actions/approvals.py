"""Propose, approve, refuse and withdraw; for every context whose decisions need four eyes.

A context that needs them calls ``propose`` with a kind of its own, and names in
``settings.XINDUN_PROPOSALS`` the action that carries an approved one out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.tenants.actions.members import locked_member, set_role
from xindun.record.tenants.models import FourEyes, Proposal
from xindun.record.tenants.ports import carrier
from xindun.record.tenants.reads.approvals import four_eyes, proposal_value, standings_but
from xindun.record.tenants.rules.approvals import (
    OPEN_FOR,
    NobodyWouldBeLeft,
    NotOpen,
    alone,
    check_delay,
    check_open,
    payload_hash,
)
from xindun.record.tenants.values import Actor, NotPermitted, Permission, ProposalState, Role
from xindun.record.tenants.values import FourEyes as FourEyesValue
from xindun.record.tenants.values import Proposal as ProposalValue

OWNER = "owner_granted"
RULE = "four_eyes_changed"


class NoSuchProposal(DomainError):
    """No proposal with this id in the tenant."""

    code = "no_such_proposal"
    sentence = "There is no such proposal."


class AlreadyProposed(DomainError):
    """The same waits already."""

    code = "already_proposed"
    sentence = "This is proposed already and waits for approval."


def propose(
    actor: Actor,
    kind: str,
    subject_id: str,
    payload: Mapping[str, str | int | bool],
    *,
    needed: Permission,
    proposing: Permission | None = None,
    now: datetime,
) -> ProposalValue:
    """Ask for a second person's approval.

    Args:
        kind: a key of ``settings.XINDUN_PROPOSALS``.
        subject_id: of what it is about; one open proposal a kind and subject.
        payload: everything the action needs, no personal data.
        needed: the permission of the approver, and of the proposer too unless ``proposing`` is
            given.
        proposing: a lesser permission that is enough to propose.

    Raises:
        NotPermitted, AlreadyProposed: as named.
    """
    actor.check(proposing or needed)
    with transaction.atomic():
        rows = Proposal.objects.select_for_update().filter(
            tenant_id=current_tenant_id(), kind=kind, subject_id=subject_id, state="open"
        )
        for old in rows:
            if old.expires_at > now:
                raise AlreadyProposed
            _close(old, ProposalState.EXPIRED, "system:expiry", now)
        row = Proposal.objects.create(
            tenant_id=current_tenant_id(),
            kind=kind,
            subject_id=subject_id,
            payload=dict(payload),
            payload_hash=payload_hash(payload),
            proposer=actor.name,
            needed=needed.value,
            proposed_at=now,
            expires_at=now + OPEN_FOR,
            state=ProposalState.OPEN.value,
        )
        _noted("proposal_made", row, actor.name, now)
    return proposal_value(row, now)


def approve(actor: Actor, public_id: UUID, *, now: datetime) -> ProposalValue:
    """Approve a proposal and carry it out, in one transaction.

    Raises:
        NotPermitted, NoSuchProposal, NotOpen, OwnProposal, TooEarly: as named, and whatever the
            action that carries it out refuses.
    """
    with transaction.atomic():
        row = _locked(public_id)
        proposal = proposal_value(row, now)
        check_open(proposal)
        actor.check(proposal.needed)
        if payload_hash(proposal.payload) != proposal.payload_hash:
            raise NotOpen
        row.sole_user = alone(proposal, actor, standings_but(actor.name), four_eyes(), now)
        _close(row, ProposalState.APPROVED, actor.name, now)
        carrier(proposal.kind)(proposal, actor, now)
    return proposal_value(row, now)


def refuse(actor: Actor, public_id: UUID, *, now: datetime) -> ProposalValue:
    """Refuse a proposal; its own proposer withdraws it.

    Raises:
        NotPermitted, NoSuchProposal, NotOpen: as named.
    """
    with transaction.atomic():
        row = _locked(public_id)
        proposal = proposal_value(row, now)
        check_open(proposal)
        own = actor.name == proposal.proposer
        if not own and not actor.may(proposal.needed):
            raise NotPermitted(permission=proposal.needed.value)
        _close(row, ProposalState.WITHDRAWN if own else ProposalState.REFUSED, actor.name, now)
    return proposal_value(row, now)


def propose_owner(actor: Actor, public_id: UUID, *, now: datetime) -> ProposalValue:
    """Propose that a member becomes an owner.

    Raises:
        NotPermitted, NoSuchMember, AlreadyProposed: as named.
    """
    actor.check(Permission.PEOPLE_MANAGE)
    with transaction.atomic():
        locked_member(public_id)
        return propose(
            actor,
            OWNER,
            str(public_id),
            {"user": str(public_id)},
            needed=Permission.PEOPLE_MANAGE,
            now=now,
        )


def grant_owner(proposal: ProposalValue, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the member becomes an owner."""
    row = locked_member(UUID(proposal.payload["user"]))
    if row.ended_at is not None:
        raise NotOpen
    if row.role != Role.OWNER.value:
        set_role(row, Role.OWNER, actor=actor, now=now)


def propose_rule(actor: Actor, rule: FourEyesValue, *, now: datetime) -> ProposalValue:
    """Propose another rule for approvals.

    Raises:
        NotPermitted, BadDelay, NobodyWouldBeLeft, AlreadyProposed: as named.
    """
    actor.check(Permission.COMPANY_MANAGE)
    check_delay(rule.delay_hours)
    others = standings_but(actor.name)
    if not rule.sole_user and not any(
        each.could_approve(Permission.COMPANY_MANAGE, now) for each in others
    ):
        raise NobodyWouldBeLeft
    payload = {"sole_user": rule.sole_user, "delay_hours": rule.delay_hours}
    return propose(actor, RULE, "company", payload, needed=Permission.COMPANY_MANAGE, now=now)


def change_rule(proposal: ProposalValue, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the company's rule changes."""
    FourEyes.objects.update_or_create(tenant_id=current_tenant_id(), defaults=proposal.payload)
    append(
        kind="four_eyes_changed",
        subject=Subject("company", "four_eyes"),
        actor=actor.name,
        occurred_at=now,
        inputs={"proposal": proposal.public_id},
        result=proposal.payload,
        versions={},
    )


def _locked(public_id: UUID) -> Proposal:
    rows = Proposal.objects.select_for_update()
    row = rows.filter(tenant_id=current_tenant_id(), public_id=public_id).first()
    if row is None:
        raise NoSuchProposal
    return row


def _close(row: Proposal, state: ProposalState, by: str, now: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state.value, by, now
    row.save(update_fields=["state", "decided_by", "decided_at", "sole_user"])
    _noted(f"proposal_{state.value}", row, by, now)


def _noted(kind: str, row: Proposal, actor: str, now: datetime) -> None:
    append(
        kind=kind,
        subject=Subject("proposal", str(row.public_id)),
        actor=actor,
        occurred_at=now,
        inputs={"payload_hash": bytes(row.payload_hash)},
        result={
            "kind": row.kind,
            "subject": row.subject_id,
            "payload": row.payload,
            "proposer": row.proposer,
            "sole_user": row.sole_user,
        },
        versions={},
    )
