"""Where a party stands with the lists, and which step a hit may take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from xindun.kernel.errors import DomainError
from xindun.record.screening.values import (
    EntryKind,
    HitState,
    ListCode,
    Standing,
    StandingState,
    Subject,
    Thresholds,
)

REASON_LENGTH = 2_000
STEPS: dict[HitState, frozenset[HitState]] = {
    HitState.OPEN: frozenset({HitState.CLEARED, HitState.CONFIRMED}),
    # New facts may turn either decision over, with two people again.
    HitState.CLEARED: frozenset({HitState.CONFIRMED}),
    HitState.CONFIRMED: frozenset({HitState.CLEARED}),
    HitState.SUPERSEDED: frozenset(),
}


class WrongHitStep(DomainError):
    """The hit cannot go from here to there."""

    code = "wrong_hit_step"
    sentence = "A hit that is {state} cannot become {wanted}."


class ReasonMissing(DomainError):
    """Nobody said why."""

    code = "reason_missing"
    sentence = "A reason of up to {length} characters is needed."


class BadThresholds(DomainError):
    """Points or days out of bounds."""

    code = "bad_thresholds"
    sentence = "A hit begins at 60 to 100 points, and a screening counts for 1 to 366 days."


def check_step(state: HitState, wanted: HitState) -> None:
    """Refuse a step that the states do not allow.

    Raises:
        WrongHitStep: as the name says.
    """
    if wanted not in STEPS[state]:
        raise WrongHitStep(state=state.value, wanted=wanted.value)


def check_reason(reason: str) -> str:
    """The reason, trimmed.

    Raises:
        ReasonMissing: as the name says.
    """
    said = reason.strip()
    if not 1 <= len(said) <= REASON_LENGTH:
        raise ReasonMissing(length=REASON_LENGTH)
    return said


def check_thresholds(thresholds: Thresholds) -> None:
    """Refuse settings under which everything or nothing would be a hit.

    Raises:
        BadThresholds: as the name says.
    """
    if not 60 <= thresholds.hit <= 100 or not 1 <= thresholds.valid_days <= 366:
        raise BadThresholds


def standing(
    states: Iterable[HitState],
    *,
    screened_at: datetime | None,
    covered_at: datetime | None,
    used: Mapping[str, int],
    newest: Mapping[str, int],
    valid_days: int,
    at: datetime,
) -> Standing:
    """The worst that is true of a party.

    Args:
        states: of its hits that are not superseded.
        used: list → version it was compared with; ``newest`` the same of what is loaded.
        at: the moment that is asked about.
    """
    found = list(states)
    behind = tuple(
        ListCode(code) for code, version in sorted(newest.items()) if used.get(code) != version
    )
    covered = covered_at or screened_at
    due = covered is None or bool(behind) or covered < at - timedelta(days=valid_days)
    state = StandingState.CLEAR
    if HitState.CONFIRMED in found:
        state = StandingState.CONFIRMED
    elif HitState.OPEN in found:
        state = StandingState.OPEN
    elif screened_at is None or not newest:
        state = StandingState.NOT_SCREENED
    elif due:
        state = StandingState.OUTDATED
    return Standing(
        state=state,
        screened_at=screened_at,
        covered_at=covered,
        behind=behind if screened_at else (),
        due=due,
        open_hits=found.count(HitState.OPEN),
        confirmed_hits=found.count(HitState.CONFIRMED),
    )


def subject_key(subject: Subject) -> str:
    """What makes a subject the same one at the next screening."""
    return f"{subject.role.value}:{subject.names[0].casefold() if subject.names else ''}"


def is_person(subject: Subject) -> bool:
    """Whether the subject's name is personal data."""
    return subject.kind is EntryKind.PERSON
