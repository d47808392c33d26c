"""What a statement must look like, what a complete file holds, and how a correction goes on.

What a reader would get wrong: the checks are of form. A Unified Social Credit Code (GB 32100),
an LEI (ISO 17442) and a VAT number carry check digits; that they are the company's own is for the
register to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from xindun.kernel import company_numbers
from xindun.kernel.errors import DomainError
from xindun.record.own_file.values import (
    CheckLine,
    CheckState,
    CorrectionState,
    Fact,
    FactField,
)

VALUE_LENGTH, SOURCE_LENGTH, TEXT_LENGTH = 300, 300, 2_000
OLD_AFTER = timedelta(days=365)
"""A fact whose source is older should be looked up again."""

EU = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
STEPS: dict[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.ASKED: frozenset(
        {CorrectionState.ACCEPTED, CorrectionState.REFUSED, CorrectionState.WITHDRAWN}
    ),
    # A refusal can be taken further and accepted in the end.
    CorrectionState.REFUSED: frozenset({CorrectionState.ACCEPTED, CorrectionState.WITHDRAWN}),
    CorrectionState.ACCEPTED: frozenset(),
    CorrectionState.WITHDRAWN: frozenset(),
}


class BadStatement(DomainError):
    """A statement without value or source, or too long."""

    code = "bad_statement"
    sentence = "A value of up to {length} characters and its source are needed."


class FutureDay(DomainError):
    """A day that has not come."""

    code = "future_day"
    sentence = "{day} has not come yet."


class BadDay(DomainError):
    """Not a day."""

    code = "bad_day"
    sentence = "{value} is not a day; write it like 2019-05-31."


class WrongCorrectionStep(DomainError):
    """The request cannot go from here to there."""

    code = "wrong_correction_step"
    sentence = "A correction that is {state} cannot become {wanted}."


def expected_fields(country: str) -> tuple[FactField, ...]:
    """What a complete file states, by the company's country."""
    own = FactField.REGISTER_NUMBER
    if country == "CN":
        own = FactField.USCC
    tax = (FactField.VAT,) if country in EU else ()
    return (
        *(FactField.LEGAL_NAME, FactField.LEGAL_FORM, FactField.REGISTERED_ADDRESS),
        *(own, *tax, FactField.LEI, FactField.FOUNDED_ON, FactField.ACTIVITY, FactField.WEBSITE),
    )


def is_well_formed(field: FactField, value: str) -> bool:
    """Whether an identifier's check digits fit; any other text passes.

    >>> is_well_formed(FactField.USCC, "91110000600037341L")
    True
    >>> is_well_formed(FactField.USCC, "91110000600037341M")
    False
    """
    match field:
        case FactField.USCC | FactField.LEI | FactField.VAT:
            return company_numbers.is_valid(field.value, value)
        case FactField.FOUNDED_ON:
            return _is_day(value)
        case _:
            return True


def normal_value(field: FactField, value: str) -> str:
    """The value as it is stored: trimmed; identifiers compact and in capitals."""
    text = " ".join(value.split())
    if field in (FactField.USCC, FactField.LEI, FactField.VAT):
        return text.replace(" ", "").replace("-", "").upper()
    return text


def check_statement(
    field: FactField, value: str, source: str, stated_on: date, today: date
) -> None:
    """Refuse a statement that cannot stand.

    Raises:
        BadStatement, BadIdentifier, BadDay, FutureDay: as named.
    """
    if not 1 <= len(value) <= VALUE_LENGTH or not 1 <= len(source) <= SOURCE_LENGTH:
        raise BadStatement(length=VALUE_LENGTH)
    if not is_well_formed(field, value):
        if field is FactField.FOUNDED_ON:
            raise BadDay(value=value)
        company_numbers.checked(field.value, value)
    check_day(stated_on, today)


def check_day(day: date, today: date) -> None:
    """Refuse a day that has not come.

    Raises:
        FutureDay: as the name says.
    """
    if day > today:
        raise FutureDay(day=day)


def check_step(state: CorrectionState, wanted: CorrectionState) -> None:
    """Refuse a step that the states do not allow.

    Raises:
        WrongCorrectionStep: as the name says.
    """
    if wanted not in STEPS[state]:
        raise WrongCorrectionStep(state=state.value, wanted=wanted.value)


def self_check(facts: Iterable[Fact], country: str, today: date) -> list[CheckLine]:
    """Every expected field with its state, then whatever else is stated."""
    stated = {fact.field: fact for fact in facts}
    expected = expected_fields(country)
    fields = (*expected, *(field for field in FactField if field not in expected))
    return [
        CheckLine(field, _state(stated.get(field), today), stated.get(field))
        for field in fields
        if field in expected or field in stated
    ]


def completeness(lines: Iterable[CheckLine]) -> tuple[int, int]:
    """How many lines are good, of how many."""
    states = [line.state for line in lines]
    return states.count(CheckState.GOOD), len(states)


def _state(fact: Fact | None, today: date) -> CheckState:
    if fact is None:
        return CheckState.MISSING
    if not is_well_formed(fact.field, fact.value):
        return CheckState.WRONG
    return CheckState.OLD if today - fact.stated_on > OLD_AFTER else CheckState.GOOD


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
