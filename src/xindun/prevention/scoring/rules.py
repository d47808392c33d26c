"""Decisions around a company grade: what goes in, when it is due again, what an override needs.

What a reader would get wrong: of several accounts the worst counts, as everywhere; and a payment
grade that nobody has refreshed for a quarter still counts, but with low confidence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from xindun.engine.additive import AdditiveModel, canonical
from xindun.engine.grade_policy import CAPS, GradePolicy
from xindun.kernel.errors import DomainError
from xindun.prevention.scoring.values.company import Outcome

DUE_AFTER = timedelta(days=28)
"""At least monthly, whatever the month."""
LONGEST_OVERRIDE = timedelta(days=366)
REASON_LENGTH = 1_000
CONFIDENCES = ("low", "medium", "high")
FEWEST_PEERS = 5
LATE_BELOW = Decimal(40)
"""Payment grades 8 to 10."""
INSOLVENCY = {"insolvency_opened": "insolvency"}
SECTION = re.compile(r"([A-U])(?![A-Za-z])")


class BadGradeOverride(DomainError):
    """Not a grade, or no reason."""

    code = "bad_grade_override"
    sentence = "A grade from 1 to 10 and a reason of up to {length} characters are needed."


class BadGradeOverrideDay(DomainError):
    """The last day lies behind, or too far ahead."""

    code = "bad_grade_override_day"
    sentence = "An override of a grade ends after {today} and at most {days} days later."


def check_override(grade: int, reason: str, expires_on: date, today: date) -> str:
    """The reason, trimmed.

    Raises:
        BadGradeOverride, BadGradeOverrideDay: as named.
    """
    said = reason.strip()
    if not 1 <= grade <= 10 or not 1 <= len(said) <= REASON_LENGTH:
        raise BadGradeOverride(length=REASON_LENGTH)
    if not today < expires_on <= today + LONGEST_OVERRIDE:
        raise BadGradeOverrideDay(today=today, days=LONGEST_OVERRIDE.days)
    return said


def payment_inputs(
    scores: Iterable[tuple[Decimal | None, str | None, date]], as_of: date, policy: GradePolicy
) -> dict[str, Any]:
    """Payment score and confidence of the worst account that has one.

    Args:
        scores: health score, confidence and day of each account's latest payment grade.
    """
    rated = [each for each in scores if each[0] is not None]
    if not rated:
        return {}
    score, confidence, day = min(rated, key=lambda each: (each[0], each[2]))
    if (as_of - day).days > policy.steady_days or confidence not in CONFIDENCES:
        confidence = "low"
    return {"payment_score": float(score or 0), "payment_confidence": confidence}


def event_inputs(kinds: Iterable[str], policy: GradePolicy) -> dict[str, bool]:
    """Which public events in force the policy counts; an opened insolvency is ``insolvency``."""
    named = {INSOLVENCY.get(kind, kind) for kind in kinds}
    return {code: True for code in (*CAPS, *policy.events) if code in named}


def section_of(activity: str) -> str | None:
    """The section letter that a stated activity begins with (``C 制造业``, ``G46.3``); else None.

    >>> section_of("C26 化学原料"), section_of("Trading")
    ('C', None)
    """
    found = SECTION.match(activity.strip())
    return found.group(1) if found else None


def statements_age(period_end: date | None, as_of: date, policy: GradePolicy) -> str | None:
    """Whether the latest statements are fresh or old; None without any."""
    if period_end is None:
        return None
    return "old" if (as_of - period_end).days > policy.fresh_days else "fresh"


def is_calibrated(model: AdditiveModel | None, country: str | None) -> bool:
    """Whether the model was fitted where the company is."""
    return model is not None and country is not None and country in model.countries


def hash_of(body: Mapping[str, Any]) -> str:
    """SHA-256 of a plain body in one form."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def outcome(
    capped_since: bool, payment_since: Decimal | None, starts_on: date, as_of: date
) -> Outcome:
    """What became of a buyer since its grade was overridden.

    Args:
        capped_since: whether a later grade was capped by an insolvency or a dishonest-debtor entry.
        payment_since: the worst payment health score since; below :data:`LATE_BELOW` is late.
    """
    if capped_since:
        return Outcome.FAILED
    if payment_since is not None and payment_since < LATE_BELOW:
        return Outcome.LATE
    return Outcome.EARLY if as_of - starts_on < DUE_AFTER else Outcome.FINE


def is_due(input_hash: str, method: str, as_of: date, latest: tuple[str, str, date] | None) -> bool:
    """Whether a grade is to be given: the inputs or the method are others, or it is a month old.

    ``latest`` is the stored grade's input hash, method and day; None when there is none.
    """
    if latest is None:
        return True
    return latest[:2] != (input_hash, method) or as_of - latest[2] >= DUE_AFTER
