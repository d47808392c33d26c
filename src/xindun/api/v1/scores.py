"""Company grades: the one that counts, its history, and the proof of one.

What a reader would get wrong: this is the probability of failing, not the payment grade of an
account (``/grades``). Probabilities are shares of 1 as text; the one of 180 days is derived by a
constant hazard. An uncalibrated grade orders companies and raises no limit by itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from xindun.api.operations import operation
from xindun.api.v1.customers import DayAsked
from xindun.api.v1.shapes import Figure, Shape, figure, figure_or_none
from xindun.kernel.errors import DomainError
from xindun.prevention.scoring import actions, reads
from xindun.prevention.scoring.values import CompanyGrade
from xindun.record.parties import reads as parties
from xindun.record.tenants.values import Permission

router = Router(tags=["Grades and limits"])


class NotGraded(DomainError):
    """The customer has no company grade on that day."""

    code = "not_graded"
    sentence = "This customer has no company grade yet."


class ScoreReason(Shape):
    """One additive part; the sum over all reasons is the score's log-odds exactly."""

    code: str
    dimension: str
    log_odds: Figure


class ScoreChange(Shape):
    """One input as it is and as it would have to be."""

    code: str
    from_value: float | bool
    to_value: float | bool


class ScoreLift(Shape):
    """Changes that together reach a better grade."""

    changes: list[ScoreChange]
    reaches_grade: int


class ScoreBrief(Shape):
    """A grade in the past."""

    id: UUID
    as_of: date
    known_at: datetime
    grade: int | None
    pd_12m: Figure | None
    health_score: Figure | None
    model: str
    policy: str
    trigger: str


class ScoreShape(ScoreBrief):
    """A company grade with everything it was made from."""

    in_force: int | None = Field(description="The grade that counts: an override's, if any.")
    overridden_until: date | None = Field(description="The first day the override is over.")
    not_rated_reason: str | None
    scale: str
    direction: str
    horizon_days: int
    pd_low: Figure | None = Field(
        description="Interval of pd_12m at 80 per cent, stated by policy."
    )
    pd_high: Figure | None
    pd_180d: Figure | None = Field(description="Derived by a constant hazard, not estimated.")
    confidence: str | None
    calibrated: bool = Field(description="Whether the model was fitted where the customer is.")
    cap: str | None
    log_odds: Figure = Field(description="The sum of the reasons.")
    dimensions: dict[str, Figure | None] = Field(description="pd_12m by each dimension alone.")
    reasons: list[ScoreReason]
    lifts: list[ScoreLift]
    inputs: dict[str, Any]
    input_hash: str
    output_hash: str


class ScoresPage(Shape):
    """Company grades, the newest first."""

    items: list[ScoreBrief]


class ScoreReplay(Shape):
    """A grade computed again from its stored inputs."""

    id: UUID
    same: bool = Field(description="Bit for bit.")
    recorded_hash: str
    computed_hash: str
    differing: list[str]


@router.get(
    "/customers/{uuid:customer_id}/score",
    response=ScoreShape,
    summary="A customer's company grade",
)
@operation(Permission.FILES_READ)
def get_score(request: HttpRequest, customer_id: UUID, params: Query[DayAsked]) -> ScoreShape:
    """The newest grade, or that of a day, with reasons, interval, lifts and inputs."""
    found = reads.grade_of(parties.buyer(customer_id).id, as_of=params.as_of)
    if found is None:
        raise NotGraded
    return _shape(found)


@router.get(
    "/customers/{uuid:customer_id}/scores",
    response=ScoresPage,
    summary="A customer's company grades so far",
)
@operation(Permission.FILES_READ)
def list_scores(request: HttpRequest, customer_id: UUID, params: Query[DayAsked]) -> ScoresPage:
    """Every grade up to a day, the newest first, at most 200."""
    rows = reads.grade_history(parties.buyer(customer_id).id, as_of=params.as_of)
    return ScoresPage(items=[ScoreBrief(**_brief(each)) for each in rows])


@router.post(
    "/scores/{uuid:score_id}/replay", response=ScoreReplay, summary="Prove a company grade"
)
@operation(Permission.FILES_READ)
def replay_score(request: HttpRequest, score_id: UUID) -> ScoreReplay:
    """Compute a grade again from its stored inputs and method; nothing is written."""
    found = actions.replay_grade(score_id)
    return ScoreReplay(
        id=found.public_id,
        same=found.same,
        recorded_hash=found.recorded_hash,
        computed_hash=found.computed_hash,
        differing=list(found.differing),
    )


def _brief(found: CompanyGrade) -> dict[str, Any]:
    return {
        "id": found.public_id,
        "as_of": found.as_of,
        "known_at": found.known_at,
        "grade": found.grade,
        "pd_12m": figure_or_none(found.pd_12m),
        "health_score": figure_or_none(found.health_score),
        "model": found.model_version,
        "policy": found.policy_version,
        "trigger": found.trigger,
    }


def _shape(found: CompanyGrade) -> ScoreShape:
    return ScoreShape(
        **_brief(found),
        in_force=found.in_force,
        overridden_until=found.override.expires_on if found.override else None,
        not_rated_reason=found.not_rated_reason,
        scale=found.scale.scale_id,
        direction=found.scale.direction,
        horizon_days=found.scale.horizon_days,
        pd_low=figure_or_none(found.pd_low),
        pd_high=figure_or_none(found.pd_high),
        pd_180d=figure_or_none(found.pd_180d),
        confidence=found.confidence,
        calibrated=found.calibrated,
        cap=found.cap,
        log_odds=figure(found.log_odds),
        dimensions={name: figure_or_none(each) for name, each in found.dimensions.items()},
        reasons=[
            ScoreReason(code=each.code, dimension=each.dimension, log_odds=figure(each.log_odds))
            for each in found.reasons
        ],
        lifts=[
            ScoreLift(
                changes=[
                    ScoreChange(
                        code=change.code, from_value=change.from_value, to_value=change.to_value
                    )
                    for change in each.changes
                ],
                reaches_grade=each.reaches_grade,
            )
            for each in found.lifts
        ],
        inputs=dict(found.inputs.columns),
        input_hash=found.input_hash,
        output_hash=found.output_hash,
    )
