"""A checklist says of each item whether it is on file, why not, and whether that can be waived."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from xindun.prevention.onboarding import rules
from xindun.prevention.onboarding.values import (
    DEFAULT,
    ChecklistState,
    Item,
    Line,
    LineState,
    OnFile,
    Requirement,
    Waiver,
    Why,
)
from xindun.record.screening.values import StandingState

TODAY = date(2026, 7, 1)
DAY = timedelta(days=1)
OLD = TODAY - 400 * DAY


def found(
    *items: Item,
    dated_on: date = TODAY,
    standing: StandingState = StandingState.CLEAR,
    **more: object,
) -> OnFile:
    return OnFile(
        identified=True,
        country="CN",
        known=dict.fromkeys(items, (dated_on, "seen")),
        standing=standing,
        screened_on=TODAY,
        **more,  # type: ignore[arg-type]
    )


def judged(on_file: OnFile, amount: int | None = 60_000) -> dict[Item, tuple[LineState, Why]]:
    wanted = None if amount is None else Decimal(amount)
    lines = rules.lines_of(DEFAULT, on_file, amount=wanted, as_of=TODAY)
    return {line.item: (line.state, line.why) for line in lines}


def test_nothing_is_started_while_nobody_knows_who_the_buyer_is() -> None:
    unknown = OnFile(identified=False, country=None)
    lines = rules.lines_of(DEFAULT, unknown, amount=None, as_of=TODAY)
    assert {line.why for line in lines} == {Why.NO_PARTY}
    assert rules.state_of(lines, unknown) is ChecklistState.NOT_STARTED
    with pytest.raises(rules.NotWaivable):
        rules.check_waiver(lines[0], "Because.", TODAY, TODAY)


def test_everything_on_file_is_complete() -> None:
    everything = found(*Item)
    lines = rules.lines_of(DEFAULT, everything, amount=None, as_of=TODAY)
    assert {line.state for line in lines} == {LineState.DONE}
    assert rules.state_of(lines, everything) is ChecklistState.COMPLETE
    registration = next(line for line in lines if line.item is Item.REGISTRATION)
    assert registration.good_until == TODAY + 365 * DAY


def test_age_amount_and_country_decide_what_is_needed() -> None:
    aged = judged(found(*Item, dated_on=OLD))
    assert aged[Item.REGISTRATION] == (LineState.STALE, Why.TOO_OLD)
    assert aged[Item.ADDRESS] == aged[Item.STATEMENT] == (LineState.DONE, Why.ON_FILE)
    small = judged(found(), amount=10_000)
    assert small[Item.BANK] == (LineState.NOT_NEEDED, Why.BELOW_AMOUNT)
    assert judged(found(), amount=10_001)[Item.BANK] == (LineState.MISSING, Why.NOTHING)
    assert judged(found(), amount=None)[Item.STATEMENT] == (LineState.MISSING, Why.NOTHING)
    abroad = (Requirement(Item.BANK, countries=("DE",)),)
    [line] = rules.lines_of(abroad, found(), amount=None, as_of=TODAY)
    assert (line.state, line.why) == (LineState.NOT_NEEDED, Why.OTHER_COUNTRY)
    [line] = rules.lines_of(abroad, OnFile(identified=True, country=None), amount=None, as_of=TODAY)
    assert line.state is LineState.MISSING


@pytest.mark.parametrize(
    ("standing", "state", "why"),
    [
        (StandingState.CLEAR, LineState.DONE, Why.ON_FILE),
        (StandingState.OPEN, LineState.REFUSED, Why.HIT_OPEN),
        (StandingState.CONFIRMED, LineState.REFUSED, Why.HIT_CONFIRMED),
        (StandingState.NOT_SCREENED, LineState.MISSING, Why.NOT_SCREENED),
        (StandingState.OUTDATED, LineState.STALE, Why.LIST_CHANGED),
    ],
)
def test_the_screening_stands_as_the_party_does(
    standing: StandingState, state: LineState, why: Why
) -> None:
    assert judged(found(standing=standing))[Item.SCREENING] == (state, why)


def test_a_waiver_lets_pass_but_never_past_a_confirmed_hit() -> None:
    waivers = tuple(
        Waiver(uuid4(), item, "Old customer", TODAY, "user:a")
        for item in (Item.CONTRACT, Item.SCREENING)
    )
    rest = [item for item in Item if item not in (Item.CONTRACT, Item.SCREENING)]
    open_hit = found(*rest, standing=StandingState.OPEN, waivers=waivers)
    lines = rules.lines_of(DEFAULT, open_hit, amount=None, as_of=TODAY)
    assert rules.state_of(lines, open_hit) is ChecklistState.WAIVED
    confirmed = found(*rest, standing=StandingState.CONFIRMED, waivers=waivers)
    lines = rules.lines_of(DEFAULT, confirmed, amount=None, as_of=TODAY)
    assert rules.state_of(lines, confirmed) is ChecklistState.MISSING
    [hit] = [line for line in lines if line.item is Item.SCREENING]
    with pytest.raises(rules.NotWaivable):
        rules.check_waiver(hit, "Because.", TODAY, TODAY)


def test_proofs_waivers_and_checklists_have_bounds() -> None:
    assert rules.check_proof(Item.BANK, " Letter  7 ", TODAY, TODAY) == "Letter 7"
    for item, reference, day in (
        (Item.SCREENING, "x", TODAY),
        (Item.BANK, " ", TODAY),
        (Item.BANK, "x", TODAY + DAY),
    ):
        with pytest.raises(rules.BadProof):
            rules.check_proof(item, reference, day, TODAY)
    missing = Line(Item.BANK, LineState.MISSING, Why.NOTHING, Requirement(Item.BANK))
    for reason, last in ((" ", TODAY), ("x", TODAY - DAY), ("x", TODAY + 181 * DAY)):
        with pytest.raises(rules.BadWaiver):
            rules.check_waiver(missing, reason, last, TODAY)
    for wrong in (
        (Requirement(Item.BANK), Requirement(Item.BANK)),
        (Requirement(Item.BANK, max_age_days=0),),
        (Requirement(Item.BANK, above=Decimal(-1)),),
        (Requirement(Item.BANK, above=Decimal("NaN")),),
        (Requirement(Item.BANK, countries=("china",)),),
    ):
        with pytest.raises(rules.BadChecklist):
            rules.check_requirements(wrong)
    assert rules.requirements_of(rules.stored(DEFAULT)) == DEFAULT
