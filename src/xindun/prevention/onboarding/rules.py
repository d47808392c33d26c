"""How a buyer's checklist stands, and what a checklist, a proof and a waiver must look like.

What a reader would get wrong: a confirmed hit on a sanctions list cannot be waived, nor can it be
that nobody knows who the buyer is. And without an amount, or with one in another currency than the
company's, every item that depends on an amount is needed: what cannot be compared never lets pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from xindun.kernel.errors import DomainError
from xindun.prevention.onboarding.values import (
    PROVABLE,
    ChecklistState,
    Item,
    Line,
    LineState,
    OnFile,
    Requirement,
    Why,
)
from xindun.record.screening.values import StandingState

TEXT_LENGTH = 2_000
LONGEST_WAIVER_DAYS = 180
LONGEST_AGE_DAYS = 3_650
NOT_WAIVABLE = frozenset({Why.NO_PARTY, Why.HIT_CONFIRMED})
_BY_STANDING = {
    StandingState.CONFIRMED: (LineState.REFUSED, Why.HIT_CONFIRMED),
    StandingState.OPEN: (LineState.REFUSED, Why.HIT_OPEN),
    StandingState.NOT_SCREENED: (LineState.MISSING, Why.NOT_SCREENED),
    StandingState.OUTDATED: (LineState.STALE, Why.LIST_CHANGED),
}


class BadChecklist(DomainError):
    """An item twice, an age or an amount that cannot be."""

    code = "bad_checklist"
    sentence = (
        "A checklist names each item once, an age of 1 to {days} days, amounts of 0 or more, and"
        " countries by their codes such as CN."
    )


class BadProof(DomainError):
    """No reference, a day to come, or an item that is not proved by somebody's word."""

    code = "bad_proof"
    sentence = "A reference of up to {length} characters and a day up to {today} are needed."


class BadWaiver(DomainError):
    """No reason, or a day out of bounds."""

    code = "bad_waiver"
    sentence = "A reason and a last day from {today}, at most {days} days later, are needed."


class NotWaivable(DomainError):
    """Nothing to waive, or something that may not be."""

    code = "not_waivable"
    sentence = (
        "This item cannot be waived: it is not missing, the buyer is not identified, or a hit on a"
        " sanctions list is confirmed."
    )


def lines_of(
    requirements: Iterable[Requirement],
    found: OnFile,
    *,
    amount: Decimal | None,
    as_of: date,
) -> tuple[Line, ...]:
    """Every requirement with how it stands.

    Args:
        amount: of the sale or the limit in the company's base currency; None for any amount.
    """
    order = list(Item)
    wanted = sorted(requirements, key=lambda each: order.index(each.item))
    return tuple(_line(each, found, amount, as_of) for each in wanted)


def state_of(lines: Iterable[Line], found: OnFile) -> ChecklistState:
    """The buyer's state; not started while nothing at all is known of it."""
    states = {line.state for line in lines if line.state is not LineState.NOT_NEEDED}
    if states & {LineState.MISSING, LineState.STALE, LineState.REFUSED}:
        return (
            ChecklistState.MISSING
            if found.identified or found.waivers
            else ChecklistState.NOT_STARTED
        )
    return ChecklistState.WAIVED if LineState.WAIVED in states else ChecklistState.COMPLETE


def check_requirements(requirements: Iterable[Requirement]) -> None:
    """Refuse a checklist that cannot be meant.

    Raises:
        BadChecklist: as the name says.
    """
    wanted = list(requirements)
    ages = (each.max_age_days for each in wanted if each.max_age_days is not None)
    amounts = (each.above for each in wanted if each.above is not None)
    codes = (code for each in wanted for code in each.countries)
    if (
        len({each.item for each in wanted}) != len(wanted)
        or not all(1 <= age <= LONGEST_AGE_DAYS for age in ages)
        or not all(each.is_finite() and each >= 0 for each in amounts)
        or not all(len(code) == 2 and code.isascii() and code.isupper() for code in codes)
    ):
        raise BadChecklist(days=LONGEST_AGE_DAYS)


def check_proof(item: Item, reference: str, dated_on: date, today: date) -> str:
    """The reference, trimmed.

    Raises:
        BadProof: as the name says.
    """
    said = " ".join(reference.split())
    if item not in PROVABLE or not 1 <= len(said) <= TEXT_LENGTH or dated_on > today:
        raise BadProof(length=TEXT_LENGTH, today=today)
    return said


def check_waiver(line: Line | None, reason: str, last_on: date, today: date) -> str:
    """The reason, trimmed.

    Args:
        line: how the item stands now; None when the checklist does not name it.

    Raises:
        NotWaivable, BadWaiver: as named.
    """
    stops = (LineState.MISSING, LineState.STALE, LineState.REFUSED)
    if line is None or line.state not in stops or line.why in NOT_WAIVABLE:
        raise NotWaivable
    said = reason.strip()
    last = today + timedelta(days=LONGEST_WAIVER_DAYS)
    if not 1 <= len(said) <= TEXT_LENGTH or not today <= last_on <= last:
        raise BadWaiver(today=today, days=LONGEST_WAIVER_DAYS)
    return said


def stored(requirements: Iterable[Requirement]) -> list[dict[str, Any]]:
    """The checklist as JSON."""
    return [
        {
            "item": each.item.value,
            "max_age_days": each.max_age_days,
            "above": None if each.above is None else str(each.above),
            "countries": list(each.countries),
        }
        for each in requirements
    ]


def requirements_of(plain: Iterable[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    """The checklist from its JSON."""
    return tuple(
        Requirement(
            Item(each["item"]),
            each["max_age_days"],
            None if each["above"] is None else Decimal(each["above"]),
            tuple(each["countries"]),
        )
        for each in plain
    )


def _line(wanted: Requirement, found: OnFile, amount: Decimal | None, as_of: date) -> Line:
    if wanted.countries and found.country is not None and found.country not in wanted.countries:
        return Line(wanted.item, LineState.NOT_NEEDED, Why.OTHER_COUNTRY, wanted)
    if wanted.above is not None and amount is not None and amount <= wanted.above:
        return Line(wanted.item, LineState.NOT_NEEDED, Why.BELOW_AMOUNT, wanted)
    line = _judged(wanted, found, as_of)
    if line.state is LineState.DONE or line.why in NOT_WAIVABLE:
        return line
    waiver = next((each for each in found.waivers if each.item is wanted.item), None)
    if waiver is None:
        return line
    return replace(line, state=LineState.WAIVED, why=Why.WAIVED, waiver=waiver)


def _judged(wanted: Requirement, found: OnFile, as_of: date) -> Line:
    if not found.identified:
        return Line(wanted.item, LineState.MISSING, Why.NO_PARTY, wanted)
    if wanted.item is Item.IDENTITY:
        return Line(wanted.item, LineState.DONE, Why.ON_FILE, wanted)
    if wanted.item is Item.SCREENING:
        dated, source = found.screened_on, ""
        if found.standing in _BY_STANDING:
            state, why = _BY_STANDING[found.standing]
            return Line(wanted.item, state, why, wanted, dated)
    else:
        dated, source = found.known.get(wanted.item, (None, ""))
    if dated is None:
        return Line(wanted.item, LineState.MISSING, Why.NOTHING, wanted)
    until = None if wanted.max_age_days is None else dated + timedelta(days=wanted.max_age_days)
    if until is not None and until < as_of:
        return Line(wanted.item, LineState.STALE, Why.TOO_OLD, wanted, dated, source, until)
    return Line(wanted.item, LineState.DONE, Why.ON_FILE, wanted, dated, source, until)
