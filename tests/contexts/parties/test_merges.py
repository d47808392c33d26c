"""Two files of one company: read as one after two people said so, and as before when undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contexts.company_file.conftest import new_fact
from tests.contexts.screening.conftest import entry, listed
from tests.contexts.statements.conftest import new_statement
from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.record.company_file import actions as files
from xindun.record.company_file import reads as company_file
from xindun.record.company_file.values import FactKind
from xindun.record.parties import actions, reads
from xindun.record.parties.actions import identifiers, merges
from xindun.record.parties.actions.matching import PROSPECT
from xindun.record.parties.models import Buyer, PartyMerge
from xindun.record.parties.rules import name_key, search_key, sort_key
from xindun.record.parties.rules.merging import MergeReasonMissing
from xindun.record.parties.values import PartyValue
from xindun.record.screening import actions as screening
from xindun.record.screening import reads as screenings
from xindun.record.screening.values import ListCode, Occasion, StandingState
from xindun.record.statements import reads as statements
from xindun.record.statements.actions import record_statement
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import proposals
from xindun.record.tenants.values import NotPermitted, Proposal, ProposalState, Role

LEI, OTHER_LEI, USCC = "213800KUD8LAJWSQ9D15", "097900BID10000147476", "91110000600037341L"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def firm(db: None) -> Firm:
    """Acme: Olga owns it, Anna is an analyst, Sam sells."""
    firm = open_firm()
    firm.joins("anna", Role.ANALYST)
    firm.joins("sam", Role.SALES)
    return firm


@pytest.fixture
def pair(firm: Firm) -> tuple[PartyValue, PartyValue]:
    """Two files on one company; the first is to be merged into the second."""
    olga = firm.actor("olga")
    return tuple(
        firm.does(actions.open_party, olga, name, "CN")
        for name in ("Huaxin Technology", "北京华信科技有限公司")
    )  # type: ignore[return-value]


def propose(firm: Firm, party: PartyValue, survivor: PartyValue, **said: Any) -> Any:
    return firm.does(
        actions.propose_merge,
        firm.actor("anna"),
        party.public_id,
        survivor.public_id,
        **{"reason": "one licence"} | said,
    )


def merge(firm: Firm, party: PartyValue, survivor: PartyValue, **said: Any) -> None:
    proposal = propose(firm, party, survivor, **said)
    firm.does(tenants.approve, firm.actor("olga"), proposal.public_id)


def waiting() -> list[Proposal]:
    return [each for each in proposals(NOW) if each.state is ProposalState.OPEN]


def undo(firm: Firm, party: PartyValue, **named: Any) -> None:
    firm.does(actions.undo_merge, firm.actor("anna"), party.public_id, reason="wrong", **named)


def buyer_of(firm: Firm, party: PartyValue, name: str) -> int:
    """A buyer that is the party."""

    def made(now: object) -> Buyer:
        return Buyer.objects.create(
            tenant_id=firm.tenant.id,
            source=PROSPECT,
            buyer_key=name,
            name=name,
            name_key=name_key(name),
            sort_key=sort_key(name),
            search_key=search_key(name),
        )

    row = firm.does(made)
    firm.does(actions.match_buyer, firm.actor("olga"), row.public_id, party.public_id, {})
    found: int = row.id
    return found


def seen(firm: Firm, party: PartyValue) -> dict[str, Any]:
    """What the file of a party holds, as later contexts read it."""
    then = {"as_of": date(2025, 6, 30), "known_at": LATER + timedelta(days=4000)}
    return {
        "facts": {each.value for each in firm.asks(company_file.facts_of, party.id, **then)},
        "sales": [
            each.figures.sales for each in firm.asks(statements.statements_of, party.id, **then)
        ],
        "numbers": {each.value for each in firm.asks(reads.identifiers_of, party.id)},
        "buyers": {each.name for each in firm.asks(reads.buyers_of, party.id)},
        "self": firm.asks(reads.party, party.public_id).name,
        "listed": [each.name for each in firm.asks(reads.parties)],
    }


def fill(firm: Firm, pair: tuple[PartyValue, PartyValue]) -> None:
    """Each file gets a fact, accounts, a number and a buyer of its own."""
    olga = firm.actor("olga")
    for party, text, year, scheme, value in (
        (pair[0], "Haidian", 2023, "lei", LEI),
        (pair[1], "Chaoyang", 2024, "uscc", USCC),
    ):
        fact = new_fact("address", text, source=f"register {year}")
        firm.does(files.record_facts, olga, party.public_id, [fact])
        accounts = new_statement(year, sales=year)
        firm.does(record_statement, olga, party.public_id, accounts)
        firm.does(actions.state_identifier, olga, party.public_id, scheme, value, source="register")
        buyer_of(firm, party, f"Buyer {year}")


@pytest.mark.unguarded("buyers come with a ledger's import, which this test leaves out")
def test_a_merged_file_is_read_as_one_and_undone_as_it_was(
    firm: Firm, pair: tuple[PartyValue, PartyValue]
) -> None:
    fill(firm, pair)
    before = [seen(firm, each) for each in pair]
    propose(firm, *pair)
    assert [seen(firm, each) for each in pair] == before, "a proposal changes nothing"
    [open_one] = firm.asks(waiting)
    firm.does(tenants.approve, firm.actor("olga"), open_one.public_id)

    whole = seen(firm, pair[1])
    assert whole == {
        "facts": {"Haidian", "Chaoyang"},
        "sales": [2024, 2023],
        "numbers": {LEI, USCC},
        "buyers": {"Buyer 2023", "Buyer 2024"},
        "self": pair[1].name,
        "listed": [pair[1].name],
    }
    assert firm.asks(reads.party, pair[0].public_id) == pair[1]
    assert firm.asks(reads.party_with, "lei", LEI) == pair[1]
    found = firm.asks(reads.candidates_for, "Huaxin Technology Ltd", None)
    assert [each.public_id for each in found] == [pair[1].public_id]
    [kept] = firm.asks(reads.merges_into, pair[1].id)
    assert (kept.party, kept.reason) == (pair[0], "one licence")
    [made, _opened] = firm.records("party", pair[0].public_id)[:2]
    assert (made.kind, made.result["survivor"]) == ("party_merged", str(pair[1].public_id))

    undo(firm, pair[0])
    assert [seen(firm, each) for each in pair] == before
    assert firm.records("party", pair[0].public_id)[0].kind == "party_merge_undone"


@pytest.mark.django_db
def test_what_was_known_before_the_merge_stays_readable(
    firm: Firm, pair: tuple[PartyValue, PartyValue]
) -> None:
    merge(firm, *pair)
    first, second = pair
    before = NOW - timedelta(seconds=1)
    assert firm.asks(reads.ids_behind, second.id) == (second.id, first.id)
    assert firm.asks(reads.ids_behind, first.id) == (second.id, first.id)
    assert firm.asks(reads.ids_behind, second.id, known_at=before) == (second.id,)
    assert firm.asks(reads.ids_behind, first.id, known_at=before) == (first.id,)
    undo(firm, first, now=LATER)
    assert firm.asks(reads.ids_behind, second.id) == (second.id,)
    assert firm.asks(reads.ids_behind, second.id, known_at=NOW) == (second.id, first.id)


@pytest.mark.django_db
def test_a_refused_merge_changes_nothing(firm: Firm, pair: tuple[PartyValue, PartyValue]) -> None:
    first, second = pair
    olga = firm.actor("olga")
    third = firm.does(actions.open_party, olga, "Third", "CN")
    for party, lei in ((first, LEI), (second, OTHER_LEI)):
        firm.does(actions.state_identifier, olga, party.public_id, "lei", lei, source="GLEIF")
    with pytest.raises(merges.SameParty):
        propose(firm, first, first)
    with pytest.raises(MergeReasonMissing):
        propose(firm, first, second, reason="  ")
    with pytest.raises(merges.NumbersContradict) as told:
        propose(firm, first, second)
    assert LEI in str(told.value) and OTHER_LEI in str(told.value)
    with pytest.raises(NotPermitted):
        firm.does(
            actions.propose_merge,
            *(firm.actor("sam"), first.public_id, second.public_id),
            reason="x",
        )
    assert (PartyMerge.objects.count(), firm.asks(waiting)) == (0, [])

    merge(firm, first, second, despite_numbers=True)
    for party, survivor, refusal in (
        (first, third, merges.PartyMerged),
        (third, first, merges.PartyMerged),
        (second, third, merges.PartyHoldsOthers),
    ):
        with pytest.raises(refusal):
            propose(firm, party, survivor)
    with pytest.raises(merges.NotMerged):
        undo(firm, third)
    with pytest.raises(NotPermitted):
        firm.does(actions.undo_merge, firm.actor("sam"), first.public_id, reason="x")
    assert firm.asks(reads.ids_behind, second.id) == (second.id, first.id)


@pytest.mark.django_db
def test_a_number_stated_at_either_file_is_withdrawn_and_stays_so(
    firm: Firm, pair: tuple[PartyValue, PartyValue]
) -> None:
    olga, (first, second) = firm.actor("olga"), pair
    firm.does(actions.state_identifier, olga, first.public_id, "lei", LEI, source="GLEIF")
    with pytest.raises(identifiers.IdentifierTaken):
        firm.does(actions.state_identifier, olga, second.public_id, "lei", LEI, source="GLEIF")
    merge(firm, first, second)
    firm.does(actions.state_identifier, olga, second.public_id, "lei", LEI, source="again")
    firm.does(actions.withdraw_identifier, olga, second.public_id, "lei", LEI, source="wrong")
    assert firm.asks(reads.identifiers_of, second.id) == ()
    undo(firm, first)
    assert firm.asks(reads.identifiers_of, first.id) == ()
    described = firm.asks(reads.candidates_for, first.name, None, numbers=(("lei", LEI),))
    assert all(
        field.field != "identifier" for each in described for field in each.comparison.fields
    ), "a withdrawn number decides nothing"


@pytest.mark.django_db
def test_a_merged_file_brings_its_hits_and_is_screened_anew(
    firm: Firm, pair: tuple[PartyValue, PartyValue]
) -> None:
    first, second = pair
    screening.load_public(listed(ListCode.EU, "e1", entry("EU.1", "HUAXIN TECHNOLOGY")), now=NOW)

    def state(party: PartyValue, days: int) -> StandingState:
        found: StandingState = firm.asks(
            screenings.standing, party.id, NOW + timedelta(days=days)
        ).state
        return found

    anna = firm.actor("anna")
    firm.does(screening.screen_parties, anna, Occasion.ONBOARDING)
    assert [state(each, 0) for each in pair] == [StandingState.OPEN, StandingState.CLEAR]
    proposal = propose(firm, first, second)
    firm.does(tenants.approve, firm.actor("olga"), proposal.public_id, now=LATER)
    assert state(second, 0) is StandingState.CLEAR, "as it stood then"
    assert state(second, 1) is StandingState.OPEN
    assert len(firm.asks(screenings.hits_of, second.id)) == 1
    two = NOW + timedelta(days=2)
    assert firm.does(screening.screen_due, anna, now=two).parties == 1
    assert state(second, 3) is StandingState.OPEN
    undo(firm, first, now=NOW + timedelta(days=4))
    four = NOW + timedelta(days=5)
    assert firm.does(screening.screen_due, anna, now=four).parties == 2
    assert [state(each, 6) for each in pair] == [StandingState.OPEN, StandingState.CLEAR]


def test_a_name_is_erased_from_every_file_behind(
    firm: Firm, pair: tuple[PartyValue, PartyValue]
) -> None:
    first, second = pair
    people = new_fact("officers", [{"name": "Li Sample", "role": "director"}])
    firm.does(files.record_facts, firm.actor("olga"), first.public_id, [people])
    merge(firm, first, second)
    erased = firm.does(
        *(files.erase_name, firm.actor("olga"), second.public_id, "Li Sample"),
        reason="asked_by_person",
    )
    undo(firm, first)
    [fact] = firm.asks(
        company_file.facts_of, first.id, as_of=NOW.date(), known_at=LATER + timedelta(days=4000)
    )
    assert (erased, fact.kind, fact.value[0]["name"]) == (1, FactKind.OFFICERS, "")  # type: ignore[index, call-overload]
