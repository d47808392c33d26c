"""A draft becomes the policy by a second person's approval, and each moment has one policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.prevention.credit_policy import actions, reads
from xindun.prevention.credit_policy.values import CreditPolicy, Draft, VersionState
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NotPermitted, Proposal, Role

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def acme(db: None) -> Firm:
    """Acme with an owner, a manager, an analyst and an auditor."""
    firm = open_firm()
    firm.joins("mei", Role.CREDIT_MANAGER)
    firm.joins("ana", Role.ANALYST)
    firm.joins("audrey", Role.AUDITOR)
    return firm


def in_force(firm: Firm, at: datetime, known_at: datetime | None = None) -> CreditPolicy:
    found: CreditPolicy = firm.asks(reads.policy_in_force, at=at, known_at=known_at)
    return found


def drafted(firm: Firm, horizon: int, now: datetime = NOW) -> Draft:
    before = firm.asks(reads.draft)
    policy = replace(in_force(firm, now), horizon_days=horizon)
    saved: Draft = firm.does(
        actions.save_draft,
        firm.actor("ana"),
        policy,
        revision=before.revision if before else 0,
        now=now,
    )
    return saved


def submitted(firm: Firm, begins: datetime | None = None, now: datetime = NOW) -> Proposal:
    draft = firm.asks(reads.draft)
    asked: Proposal = firm.does(
        actions.submit_draft,
        firm.actor("ana"),
        revision=draft.revision,
        effective_from=begins,
        now=now,
    )
    return asked


def agreed(firm: Firm, horizon: int, begins: datetime | None = None, now: datetime = NOW) -> None:
    drafted(firm, horizon, now)
    proposal = submitted(firm, begins, now)
    firm.does(tenants.approve, firm.actor("mei"), proposal.public_id, now=now)


def test_without_an_agreed_policy_the_default_counts_and_is_number_0(acme: Firm) -> None:
    found = in_force(acme, NOW)
    assert (found.number, found.currency, found.starter.cap) == (0, "CNY", Decimal(50_000))
    assert acme.asks(reads.versions, now=NOW) == []
    assert acme.asks(reads.policy_numbered, 0) == found
    with pytest.raises(reads.UnknownPolicyVersion):
        acme.asks(reads.policy_numbered, 1)


def test_what_was_submitted_comes_into_force_with_its_evidence(acme: Firm) -> None:
    agreed(acme, 45)
    found = in_force(acme, NOW)
    assert (found.number, found.horizon_days, found.effective_from) == (1, 45, NOW)
    assert in_force(acme, NOW - HOUR).number == 0
    assert acme.asks(reads.draft) is None
    [version] = acme.asks(reads.versions, now=NOW)
    assert version.state is VersionState.IN_FORCE
    assert version.content_hash == found.content_hash
    names = (f"user:{acme.id('ana')}", f"user:{acme.id('mei')}")
    assert (version.proposed_by, version.approved_by) == names
    record = acme.records("tenant", acme.tenant.public_id)[0]
    assert record.public_id == version.evidence_id
    assert record.kind == "credit_policy_changed"
    assert record.result["content"] == acme.asks(reads.json_of, found)
    assert record.result["content_hash"] == found.content_hash.hex()


def test_a_moment_has_one_policy_also_as_it_was_known(acme: Firm) -> None:
    agreed(acme, 40)
    agreed(acme, 50, begins=NOW + 10 * DAY, now=NOW + DAY)
    agreed(acme, 60, begins=NOW + 5 * DAY, now=NOW + 2 * DAY)

    def horizon(at: datetime, known_at: datetime | None = None) -> int:
        return in_force(acme, at, known_at).horizon_days

    assert [horizon(NOW + days * DAY) for days in (0, 4, 5, 10, 400)] == [40, 40, 60, 60, 60]
    assert horizon(NOW + 10 * DAY, NOW + DAY) == 50
    assert horizon(NOW + 10 * DAY, NOW) == 40
    assert in_force(acme, NOW + 10 * DAY, NOW - HOUR).number == 0
    states = [
        (each.number, each.state, each.ends_at)
        for each in acme.asks(reads.versions, now=NOW + 3 * DAY)
    ]
    assert states == [
        (3, VersionState.COMING, None),
        (2, VersionState.NEVER, NOW + 5 * DAY),
        (1, VersionState.IN_FORCE, NOW + 5 * DAY),
    ]
    later = acme.asks(reads.versions, now=NOW + 6 * DAY)
    assert [each.state for each in later] == [
        *(VersionState.IN_FORCE, VersionState.NEVER, VersionState.SUPERSEDED)
    ]


def test_a_moment_that_has_passed_becomes_that_of_the_approval(acme: Firm) -> None:
    drafted(acme, 45)
    proposal = submitted(acme, NOW + HOUR)
    acme.does(tenants.approve, acme.actor("mei"), proposal.public_id, now=NOW + DAY)
    assert in_force(acme, NOW + 2 * HOUR).number == 0
    assert in_force(acme, NOW + DAY).effective_from == NOW + DAY


def refused(firm: Firm, error: type[Exception], verb: Any, *arguments: Any, **named: Any) -> None:
    before = firm.asks(reads.draft), len(firm.records("tenant", firm.tenant.public_id))
    with pytest.raises(error):
        firm.does(verb, *arguments, **named)
    assert (firm.asks(reads.draft), len(firm.records("tenant", firm.tenant.public_id))) == before


def test_refusals_leave_the_draft_as_it_was(acme: Firm) -> None:
    ana, audrey, policy = acme.actor("ana"), acme.actor("audrey"), in_force(acme, NOW)
    save = {"revision": 1}
    refused(acme, actions.NoDraft, actions.discard_draft, ana)
    refused(acme, actions.NoDraft, actions.submit_draft, ana, revision=0)
    refused(acme, actions.DraftMoved, actions.save_draft, ana, policy, **save)
    draft = drafted(acme, 45)
    assert (draft.revision, draft.policy.horizon_days) == (1, 45)
    refused(acme, NotPermitted, actions.save_draft, audrey, policy, **save)
    refused(acme, NotPermitted, actions.discard_draft, audrey)
    refused(acme, NotPermitted, actions.submit_draft, audrey, revision=1)
    refused(acme, actions.DraftMoved, actions.save_draft, ana, policy, revision=0)
    refused(acme, actions.DraftMoved, actions.submit_draft, ana, revision=2)
    unsound = replace(policy, hold_hours=0)
    refused(acme, actions.UnsoundCreditPolicy, actions.save_draft, ana, unsound, **save)
    far = {**save, "effective_from": NOW + 400 * DAY}
    refused(acme, actions.BadPolicyMoment, actions.submit_draft, ana, **far)


def test_a_submitted_draft_stands_still_until_it_is_decided(acme: Firm) -> None:
    ana, mei = acme.actor("ana"), acme.actor("mei")
    drafted(acme, 45)
    proposal = submitted(acme)
    waiting = acme.asks(reads.waiting, now=NOW)
    assert waiting is not None
    assert waiting.public_id == proposal.public_id
    policy = replace(in_force(acme, NOW), horizon_days=46)
    refused(
        acme,
        actions.DraftSubmitted,
        actions.save_draft,
        *(ana, policy),
        revision=1,
    )
    refused(acme, actions.DraftSubmitted, actions.discard_draft, ana)
    refused(acme, tenants.AlreadyProposed, actions.submit_draft, ana, revision=1)
    refused(acme, NotPermitted, tenants.approve, ana, proposal.public_id)
    acme.does(tenants.refuse, mei, proposal.public_id)
    assert in_force(acme, NOW).number == 0
    acme.does(actions.discard_draft, ana)
    assert acme.asks(reads.draft) is None


def test_a_draft_that_says_nothing_new_is_not_submitted(acme: Firm) -> None:
    agreed(acme, 45)
    drafted(acme, 45)
    refused(acme, actions.NothingChanged, actions.submit_draft, acme.actor("ana"), revision=1)


def test_the_proposer_does_not_approve(acme: Firm) -> None:
    drafted(acme, 45)
    proposal = acme.does(actions.submit_draft, acme.actor("mei"), revision=1)
    refused(acme, tenants.OwnProposal, tenants.approve, acme.actor("mei"), proposal.public_id)
    acme.does(tenants.approve, acme.actor("olga"), proposal.public_id)
    assert in_force(acme, NOW).number == 1


def test_another_company_sees_none_of_it(acme: Firm) -> None:
    agreed(acme, 45)
    other = open_firm("Bolt")
    assert in_force(other, NOW).number == 0
    assert other.asks(reads.versions, now=NOW) == []


@pytest.mark.unguarded("tampers with a version past the actions")
def test_nobody_changes_a_version(acme: Firm) -> None:
    agreed(acme, 45)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE credit_policy_version SET content = '{}'")
    assert in_force(acme, NOW).horizon_days == 45


def test_the_policy_in_force_is_one_query_once_it_was_read(
    acme: Firm, django_assert_num_queries: Any
) -> None:
    agreed(acme, 45)
    in_force(acme, NOW)

    def ask() -> None:
        with django_assert_num_queries(1):
            reads.policy_in_force(at=NOW, known_at=NOW)

    acme.asks(ask)
