"""A buyer passes its checklist by what is on file, or by what two people let pass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.receivables.ledgers import Doc, Importer
from tests.contexts.screening.conftest import entry, listed
from tests.contexts.tenants.conftest import NOW, Firm, open_firm
from xindun.kernel.money import Money
from xindun.prevention.onboarding import actions, reads
from xindun.prevention.onboarding.values import (
    DEFAULT,
    PROVABLE,
    Checklist,
    ChecklistState,
    Item,
    LineState,
)
from xindun.record.parties import actions as parties
from xindun.record.parties import reads as buyers
from xindun.record.parties.values import BuyerValue
from xindun.record.screening import actions as screening
from xindun.record.screening.values import ListCode, Occasion
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import Role

TODAY = date(2025, 6, 30)
DAY = timedelta(days=1)


@dataclass
class Case:
    """A firm with one buyer of its ledger."""

    firm: Firm
    buyer: BuyerValue

    def checklist(self, amount: Money | None = None, *, days: int = 0) -> Checklist:
        found: Checklist = self.firm.asks(
            reads.checklist,
            self.buyer.id,
            amount,
            as_of=TODAY + days * DAY,
            known_at=NOW + days * DAY,
        )
        return found

    def open_items(self, amount: Money | None = None) -> list[Item]:
        return [line.item for line in self.checklist(amount).open_items]

    def note(self, item: Item, dated_on: date = TODAY) -> None:
        party = self.firm.asks(buyers.party_of, self.buyer.id)
        self.firm.does(
            actions.note_proof,
            self.firm.actor("anna"),
            party.public_id,
            item,
            dated_on=dated_on,
            reference="Seen in the folder",
            today=TODAY,
        )

    def waives(self, item: Item, by: str = "anna") -> Any:
        return self.firm.does(
            actions.propose_waiver,
            self.firm.actor(by),
            self.buyer.public_id,
            item,
            reason="Known for ten years.",
            last_on=TODAY + 30 * DAY,
            today=TODAY,
        )


@pytest.fixture
def case(db: None, tmp_path: Path, settings: Any) -> Case:
    settings.XINDUN_HOME = tmp_path
    firm = open_firm()
    firm.joins("carl", Role.CREDIT_MANAGER)
    firm.joins("anna", Role.ANALYST)
    Importer(firm.tenant.id).take(Doc("A-1", buyer="K1", name="Blue Meadow Dairy"))
    [buyer] = firm.asks(buyers.search_buyers).rows
    return Case(firm, buyer)


@pytest.fixture
def matched(case: Case) -> Case:
    """The buyer's legal entity is known, and a list is loaded."""
    anna = case.firm.actor("anna")
    party = case.firm.does(parties.open_party, anna, "Blue Meadow Dairy Cooperative", "DE")
    case.firm.does(parties.match_buyer, anna, case.buyer.public_id, party.public_id, {})
    screening.load_public(listed(ListCode.EU, "e1", entry("EU.1", "Other")), now=NOW - DAY)
    return case


def test_what_is_noted_and_screened_completes_the_checklist(case: Case, matched: Case) -> None:
    assert case.open_items() == list(Item)[1:]
    for item in PROVABLE:
        case.note(item)
    assert case.open_items() == [Item.SCREENING]
    party = case.firm.asks(buyers.party_of, case.buyer.id)
    case.firm.does(screening.screen, case.firm.actor("anna"), party.public_id, Occasion.ONBOARDING)
    done = case.checklist()
    assert (done.state, done.version, done.passes) == (ChecklistState.COMPLETE, 0, True)
    # Ninety days later the screening counts no more, and the day before nothing was known.
    assert [line.item for line in case.checklist(days=91).open_items] == [Item.SCREENING]
    assert case.checklist(days=-1).state is ChecklistState.MISSING
    record = case.firm.records("party", party.public_id)[1]
    assert record.kind == "proof_noted"
    assert "folder" not in str(record.inputs)


def test_an_unknown_buyer_has_not_started(case: Case) -> None:
    assert case.checklist().state is ChecklistState.NOT_STARTED
    with pytest.raises(actions.NotWaivable):
        case.waives(Item.CONTRACT)
    assert not case.firm.asks(reads.can_sell_on_account, case.buyer.id, as_of=TODAY, known_at=NOW)


def test_amounts_count_in_the_base_currency_only(case: Case, matched: Case) -> None:
    small, large, foreign = (
        Money(Decimal(amount), currency)
        for amount, currency in ((10_000, "CNY"), (50_001, "CNY"), (1, "USD"))
    )
    assert Item.BANK not in case.open_items(small)
    assert {Item.BANK, Item.STATEMENT} <= set(case.open_items(large))
    assert {Item.BANK, Item.STATEMENT} <= set(case.open_items(foreign))


def test_a_waiver_counts_once_another_person_agreed(case: Case, matched: Case) -> None:
    for item in PROVABLE:
        if item is not Item.CONTRACT:
            case.note(item)
    proposal = case.waives(Item.CONTRACT)
    assert "ten years" not in str(proposal.payload)
    assert Item.CONTRACT in case.open_items()
    case.firm.does(tenants.approve, case.firm.actor("carl"), proposal.public_id)
    [line] = [each for each in case.checklist().lines if each.item is Item.CONTRACT]
    assert line.state is LineState.WAIVED
    assert line.waiver is not None
    assert line.waiver.granted_by == case.firm.actor("carl").name
    assert Item.CONTRACT in [each.item for each in case.checklist(days=31).open_items]
    kinds = [each.kind for each in case.firm.records("buyer", case.buyer.public_id)]
    assert kinds[:2] == ["waiver_granted", "waiver_proposed"]
    party = case.firm.asks(buyers.party_of, case.buyer.id)
    case.firm.does(screening.screen, case.firm.actor("anna"), party.public_id, Occasion.ORDER)
    assert case.checklist().state is ChecklistState.WAIVED


def test_another_checklist_needs_two_people_and_is_a_version(case: Case, matched: Case) -> None:
    wanted = [replace(each, countries=("CN",)) for each in DEFAULT if each.item is not Item.BANK]
    proposal = case.firm.does(actions.propose_checklist, case.firm.actor("carl"), wanted)
    assert case.firm.asks(reads.requirements).number == 0
    case.firm.does(tenants.approve, case.firm.actor("olga"), proposal.public_id)
    used = case.firm.asks(reads.requirements)
    assert (used.number, used.requirements) == (1, tuple(wanted))
    assert case.checklist().state is ChecklistState.COMPLETE
    assert case.checklist().version == 1
