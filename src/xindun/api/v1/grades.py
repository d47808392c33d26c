"""Grades with their reasons and what would change them; limits with every formula.

What a reader would get wrong: reasons add up. The sum of their points is the health score, and a
formula that is not available has no amount and a reason; it never counts as zero.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from xindun.api.operations import operation
from xindun.api.v1.customers import DayAsked, file_of
from xindun.api.v1.shapes import (
    Amount,
    Currency,
    Figure,
    Shape,
    Stamp,
    figure,
    figure_or_none,
    money_or_none,
    plain_params,
    stamp_of,
)
from xindun.api.words import sentence
from xindun.control.monitoring.values import AccountFile
from xindun.prevention.limits.values import Formula
from xindun.prevention.scoring.values import Counterfactual, Reason
from xindun.record.tenants.values import Permission

router = Router(tags=["Grades and limits"])


class ReasonShape(Shape):
    """One part of the health score."""

    code: str
    points: Figure
    max_points: Figure
    value: Figure | None
    params: dict[str, Any]
    text: str = Field(description="The same for people, in the language of Accept-Language.")


class ChangeShape(Shape):
    """One change of behaviour, alone, and the grade it would reach."""

    code: str
    factor: str
    from_value: Figure | None
    to_value: Figure | None
    gain_points: Figure
    reaches_grade: int | None
    text: str


class ScorePointShape(Shape):
    """A grade in the past."""

    as_of: date
    known_at: datetime
    grade: int | None
    health_score: Figure | None
    payment_index: Figure | None
    model_version: str


class GradeShape(Shape):
    """An account's grade with everything that led to it."""

    currency: Currency
    grade: int | None = Field(description="1 is best, 10 worst; null where not rated.")
    not_rated_reason: str | None
    health_score: Figure | None = Field(description="The sum of the reasons' points.")
    payment_index: Figure | None
    confidence: str | None
    scale: str
    horizon_days: int
    reasons: list[ReasonShape]
    changes: list[ChangeShape] = Field(description="What would reach a better grade.")
    history: list[ScorePointShape]


class GradesPage(Shape):
    """Grades, one entry an account."""

    review: Stamp
    items: list[GradeShape]


class FormulaShape(Shape):
    """One way to a limit."""

    code: str
    available: bool
    amount: Amount | None
    reason: str | None = Field(description="Why it is not available.")
    params: dict[str, Any]
    text: str


class LimitShape(Shape):
    """The recommended limit of an account; it grants nothing by itself."""

    currency: Currency
    amount: Amount | None
    binding: str | None = Field(description="The code of the formula that decided.")
    formulas: list[FormulaShape]


class LimitsPage(Shape):
    """Recommended limits, one entry an account."""

    review: Stamp
    items: list[LimitShape]


@router.get(
    "/customers/{uuid:customer_id}/grades",
    response=GradesPage,
    summary="A customer's grades with reasons",
)
@operation(Permission.PORTFOLIO_READ)
def get_grades(request: HttpRequest, customer_id: UUID, params: Query[DayAsked]) -> GradesPage:
    """The grade of each account, its reasons, what would change it, and its past."""
    found = file_of(customer_id, params.as_of)
    return GradesPage(
        review=stamp_of(found.run, stale=found.stale), items=[*map(_grade, found.accounts)]
    )


@router.get(
    "/customers/{uuid:customer_id}/limits",
    response=LimitsPage,
    summary="A customer's recommended limits",
)
@operation(Permission.PORTFOLIO_READ)
def get_limits(request: HttpRequest, customer_id: UUID, params: Query[DayAsked]) -> LimitsPage:
    """The recommended limit of each account with every formula; the least one decides."""
    found = file_of(customer_id, params.as_of)
    return LimitsPage(
        review=stamp_of(found.run, stale=found.stale), items=[*map(_limit, found.accounts)]
    )


def _grade(account: AccountFile) -> GradeShape:
    score, currency = account.score, account.row.currency
    return GradeShape(
        currency=currency,
        grade=score.grade,
        not_rated_reason=score.not_rated_reason,
        health_score=figure_or_none(score.health_score),
        payment_index=figure_or_none(score.payment_index),
        confidence=score.confidence,
        scale=score.scale.scale_id,
        horizon_days=score.scale.horizon_days,
        reasons=[_reason(each, currency) for each in score.reasons],
        changes=[_change(each, currency) for each in score.counterfactuals],
        history=[
            ScorePointShape(
                as_of=point.as_of,
                known_at=point.known_at,
                grade=point.grade,
                health_score=figure_or_none(point.health_score),
                payment_index=figure_or_none(point.payment_index),
                model_version=point.model_version,
            )
            for point in account.history
        ],
    )


def _reason(each: Reason, currency: str) -> ReasonShape:
    params = {"value": each.value, **each.params}
    return ReasonShape(
        code=each.code,
        points=figure(each.points),
        max_points=figure(each.max_points),
        value=figure_or_none(each.value),
        params=plain_params(each.params),
        text=sentence("reason", each.code, params, currency),
    )


def _change(each: Counterfactual, currency: str) -> ChangeShape:
    params = {"from": each.from_value, "to": each.to_value, **each.params}
    return ChangeShape(
        code=each.code,
        factor=each.factor,
        from_value=figure_or_none(each.from_value),
        to_value=figure_or_none(each.to_value),
        gain_points=figure(each.gain_points),
        reaches_grade=each.reaches_grade,
        text=sentence("change", each.code, params, currency),
    )


def _limit(account: AccountFile) -> LimitShape:
    found, currency = account.recommendation, account.row.currency
    return LimitShape(
        currency=currency,
        amount=money_or_none(found.amount, currency),
        binding=found.binding,
        formulas=[_formula(each, currency) for each in found.formulas],
    )


def _formula(each: Formula, currency: str) -> FormulaShape:
    return FormulaShape(
        code=each.code,
        available=each.available,
        amount=money_or_none(each.amount, currency),
        reason=each.reason,
        params=plain_params(each.params),
        text=sentence("limit", each.code, each.params, currency),
    )
