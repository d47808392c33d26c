"""A security is registered by one person, accepted by another, and counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.contexts.receivables.ledgers import Doc, Importer
from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.prevention.securities import actions, reads
from xindun.prevention.securities.values import (
    GuaranteeForm,
    GuaranteeTerms,
    NewSecurity,
    Security,
    SecurityChange,
    SecurityKind,
    Uncounted,
)
from xindun.record.parties import actions as party_actions
from xindun.record.parties import reads as parties
from xindun.record.parties.values import NewOwnership
from xindun.record.tenants import actions as tenants
from xindun.record.tenants import reads as tenant_reads
from xindun.record.tenants.values import NotPermitted, Role

D = Decimal
TODAY = date(2025, 6, 30)
TERMS = GuaranteeTerms(GuaranteeForm.JOINT, "CN", principal_due_on=date(2025, 5, 31))
GUARANTEE = NewSecurity(SecurityKind.GUARANTEE, "EUR", D(1000), TODAY, guarantee=TERMS)


class Case:
    """A firm, its buyer, and who does what."""

    def __init__(self, firm: Firm) -> None:
        self.firm = firm
        [self.buyer] = firm.asks(parties.search_buyers).rows

    def registers(self, new: NewSecurity, by: str = "anna") -> Security:
        made: Security = self.firm.does(
            actions.register, self.firm.actor(by), self.buyer.public_id, new, today=TODAY
        )
        return made

    def approves(self, by: str = "carl") -> None:
        [waiting] = [
            each
            for each in self.firm.asks(tenant_reads.proposals, NOW)
            if each.state == "open" and each.kind == actions.ACCEPTANCE
        ]
        self.firm.does(tenants.approve, self.firm.actor(by), waiting.public_id)

    def counted(self, on: date = TODAY, known_at: datetime | None = None) -> list[Any]:
        rows = self.firm.asks(reads.security_for_gate, self.buyer.id, as_of=on, known_at=known_at)
        return [(row.eligible_value, row.uncounted) for row in rows]


@pytest.fixture
def case(db: None, tmp_path: Any, settings: Any) -> Case:
    settings.XINDUN_HOME = tmp_path
    firm = open_firm()
    firm.joins("carl", Role.CREDIT_MANAGER)
    firm.joins("anna", Role.ANALYST)
    firm.joins("cora", Role.COLLECTOR)
    Importer(firm.tenant.id).take(Doc("A-1", buyer="K1", name="Blue Meadow Dairy"))
    return Case(firm)


def test_a_security_counts_from_when_a_second_person_accepts_it(case: Case) -> None:
    made = case.registers(GUARANTEE)
    assert (made.uncounted, made.eligible_value) == (Uncounted.NOT_ACCEPTED, D(0))
    assert case.counted() == []
    with pytest.raises(tenants.OwnProposal):
        case.approves("anna")
    case.approves()
    # Six months from the end of May; nothing was demanded from the guarantor by then.
    assert case.counted() == [(D(700), None)]
    assert case.counted(date(2025, 11, 30)) == [(D(700), None)]
    assert case.counted(date(2025, 12, 1)) == [(D(0), Uncounted.GUARANTEE_LAPSED)]
    kinds = [each.kind for each in case.firm.records("security", made.public_id)]
    assert sorted(kinds) == ["security_accepted", "security_registered"]


def test_the_preserving_act_keeps_the_guarantor_and_a_release_lets_go(case: Case) -> None:
    made = case.registers(GUARANTEE)
    case.approves()
    anna = case.firm.actor("anna")
    with pytest.raises(actions.NothingToPreserve):
        case.firm.does(
            actions.preserve, anna, made.public_id, done_on=date(2025, 7, 1), today=TODAY
        )
    case.firm.does(actions.preserve, anna, made.public_id, done_on=TODAY, today=TODAY)
    assert case.counted(date(2026, 6, 30)) == [(D(700), None)]
    with pytest.raises(actions.NothingToPreserve):
        case.firm.does(actions.preserve, anna, made.public_id, done_on=TODAY, today=TODAY)
    later = NOW + timedelta(hours=1)
    case.firm.does(actions.release, anna, made.public_id, now=later)
    assert case.counted() == []
    assert case.counted(known_at=NOW) == [(D(700), None)]
    with pytest.raises(actions.SecurityNotOpen):
        case.firm.does(actions.release, anna, made.public_id, now=later)
    changes = [
        each.change for each in case.firm.asks(reads.security_history, made.public_id, as_of=TODAY)
    ]
    assert changes == [
        SecurityChange.RELEASED,
        SecurityChange.PRESERVED,
        SecurityChange.ACCEPTED,
        SecurityChange.REGISTERED,
    ]


def test_the_buyer_cannot_guarantee_its_own_debt(case: Case) -> None:
    anna = case.firm.actor("anna")
    party = case.firm.does(party_actions.open_party, anna, "Blue Meadow Dairy Ltd", "CN")
    case.firm.does(party_actions.match_buyer, anna, case.buyer.public_id, party.public_id, {})
    case.registers(replace(GUARANTEE, guarantor=party.public_id))
    case.approves()
    assert case.counted() == [(D(0), Uncounted.WITHIN_GROUP)]


def test_an_end_is_told_at_two_distances_and_once_each(case: Case) -> None:
    case.registers(GUARANTEE)
    case.approves()
    # The guarantor is bound through 30 November.
    told = [
        case.firm.does(actions.watch, now=NOW + timedelta(days=days))
        for days in (92, 93, 94, 138, 139, 140, 200)
    ]
    assert told == [0, 1, 0, 0, 1, 0, 0]


def test_a_guarantor_who_joins_the_group_counts_no_more(case: Case) -> None:
    # Shares are known from when the database wrote them, so this one test lives today.
    now = datetime.now(UTC) + timedelta(hours=1)
    today = now.date()
    anna = case.firm.actor("anna")
    ours = case.firm.does(party_actions.open_party, anna, "Blue Meadow Dairy Ltd", "CN")
    case.firm.does(party_actions.match_buyer, anna, case.buyer.public_id, ours.public_id, {})
    parent = case.firm.does(party_actions.open_party, anna, "Meadow Holding Ltd", "CN")
    terms = replace(TERMS, principal_due_on=today)
    case.registers(replace(GUARANTEE, guarantor=parent.public_id, guarantee=terms))
    case.approves()
    assert case.counted(today) == [(D(700), None)]
    share = NewOwnership(D(80), "shareholder list", today - timedelta(days=2))
    case.firm.does(
        party_actions.state_ownership, anna, ours.public_id, parent.public_id, share, now=now
    )
    assert case.firm.does(actions.watch, now=now) == 1
    assert case.counted(today) == [(D(0), Uncounted.WITHIN_GROUP)]
    assert case.firm.does(actions.watch, now=now) == 0


def test_who_may_not_request_limits_registers_nothing_and_a_person_is_not_named(
    case: Case,
) -> None:
    with pytest.raises(NotPermitted):
        case.registers(GUARANTEE, by="cora")
    assert case.firm.asks(reads.securities, as_of=TODAY) == ()
    made = case.registers(replace(GUARANTEE, by_person=True, issuer="Somebody Privately"))
    assert (made.by_person, made.issuer) == (True, "")
    assert datetime(2025, 6, 30, 12, tzinfo=UTC) == made.changed_at
