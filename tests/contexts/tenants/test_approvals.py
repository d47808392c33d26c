"""Four eyes: somebody else approves, and who is alone waits, in the open."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.record.tenants import actions, reads
from xindun.record.tenants.values import (
    FourEyes,
    NotPermitted,
    Permission,
    Proposal,
    ProposalState,
    Role,
)

HOUR = timedelta(hours=1)


def proposed(firm: Firm, by: str = "olga", whom: str = "carl") -> Proposal:
    made: Proposal = firm.does(actions.propose_owner, firm.actor(by), firm.id(whom))
    return made


@pytest.fixture
def pair(firm: Firm) -> Firm:
    """Two owners and a credit manager."""
    firm.joins("otto")
    firm.joins("carl", Role.CREDIT_MANAGER)
    return firm


def test_another_owner_approves_and_only_then_it_happens(pair: Firm) -> None:
    proposal = proposed(pair)
    assert pair.role("carl") is Role.CREDIT_MANAGER
    waiting = {
        name: pair.asks(reads.decidable, pair.actor(name), NOW) for name in ("olga", "otto", "carl")
    }
    assert waiting == {
        "olga": frozenset(),
        "otto": {proposal.public_id},
        "carl": frozenset(),
    }
    with pytest.raises(actions.OwnProposal):
        pair.does(actions.approve, pair.actor("olga"), proposal.public_id, now=NOW + 48 * HOUR)
    with pytest.raises(NotPermitted):
        pair.does(actions.approve, pair.actor("carl"), proposal.public_id)
    with pytest.raises(actions.AlreadyProposed):
        proposed(pair, by="otto")
    assert pair.role("carl") is Role.CREDIT_MANAGER
    done = pair.does(actions.approve, pair.actor("otto"), proposal.public_id)
    assert (done.state, done.sole_user) == (ProposalState.APPROVED, False)
    assert pair.role("carl") is Role.OWNER
    kinds = [record.kind for record in pair.records("proposal", proposal.public_id)]
    assert kinds == ["proposal_approved", "proposal_made"]
    assert pair.records("user", pair.id("carl"))[0].actor == f"user:{pair.id('otto')}"
    with pytest.raises(actions.NotOpen):
        pair.does(actions.approve, pair.actor("otto"), proposal.public_id)


def test_who_is_alone_approves_after_the_delay_and_the_evidence_says_so(firm: Firm) -> None:
    firm.joins("carl", Role.CREDIT_MANAGER)
    proposal = proposed(firm)
    olga = firm.actor("olga")
    with pytest.raises(actions.TooEarly):
        firm.does(actions.approve, olga, proposal.public_id, now=NOW + 24 * HOUR - HOUR / 60)
    assert firm.role("carl") is Role.CREDIT_MANAGER
    done = firm.does(actions.approve, olga, proposal.public_id, now=NOW + 24 * HOUR)
    assert done.sole_user
    assert firm.records("proposal", proposal.public_id)[0].result["sole_user"] is True
    assert firm.role("carl") is Role.OWNER
    # Now there are two, and the mode has ended by itself.
    firm.joins("sam", Role.SALES)
    second = proposed(firm, whom="sam")
    with pytest.raises(actions.OwnProposal):
        firm.does(actions.approve, olga, second.public_id, now=NOW + 48 * HOUR)


@pytest.mark.parametrize("way", ["deactivate", "demote", "demote twice"])
def test_removing_the_second_pair_of_eyes_does_not_help(pair: Firm, way: str) -> None:
    olga, proposal = pair.actor("olga"), proposed(pair)
    later = NOW + 30 * HOUR
    if way == "deactivate":
        pair.does(actions.deactivate, olga, pair.id("otto"), now=later)
    else:
        pair.does(actions.change_role, olga, pair.id("otto"), Role.ANALYST, now=later)
    if way == "demote twice":
        pair.does(actions.change_role, olga, pair.id("otto"), Role.SALES, now=later)
    with pytest.raises(actions.OwnProposal):
        pair.does(actions.approve, olga, proposal.public_id, now=later + 23 * HOUR)
    done = pair.does(actions.approve, olga, proposal.public_id, now=later + 24 * HOUR)
    assert done.sole_user


def test_a_permission_lent_by_the_proposer_approves_nothing(pair: Firm) -> None:
    day = NOW.date()
    lent = {"first": day, "last": day}
    pair.does(
        actions.delegate, pair.actor("olga"), pair.id("carl"), {Permission.PEOPLE_MANAGE}, **lent
    )
    pair.joins("sam", Role.SALES)
    proposal = proposed(pair, whom="sam")
    with pytest.raises(actions.OwnProposal):
        pair.does(actions.approve, pair.actor("carl"), proposal.public_id)
    assert pair.role("sam") is Role.SALES


def test_a_proposal_is_refused_withdrawn_or_runs_out(pair: Firm) -> None:
    first = proposed(pair)
    refused = pair.does(actions.refuse, pair.actor("otto"), first.public_id)
    assert refused.state is ProposalState.REFUSED
    second = proposed(pair)
    withdrawn = pair.does(actions.refuse, pair.actor("olga"), second.public_id)
    assert withdrawn.state is ProposalState.WITHDRAWN
    third = proposed(pair)
    late = NOW + timedelta(days=14)
    with pytest.raises(actions.NotOpen):
        pair.does(actions.approve, pair.actor("otto"), third.public_id, now=late)
    assert pair.asks(reads.decidable, pair.actor("otto"), late) == frozenset()
    pair.does(actions.propose_owner, pair.actor("olga"), pair.id("carl"), now=late)
    assert [each.state.value for each in pair.asks(reads.proposals, late)] == [
        *("open", "expired", "withdrawn", "refused")
    ]
    other = open_firm("Other")
    with pytest.raises(actions.NoSuchProposal):
        other.does(actions.approve, other.actor("olga.other"), third.public_id)
    with pytest.raises(actions.NoSuchMember):
        pair.does(actions.propose_owner, pair.actor("olga"), uuid4())


def test_the_rule_itself_needs_four_eyes_and_locks_nobody_out(firm: Firm) -> None:
    olga = firm.actor("olga")
    with pytest.raises(actions.NobodyWouldBeLeft):
        firm.does(actions.propose_rule, olga, FourEyes(sole_user=False))
    for hours in (0, 169):
        with pytest.raises(actions.BadDelay):
            firm.does(actions.propose_rule, olga, FourEyes(delay_hours=hours))
    firm.joins("otto")
    strict = firm.does(actions.propose_rule, olga, FourEyes(sole_user=False, delay_hours=48))
    assert firm.asks(reads.four_eyes) == FourEyes()
    firm.does(actions.approve, firm.actor("otto"), strict.public_id)
    assert firm.asks(reads.four_eyes) == FourEyes(sole_user=False, delay_hours=48)
    assert firm.records("company", "four_eyes")[0].kind == "four_eyes_changed"
