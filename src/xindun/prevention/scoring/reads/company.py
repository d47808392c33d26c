"""Questions about company grades: the one that counts, what came before, the buyer's peers.

What a reader would get wrong: the grade of a day is the latest one given on or before it, with the
override that was in force on that day.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from xindun.engine.additive import GRAIN
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring import models
from xindun.prevention.scoring.rules import FEWEST_PEERS
from xindun.prevention.scoring.values import (
    Change,
    CompanyGrade,
    CompanyReason,
    GradeInputs,
    GradeOverride,
    Lift,
    Peers,
    Scale,
)

HISTORY = 200
DIMENSIONS = ("financial", "payment", "environment")


class UnknownGrade(DomainError):
    """No such grade in this tenant."""

    code = "unknown_grade"
    sentence = "There is no grade {public_id}."


def grade_of(
    buyer_id: int, *, as_of: date | None = None, known_at: datetime | None = None
) -> CompanyGrade | None:
    """The buyer's grade on ``as_of`` as known at ``known_at`` (None: the newest)."""
    row = _rows(buyer_id, as_of, known_at).first()
    if row is None:
        return None
    return replace(
        value_of(row), override=override_of(buyer_id, as_of=as_of or row.as_of, known_at=known_at)
    )


def grades_in_force(*, as_of: date, known_at: datetime) -> dict[int, int]:
    """The grade that counts of every buyer that has one, on ``as_of`` as known at ``known_at``."""
    graded = models.CompanyGrade.objects.filter(
        tenant_id=current_tenant_id(), as_of__lte=as_of, known_at__lte=known_at
    )
    newest = graded.order_by("buyer_id", "-as_of", "-id").distinct("buyer_id")
    found = dict(newest.values_list("buyer_id", "grade"))
    overridden = models.GradeOverride.objects.filter(
        tenant_id=current_tenant_id(), starts_on__lte=as_of, recorded_at__lte=known_at
    )
    latest = overridden.order_by("buyer_id", "-id").distinct("buyer_id")
    for row in latest.only("buyer_id", "grade", "expires_on"):
        if row.grade is not None and as_of < row.expires_on and row.buyer_id in found:
            found[row.buyer_id] = row.grade
    return {buyer_id: given for buyer_id, given in sorted(found.items()) if given is not None}


def grade(public_id: UUID) -> CompanyGrade:
    """One grade as it was given, without an override.

    Raises:
        UnknownGrade: as the name says.
    """
    return value_of(stored_grade(public_id))


def stored_grade(public_id: UUID) -> models.CompanyGrade:
    """The row of a grade, for this context only.

    Raises:
        UnknownGrade: as the name says.
    """
    rows = models.CompanyGrade.objects.filter(tenant_id=current_tenant_id())
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise UnknownGrade(public_id=public_id)
    return row


def grade_history(
    buyer_id: int, *, as_of: date | None = None, limit: int = HISTORY
) -> tuple[CompanyGrade, ...]:
    """The buyer's grades up to ``as_of``, the newest first."""
    return tuple(map(value_of, _rows(buyer_id, as_of, None)[:limit]))


def override_of(
    buyer_id: int, *, as_of: date, known_at: datetime | None = None
) -> GradeOverride | None:
    """The override in force on a day; None without one."""
    rows = models.GradeOverride.objects.filter(
        tenant_id=current_tenant_id(), buyer_id=buyer_id, starts_on__lte=as_of
    )
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    row = rows.order_by("-id").first()
    if row is None or row.grade is None or as_of >= row.expires_on:
        return None
    return override_value(row)


def peers_of(found: CompanyGrade, *, as_of: date) -> Peers:
    """The buyer among the company's graded buyers of the same sector and country.

    Without a known sector or country there are no peers, and under five no figures: a rank among
    three says more about the three than about the buyer.
    """
    none = Peers(found.country, found.sector, 0, None, None, None)
    if found.country is None or found.sector is None:
        return none
    rows = models.CompanyGrade.objects.filter(
        tenant_id=current_tenant_id(),
        as_of__lte=as_of,
        country=found.country,
        sector=found.sector,
    )
    newest = rows.order_by("buyer_id", "-as_of", "-id").distinct("buyer_id")
    same = [(each.grade, each.pd_12m) for each in newest.only("grade", "pd_12m") if each.grade]
    if len(same) < FEWEST_PEERS or found.pd_12m is None:
        return replace(none, n=len(same))
    chances = [chance for _, chance in same if chance is not None]
    return Peers(
        country=found.country,
        sector=found.sector,
        n=len(same),
        median_pd=median(chances),
        better=sum(chance < found.pd_12m for chance in chances),
        counts=tuple(sum(given == place for given, _ in same) for place in range(1, 11)),
    )


def _rows(
    buyer_id: int, as_of: date | None, known_at: datetime | None
) -> QuerySet[models.CompanyGrade]:
    rows = models.CompanyGrade.objects.filter(tenant_id=current_tenant_id(), buyer_id=buyer_id)
    if as_of is not None:
        rows = rows.filter(as_of__lte=as_of)
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    return rows.order_by("-as_of", "-id")


def value_of(row: models.CompanyGrade) -> CompanyGrade:
    """A row as the value other contexts see."""
    said = json.loads(row.outputs)
    return CompanyGrade(
        public_id=row.public_id,
        buyer_id=row.buyer_id,
        as_of=row.as_of,
        known_at=row.known_at,
        scale=Scale(row.scale_id, row.direction, row.horizon_days),
        model_version=row.model_version,
        policy_version=row.policy_version,
        method=row.method,
        grade=row.grade,
        not_rated_reason=said["not_rated_reason"],
        log_odds=_odds(said["grains"]),
        pd_12m=_chance(said["pd_12m"]),
        pd_low=_chance(said["pd_low"]),
        pd_high=_chance(said["pd_high"]),
        pd_180d=_chance(said["pd_180d"]),
        health_score=None if said["health_score"] is None else Decimal(said["health_score"]),
        confidence=said["confidence"],
        calibrated=said["calibrated"],
        cap=said["cap"],
        country=row.country,
        sector=row.sector,
        dimensions={name: _chance(said[f"{name}_pd"]) for name in DIMENSIONS},
        reasons=tuple(
            CompanyReason(each["code"], each["dimension"], _odds(each["grains"]))
            for each in said["reasons"]
        ),
        lifts=tuple(
            Lift(tuple(Change(*each) for each in lift["changes"]), lift["reaches_grade"])
            for lift in said["lifts"]
        ),
        inputs=GradeInputs(json.loads(row.inputs), json.loads(row.sources)),
        input_hash=row.input_hash,
        output_hash=row.output_hash,
        trigger=row.trigger,
    )


def _odds(grains: int) -> Decimal:
    return Decimal(grains) / GRAIN


def _chance(value: Any) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def override_value(row: models.GradeOverride) -> GradeOverride:
    """A row as the value other contexts see."""
    return GradeOverride(
        public_id=row.public_id,
        buyer_id=row.buyer_id,
        grade=row.grade or 0,
        model_grade=row.model_grade,
        reason=row.reason,
        starts_on=row.starts_on,
        expires_on=row.expires_on,
        proposed_by=row.proposed_by,
        approved_by=row.approved_by,
        recorded_at=row.recorded_at,
    )
