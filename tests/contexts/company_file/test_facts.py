"""Facts are appended with their evidence; the file reads as of any day; names can be erased."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from tests.contexts.company_file.conftest import ACTOR, NOW, new_fact
from xindun.record.company_file import actions, models, reads
from xindun.record.company_file.rules import BadFact
from xindun.record.company_file.values import EventState, FactKind, Verdict
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Subject
from xindun.record.parties.actions import state_identifier
from xindun.record.parties.reads import UnknownParty
from xindun.record.parties.values import PartyValue
from xindun.record.tenants.values import Actor, NotPermitted

TODAY = date(2025, 6, 30)
EVER = datetime(9999, 1, 1, tzinfo=UTC)
CODE, OTHER_CODE = "91110000600037341L", "91310115551504385L"
OFFICERS = [{"name": "王伟", "role": "法定代表人"}, {"name": "Li Na"}]


def kinds_of(party: PartyValue) -> list[str]:
    return [each.kind for each in evidence.records_of(Subject("party", str(party.public_id)))]


def test_facts_are_recorded_once_with_evidence_that_names_nobody(party: PartyValue) -> None:
    told = [
        new_fact("status", "存续"),
        new_fact("officers", OFFICERS, document_sha256="ab" * 32),
        new_fact("status", "Active", "report"),
    ]
    recorded = actions.record_facts(ACTOR, party.public_id, told, now=NOW)
    assert [each.value for each in recorded] == ["存续", OFFICERS, "Active"]
    assert actions.record_facts(ACTOR, party.public_id, told, now=NOW) == ()
    standing = reads.facts_of(party.id, as_of=TODAY, known_at=EVER)
    assert sorted(standing, key=lambda each: each.id) == list(recorded)
    assert kinds_of(party) == ["facts_recorded", "party_opened"]
    kept = evidence.records_of(Subject("party", str(party.public_id)))[0]
    assert "王伟" not in str(kept.result) + str(kept.inputs)
    assert list(kept.personal) == [f"fact {recorded[1].public_id}"]
    stored = models.CompanyFact.objects.get(pk=recorded[1].id)
    assert stored.value == [{"role": "法定代表人"}, {}]
    verdicts = {
        each.kind: each.verdict for each in reads.conflicts_of(party.id, as_of=TODAY, known_at=EVER)
    }
    assert verdicts == {FactKind.STATUS: Verdict.AGREED, FactKind.OFFICERS: Verdict.ONE_SOURCE}


def test_one_bad_fact_leaves_nothing_of_its_delivery(party: PartyValue) -> None:
    told = [new_fact("status", "存续"), new_fact("founded_on", "31/05/2019")]
    with pytest.raises(BadFact):
        actions.record_facts(ACTOR, party.public_id, told, now=NOW)
    with pytest.raises(NotPermitted):
        actions.record_facts(Actor("user:nobody", frozenset()), party.public_id, told[:1], now=NOW)
    with pytest.raises(UnknownParty):
        actions.record_facts(ACTOR, UUID(int=0), told[:1], now=NOW)
    assert reads.facts_of(party.id, as_of=TODAY, known_at=EVER) == ()
    assert kinds_of(party) == ["party_opened"]


def test_a_withdrawn_fact_stands_in_the_history_only(party: PartyValue) -> None:
    [old] = actions.record_facts(ACTOR, party.public_id, [new_fact("status", "存续")], now=NOW)
    wrong = new_fact("status", "注销", as_of=date(2025, 6, 2))
    [new] = actions.record_facts(ACTOR, party.public_id, [wrong], now=NOW)
    actions.withdraw_fact(ACTOR, new.public_id, now=NOW)
    actions.withdraw_fact(ACTOR, new.public_id, now=NOW)
    assert reads.facts_of(party.id, as_of=TODAY, known_at=EVER) == (old,)
    history = reads.history_of(party.id, FactKind.STATUS, known_at=EVER)
    assert [(each, gone is not None) for each, gone in history] == [(new, True), (old, False)]
    assert len(evidence.records_of(Subject("fact", str(new.public_id)))) == 1
    before = new.recorded_at - timedelta(seconds=1)
    assert reads.history_of(party.id, FactKind.STATUS, known_at=before) == ()
    with pytest.raises(reads.UnknownFact):
        actions.withdraw_fact(ACTOR, UUID(int=0), now=NOW)


def test_what_a_court_says_of_another_company_is_shown_and_never_counts(party: PartyValue) -> None:
    told = [
        new_fact("uscc", CODE),
        new_fact("dishonest_debtor", {"uscc": CODE}, "court", source_key="(2024)沪01执1号"),
        new_fact("dishonest_debtor", {"uscc": OTHER_CODE}, "court", source_key="(2024)沪01执2号"),
        new_fact("enforcement", {"lifted_on": "2025-06-10"}, "court", source_key="(2023)沪01执3号"),
    ]
    actions.record_facts(ACTOR, party.public_id, told, now=NOW)
    [counted] = reads.events_of(party.id, as_of=TODAY, known_at=EVER)
    assert (counted.kind, counted.case_number) == ("dishonest_debtor", "(2024)沪01执1号")
    states = {
        each.case_number: each.state
        for each in reads.event_history_of(party.id, as_of=TODAY, known_at=EVER)
    }
    assert states["(2024)沪01执2号"] is EventState.OTHER_COMPANY
    assert states["(2023)沪01执3号"] is EventState.LIFTED
    before = reads.events_of(party.id, as_of=date(2025, 6, 9), known_at=EVER)
    assert {each.kind for each in before} == {"dishonest_debtor", "enforcement"}


def test_an_event_is_compared_with_the_codes_the_party_is_known_by(party: PartyValue) -> None:
    court = new_fact(
        "dishonest_debtor", {"uscc": OTHER_CODE}, "court", source_key="(2024)沪01执2号"
    )
    actions.record_facts(ACTOR, party.public_id, [court], now=NOW)
    before = datetime.now(UTC)
    assert len(reads.events_of(party.id, as_of=TODAY, known_at=before)) == 1
    state_identifier(ACTOR, party.public_id, "uscc", CODE, source="licence", now=NOW)
    [shown] = reads.event_history_of(party.id, as_of=TODAY, known_at=EVER)
    assert (shown.state, shown.uscc) == (EventState.OTHER_COMPANY, OTHER_CODE)
    assert reads.events_of(party.id, as_of=TODAY, known_at=EVER) == ()


def test_an_erased_name_is_gone_and_the_others_stay(party: PartyValue) -> None:
    [kept] = actions.record_facts(ACTOR, party.public_id, [new_fact("officers", OFFICERS)], now=NOW)

    def erase(name: str) -> int:
        return actions.erase_name(ACTOR, party.public_id, name, now=NOW, reason="asked_by_person")

    assert erase("nobody") == 0
    assert erase("") == 0
    assert erase("王 伟") == 1
    assert reads.fact(kept.public_id).value == [
        {"name": "", "role": "法定代表人"},
        {"name": "Li Na"},
    ]
    assert kinds_of(party)[:2] == ["fact_person_erased", "personal_content_erased"]
    assert evidence.personal_about(str(party.public_id)) == []


@pytest.mark.unguarded("tries to change what the database forbids")
def test_the_database_changes_no_fact(party: PartyValue) -> None:
    actions.record_facts(ACTOR, party.public_id, [new_fact("status", "存续")], now=NOW)
    with pytest.raises(ProgrammingError), transaction.atomic():
        models.CompanyFact.objects.update(value="x")
