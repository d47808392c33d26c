"""The self-check: check digits of published examples, completeness by country, age."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from xindun.kernel.company_numbers import BadIdentifier
from xindun.record.own_file import rules
from xindun.record.own_file.values import CheckState, CorrectionState, Fact, FactField

TODAY = date(2025, 6, 30)
GOOD = {
    FactField.USCC: "91110000600037341L",
    FactField.LEI: "213800KUD8LAJWSQ9D15",
    FactField.VAT: "DE136695976",
}


def fact(field: FactField, value: str, stated_on: date = TODAY) -> Fact:
    return Fact(field, value, "register", stated_on, datetime(2025, 6, 30, tzinfo=UTC))


@pytest.mark.parametrize("field", GOOD)
def test_one_changed_digit_of_an_identifier_is_found(field: FactField) -> None:
    value = GOOD[field]
    assert rules.is_well_formed(field, value)
    for position in range(len(value) - 3, len(value)):
        other = "1" if value[position] != "1" else "2"
        changed = value[:position] + other + value[position + 1 :]
        assert not rules.is_well_formed(field, changed), changed
        with pytest.raises(BadIdentifier):
            rules.check_statement(field, changed, "register", TODAY, TODAY)
    rules.check_statement(field, value, "register", TODAY, TODAY)


def test_identifiers_are_stored_compact() -> None:
    assert rules.normal_value(FactField.USCC, " 91110000 600037341l ") == GOOD[FactField.USCC]
    assert rules.normal_value(FactField.LEGAL_NAME, " 北京  华信 ") == "北京 华信"


def test_what_a_company_should_state_depends_on_its_country() -> None:
    assert FactField.USCC in rules.expected_fields("CN")
    assert FactField.VAT not in rules.expected_fields("CN")
    assert FactField.VAT in rules.expected_fields("DE")
    assert FactField.REGISTER_NUMBER in rules.expected_fields("US")


def test_the_self_check_counts_what_is_in_order() -> None:
    stated = [
        fact(FactField.LEGAL_NAME, "Acme"),
        fact(FactField.LEI, "213800KUD8LAJWSQ9D16"),
        fact(FactField.WEBSITE, "acme.example", TODAY - timedelta(days=366)),
        fact(FactField.USCC, GOOD[FactField.USCC]),
    ]
    lines = rules.self_check(stated, "US", TODAY)
    found = {line.field: line.state for line in lines}
    assert found[FactField.LEGAL_NAME] is CheckState.GOOD
    assert found[FactField.LEI] is CheckState.WRONG
    assert found[FactField.WEBSITE] is CheckState.OLD
    assert found[FactField.ACTIVITY] is CheckState.MISSING
    # Stated beyond what is expected of this country: shown and checked all the same.
    assert found[FactField.USCC] is CheckState.GOOD
    assert rules.completeness(lines) == (2, len(rules.expected_fields("US")) + 1)


@pytest.mark.parametrize(
    ("value", "source", "day", "refusal"),
    [
        ("", "register", TODAY, rules.BadStatement),
        ("Acme", "", TODAY, rules.BadStatement),
        ("x" * 301, "register", TODAY, rules.BadStatement),
        ("Acme", "register", TODAY + timedelta(days=1), rules.FutureDay),
    ],
)
def test_a_statement_without_ground_is_refused(
    value: str, source: str, day: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rules.check_statement(FactField.LEGAL_NAME, value, source, day, TODAY)


def test_a_founding_day_is_a_day() -> None:
    with pytest.raises(rules.BadDay):
        rules.check_statement(FactField.FOUNDED_ON, "May 2019", "register", TODAY, TODAY)


def test_only_what_is_open_can_be_answered() -> None:
    closed = {CorrectionState.ACCEPTED, CorrectionState.WITHDRAWN}
    for state in CorrectionState:
        for wanted in CorrectionState:
            if wanted in rules.STEPS[state]:
                rules.check_step(state, wanted)
                continue
            with pytest.raises(rules.WrongCorrectionStep):
                rules.check_step(state, wanted)
        assert (not rules.STEPS[state]) == (state in closed)
