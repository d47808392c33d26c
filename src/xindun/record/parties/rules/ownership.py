"""May this share be recorded beside those that stand?

What a reader would get wrong: shares are added up on every day that the new one covers, not on
today. What was sold years ago may not exceed the whole either.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.record.parties.values import NewOwnership, Ownership

WHOLE = Decimal(100)
DECIMALS = 4
SOURCE_LENGTH = 300


class BadShare(DomainError):
    """Not a share."""

    code = "bad_share"
    sentence = "A share is above 0 and at most 100 per cent, with at most {decimals} decimals."


class BadOwnershipPeriod(DomainError):
    """It ends before it begins."""

    code = "bad_ownership_period"
    sentence = "The share ends on {ends_on}, which is not after its first day, {begins_on}."


class OwnershipInFuture(DomainError):
    """No source stands for a day to come."""

    code = "ownership_in_future"
    sentence = "The source stands for {as_of}, which is after today, {today}."


class OwnershipSourceMissing(DomainError):
    """Who says so?"""

    code = "ownership_source_missing"
    sentence = "Say where the share is stated, in at most {length} characters."


class OwnsItself(DomainError):
    """Both are one company."""

    code = "owns_itself"
    sentence = "A company is not its own owner."


class OwnershipOverlaps(DomainError):
    """The owner's share on some of these days is recorded already."""

    code = "ownership_overlaps"
    sentence = (
        "A share of this owner is recorded from {begins_on} on: end it or correct it instead."
    )


class SharesAboveWhole(DomainError):
    """The owners together would hold more than there is."""

    code = "shares_above_whole"
    sentence = "On {day} the recorded shares would add up to {sum} per cent of this company."


def check_ownership(new: NewOwnership, *, today: date) -> NewOwnership:
    """The share with its source in one line, when it is one.

    Raises:
        BadShare, BadOwnershipPeriod, OwnershipInFuture, OwnershipSourceMissing: as named.
    """
    source = " ".join(new.source.split())
    exponent = new.percent.normalize().as_tuple().exponent if new.percent.is_finite() else None
    if not isinstance(exponent, int) or not 0 < new.percent <= WHOLE or -exponent > DECIMALS:
        raise BadShare(decimals=DECIMALS)
    if new.ends_on is not None and new.ends_on <= new.begins_on:
        raise BadOwnershipPeriod(ends_on=new.ends_on, begins_on=new.begins_on)
    if new.as_of > today:
        raise OwnershipInFuture(as_of=new.as_of, today=today)
    if not 1 <= len(source) <= SOURCE_LENGTH:
        raise OwnershipSourceMissing(length=SOURCE_LENGTH)
    return NewOwnership(new.percent, source, new.as_of, new.starts_on, new.ends_on)


def check_room(new: NewOwnership, parent_id: int, others: Iterable[Ownership]) -> None:
    """Refuse a share for which the others of the same company leave no room.

    Args:
        parent_id: whose share it is.
        others: every other share in the company, whenever it is held.

    Raises:
        OwnershipOverlaps, SharesAboveWhole: as named.
    """
    beside = [each for each in others if _meet(new, each)]
    for each in beside:
        if each.parent_id == parent_id:
            raise OwnershipOverlaps(begins_on=each.begins_on)
    # A sum rises on first days only.
    for day in sorted({new.begins_on, *(max(each.begins_on, new.begins_on) for each in beside)}):
        held = sum((each.percent for each in beside if each.holds_on(day)), new.percent)
        if held > WHOLE:
            raise SharesAboveWhole(day=day, sum=held.normalize())


def _meet(one: NewOwnership, other: NewOwnership) -> bool:
    """Whether two half-open periods share a day."""
    return (one.ends_on is None or other.begins_on < one.ends_on) and (
        other.ends_on is None or one.begins_on < other.ends_on
    )
