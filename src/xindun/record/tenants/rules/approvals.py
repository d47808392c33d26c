"""Who may approve a proposal, and when a person alone may.

What a reader would get wrong: the approver is never the proposer, also not through a permission
that the proposer lent them. The one exception is a company in which nobody else could approve:
there the proposal rests for a delay, and the evidence says ``sole_user``. Whoever could approve
until a moment ago counts for the length of the delay, so that removing the second pair of eyes
does not help.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from xindun.kernel.errors import DomainError
from xindun.record.tenants.rules.people import ROLE_PERMISSIONS
from xindun.record.tenants.values.approvals import FourEyes, Proposal, ProposalState
from xindun.record.tenants.values.people import Actor, Permission, Role

OPEN_FOR = timedelta(days=14)
LONGEST_DELAY_HOURS = 7 * 24


class NotOpen(DomainError):
    """The proposal was decided, withdrawn, or has expired."""

    code = "proposal_not_open"
    sentence = "This proposal is no longer open."


class OwnProposal(DomainError):
    """The approver is the proposer, and somebody else could approve."""

    code = "own_proposal"
    sentence = "Somebody else has to approve what you proposed."


class TooEarly(DomainError):
    """The delay of a self-approval is not over."""

    code = "too_early"
    sentence = "You are the only one who could approve; you may do so from {at} UTC."


class BadDelay(DomainError):
    """A delay out of bounds."""

    code = "bad_delay"
    sentence = "The delay is 1 to {hours} hours."


class NobodyWouldBeLeft(DomainError):
    """Without the sole-user mode nobody could approve anything."""

    code = "nobody_would_be_left"
    sentence = "You are the only approver; without this mode nobody could approve anything."


@dataclass(frozen=True, slots=True)
class Standing:
    """A membership as four eyes see it: its role now, and the mightiest one before a change."""

    actor: str
    role: Role
    ended_at: datetime | None
    previous: Role | None
    changed_at: datetime | None

    def could_approve(self, needed: Permission, since: datetime) -> bool:
        """Whether the member may approve now, or might have after ``since``."""
        if self.ended_at is None and needed in ROLE_PERMISSIONS[self.role]:
            return True
        recent = self.changed_at is not None and self.changed_at > since
        return recent and self.previous is not None and needed in ROLE_PERMISSIONS[self.previous]


def payload_hash(payload: Mapping[str, str | int | bool]) -> bytes:
    """SHA-256 over the payload as JSON with sorted keys and no white space."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).digest()


def check_delay(hours: int) -> None:
    """Refuse a delay that is none, or longer than a week.

    Raises:
        BadDelay: as the name says.
    """
    if not 1 <= hours <= LONGEST_DELAY_HOURS:
        raise BadDelay(hours=LONGEST_DELAY_HOURS)


def check_open(proposal: Proposal) -> None:
    """Refuse a proposal that is not open.

    Raises:
        NotOpen: as the name says.
    """
    if proposal.state is not ProposalState.OPEN:
        raise NotOpen


def alone(
    proposal: Proposal,
    actor: Actor,
    others: Iterable[Standing],
    rule: FourEyes,
    now: datetime,
) -> bool:
    """Whether this approval is one of a sole user.

    Args:
        others: all members but the actor, former ones too.

    Raises:
        OwnProposal, TooEarly: as named.
    """
    loan = actor.lent(proposal.needed)
    if actor.name != proposal.proposer:
        if loan is not None and loan.giver == proposal.proposer:
            raise OwnProposal
        return False
    delay = timedelta(hours=rule.delay_hours)
    someone = any(each.could_approve(proposal.needed, now - delay) for each in others)
    if not rule.sole_user or someone or loan is not None:
        raise OwnProposal
    if now < proposal.proposed_at + delay:
        raise TooEarly(at=f"{proposal.proposed_at + delay:%Y-%m-%d %H:%M}")
    return True


def may_approve(
    proposal: Proposal,
    actor: Actor,
    others: Iterable[Standing],
    rule: FourEyes,
    now: datetime,
) -> bool:
    """Whether the actor could approve now, as ``alone`` judges it."""
    try:
        alone(proposal, actor, others, rule, now)
    except (OwnProposal, TooEarly):
        return False
    return actor.may(proposal.needed)
