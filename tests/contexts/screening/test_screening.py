"""Parties are compared with the newest lists, and two people decide about what is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.contexts.screening.conftest import entry, listed
from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file.actions import record_facts
from xindun.record.company_file.values import NewFact
from xindun.record.parties.actions import state_identifier
from xindun.record.parties.values import PartyValue
from xindun.record.screening import actions, reads
from xindun.record.screening.models import Check, Hit, PublicEntry
from xindun.record.screening.values import (
    HitState,
    ListCode,
    Occasion,
    Role,
    StandingState,
    Thresholds,
)
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NotPermitted

DAY = timedelta(days=1)
USCC = "91110000600037341L"
Trio = dict[str, PartyValue]


def state(firm: Firm, party: PartyValue, at: timedelta = DAY) -> StandingState:
    found: StandingState = firm.asks(reads.standing, party.id, NOW + at).state
    return found


def test_nothing_is_screened_without_a_list(firm: Firm, trio: Trio) -> None:
    with pytest.raises(actions.NoListsLoaded):
        firm.does(actions.screen, firm.actor("anna"), trio["north"].public_id, Occasion.ORDER)
    assert state(firm, trio["north"]) is StandingState.NOT_SCREENED


def test_a_screening_finds_explains_and_is_evidence(firm: Firm, trio: Trio, eu: None) -> None:
    anna = firm.actor("anna")
    with pytest.raises(NotPermitted):
        firm.does(actions.screen, firm.actor("sam"), trio["north"].public_id, Occasion.ORDER)
    for name, hits in (("north", 1), ("clean", 0)):
        found = firm.does(actions.screen, anna, trio[name].public_id, Occasion.ONBOARDING)
        assert (found.parties, found.new_hits, found.open_hits) == (1, hits, hits)
    assert state(firm, trio["north"]) is StandingState.OPEN
    assert state(firm, trio["clean"]) is StandingState.CLEAR
    assert state(firm, trio["clean"], 91 * DAY) is StandingState.OUTDATED
    assert state(firm, trio["flower"]) is StandingState.NOT_SCREENED
    assert state(firm, trio["clean"], -DAY) is StandingState.NOT_SCREENED
    [hit] = firm.asks(reads.hits_of, trio["north"].id)
    assert (hit.list, hit.entry.key, hit.points) == (ListCode.EU, "EU.1", 100)
    assert hit.fields[0].ours == "Nordwind Sample Shipping Ltd"
    [record] = firm.records("party", trio["north"].public_id)[:1]
    assert record.kind == "party_screened"
    assert record.versions["eu"] == "e1".ljust(64, "0")
    assert record.result == {"new_hits": 1, "open_hits": 1}


def test_an_equal_number_is_a_hit_whatever_the_name_is(firm: Firm, trio: Trio) -> None:
    anna, party = firm.actor("anna"), trio["clean"]
    odd = replace(entry("EU.7", "Wholly Different Sample Works"), identifiers=(USCC,))
    actions.load_public(listed(ListCode.EU, "e7", odd), now=NOW)
    firm.does(actions.screen, anna, party.public_id, Occasion.ONBOARDING)
    assert not firm.asks(reads.hits_of, party.id)
    firm.does(state_identifier, anna, party.public_id, "uscc", USCC, source="licence")
    soon = datetime.now(UTC) + DAY
    firm.does(actions.screen, anna, party.public_id, Occasion.ONBOARDING, now=soon)
    [hit] = firm.asks(reads.hits_of, party.id)
    assert (hit.entry.key, hit.points) == ("EU.7", 100)
    [number] = [each for each in hit.fields if each.field == "identifier"]
    assert (number.ours, number.theirs) == (USCC, USCC)
    assert sum(each.points for each in hit.fields) == 100


def test_a_hit_is_decided_by_two_people(firm: Firm, trio: Trio, eu: None) -> None:
    anna, carl, olga = (firm.actor(name) for name in ("anna", "carl", "olga"))
    firm.does(actions.screen, anna, trio["north"].public_id, Occasion.ORDER)
    [hit] = firm.asks(reads.hits_of, trio["north"].id)
    with pytest.raises(actions.ReasonMissing):
        firm.does(actions.propose_decision, anna, hit.public_id, HitState.CLEARED, " ")
    proposal = firm.does(
        actions.propose_decision, anna, hit.public_id, HitState.CLEARED, "Other register number."
    )
    assert "register" not in str(proposal.payload)
    with pytest.raises(tenants.AlreadyProposed):
        firm.does(actions.propose_decision, carl, hit.public_id, HitState.CLEARED, "Me too.")
    with pytest.raises(NotPermitted):
        firm.does(tenants.approve, anna, proposal.public_id)
    assert state(firm, trio["north"]) is StandingState.OPEN
    firm.does(tenants.approve, carl, proposal.public_id, now=NOW + DAY)
    assert state(firm, trio["north"], 2 * DAY) is StandingState.CLEAR
    assert state(firm, trio["north"], DAY / 2) is StandingState.OPEN
    decided = firm.asks(reads.hit, hit.public_id)
    assert (decided.state, decided.reason) == (HitState.CLEARED, "Other register number.")
    assert decided.decided_by == carl.name
    kinds = [each.kind for each in firm.records("screening_hit", hit.public_id)]
    assert kinds == ["hit_decided", "hit_decision_proposed"]
    # Found again it stays cleared; two people may still confirm it.
    found = firm.does(actions.screen, anna, trio["north"].public_id, Occasion.RECEIPT)
    assert (found.new_hits, found.open_hits) == (0, 0)
    again = firm.does(actions.propose_decision, carl, hit.public_id, HitState.CONFIRMED, "It is.")
    firm.does(tenants.approve, olga, again.public_id)
    assert state(firm, trio["north"], 2 * DAY) is StandingState.CONFIRMED


def test_a_changed_list_screens_only_whom_it_concerns(firm: Firm, trio: Trio, eu: None) -> None:
    anna, carl = firm.actor("anna"), firm.actor("carl")
    assert firm.does(actions.screen_parties, anna, Occasion.ONBOARDING).parties == 3
    [hit] = firm.asks(reads.hits_of, trio["north"].id)
    proposal = firm.does(
        actions.propose_decision, anna, hit.public_id, HitState.CLEARED, "Somebody else."
    )
    firm.does(tenants.approve, carl, proposal.public_id)
    same = listed(ListCode.EU, "e1")
    assert actions.load_public(same, now=NOW) is None
    firm.does(actions.sweep, anna)
    # The entry changes (its cleared hit comes back open) and one comes that is like the flower.
    newer = listed(
        ListCode.EU,
        "e2",
        entry("EU.1", "NORDWIND SAMPLE SHIPPING", country="RU"),
        entry("EU.2", "Other"),
        entry("EU.3", "ROMASHKA SEMPL"),
    )
    version = actions.load_public(newer, now=NOW + DAY)
    assert version is not None
    assert (version.added, version.changed, version.removed) == (1, 1, 0)
    assert state(firm, trio["clean"], 2 * DAY) is StandingState.OUTDATED
    found = firm.does(actions.sweep, anna, now=NOW + DAY)
    assert (found.parties, found.new_hits) == (2, 2)
    assert [state(firm, each, 2 * DAY) for each in trio.values()] == [
        StandingState.OPEN,
        StandingState.OPEN,
        StandingState.CLEAR,
    ]
    with tenant_scope(firm.tenant.id):
        assert Check.objects.filter(party_id=trio["clean"].id).count() == 1
    assert firm.does(actions.sweep, anna, now=NOW + DAY) is None
    # The publisher takes both off: open hits end by themselves.
    actions.load_public(listed(ListCode.EU, "e3", entry("EU.2", "Other")), now=NOW + 2 * DAY)
    firm.does(actions.sweep, anna, now=NOW + 2 * DAY)
    assert state(firm, trio["north"], 3 * DAY) is StandingState.CLEAR
    assert state(firm, trio["north"], 3 * DAY / 2) is StandingState.OPEN
    rows = PublicEntry.objects.filter(entry_key="EU.1").order_by("id")
    assert [row.ended_id is not None for row in rows] == [True, True]


def test_a_confirmed_hit_does_not_end_with_its_entry(firm: Firm, trio: Trio, eu: None) -> None:
    anna, carl = firm.actor("anna"), firm.actor("carl")
    firm.does(actions.screen_parties, anna, Occasion.ONBOARDING)
    [hit] = firm.asks(reads.hits_of, trio["north"].id)
    proposal = firm.does(actions.propose_decision, anna, hit.public_id, HitState.CONFIRMED, "Yes.")
    firm.does(tenants.approve, carl, proposal.public_id)
    actions.load_public(listed(ListCode.EU, "e2", entry("EU.2", "Other")), now=NOW + DAY)
    firm.does(actions.sweep, anna, now=NOW + DAY)
    assert state(firm, trio["north"], 2 * DAY) is StandingState.CONFIRMED


def test_a_watch_list_is_the_companys_own(firm: Firm, trio: Trio) -> None:
    anna, carl = firm.actor("anna"), firm.actor("carl")
    mine = listed(ListCode.WATCH, "w1", entry("W1", "Blue Meadow Dairy"))
    with pytest.raises(NotPermitted):
        firm.does(actions.load_watch, anna, mine)
    firm.does(actions.load_watch, carl, mine)
    assert firm.does(actions.load_watch, carl, mine) is None
    firm.does(actions.screen_parties, anna, Occasion.ONBOARDING)
    assert state(firm, trio["clean"]) is StandingState.OPEN
    assert firm.asks(reads.hits_page, query="meadow", code=ListCode.WATCH).total == 1
    assert firm.asks(reads.hits_page, state=HitState.CLEARED).total == 0
    other = open_firm("Beta")
    assert other.asks(reads.newest_versions) == {}
    assert other.asks(reads.hits_page).total == 0


def test_settings_decide_what_a_hit_is(firm: Firm, trio: Trio, eu: None) -> None:
    anna, carl = firm.actor("anna"), firm.actor("carl")
    actions.load_public(listed(ListCode.UN, "u1", entry("U1", "Blue Meadows Diary")), now=NOW)
    with pytest.raises(NotPermitted):
        firm.does(actions.change_settings, anna, Thresholds(hit=60))
    assert firm.does(actions.screen_parties, anna, Occasion.REVIEW).new_hits == 1
    firm.does(actions.change_settings, carl, replace(Thresholds(), hit=60))
    assert firm.asks(reads.thresholds).hit == 60
    assert firm.does(actions.screen_parties, anna, Occasion.REVIEW).new_hits == 1
    with tenant_scope(firm.tenant.id):
        assert Hit.objects.filter(list="un").count() == 1


def test_owners_and_banks_of_the_company_file_are_compared(
    firm: Firm, trio: Trio, eu: None
) -> None:
    anna, party = firm.actor("anna"), trio["clean"]
    actions.load_public(
        listed(ListCode.UN, "u1", entry("U1", "SAMPLEMAN Testo"), entry("U2", "Sample Nord Bank")),
        now=NOW,
    )
    firm.does(
        record_facts,
        anna,
        party.public_id,
        [
            NewFact(kind, value, "register", "", NOW.date(), NOW)
            for kind, value in (
                ("beneficial_owners", [{"name": "Testo Sampleman", "role": "owner"}]),
                ("bank", "Sample Nord Bank"),
            )
        ],
    )
    # What a fact is known since is the database's clock.
    later = datetime.now(UTC) + DAY
    screened = firm.does(actions.screen, anna, party.public_id, Occasion.ONBOARDING, now=later)
    assert screened.subjects == 3
    found = firm.asks(reads.hits_of, party.id)
    assert {(hit.role, hit.entry.key) for hit in found} == {(Role.OWNER, "U1"), (Role.BANK, "U2")}


def test_who_was_never_screened_is_found(firm: Firm, trio: Trio, eu: None) -> None:
    anna = firm.actor("anna")
    firm.does(actions.screen, anna, trio["clean"].public_id, Occasion.ORDER)
    assert firm.does(actions.screen_due, anna).parties == 2
    assert firm.does(actions.screen_due, anna) is None
    assert firm.does(actions.screen_due, anna, now=NOW + 91 * DAY).parties == 3
