"""The company grade: log-odds of failure within 12 months as a sum of reasons, one row a company.

Each dimension (financial strength, payment behaviour, environment) is scored alone and counts by
its weight; public events add, and two of them cap. What a reader would get wrong: a missing
dimension adds nothing and is not made up for by the others. It widens the interval instead.

Everything is summed in whole ten-thousandths, so that the reasons add to the score exactly and
DuckDB and Spark agree; only the probabilities at the end are floating numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import pairwise
from typing import Any

import ibis
import ibis.expr.types as ir

from xindun.engine.additive import GRAIN, AdditiveModel, grains
from xindun.engine.expressions.additive import model_base, term_grains
from xindun.engine.grade_policy import CAPS, DERIVED_DAYS, HORIZON_DAYS, GradePolicy, logit

Reasons = dict[str, ir.Value]
DIMENSIONS = ("financial", "payment", "environment", "events")
BEYOND = 2_000_000
"""More ten-thousandths than any sum reaches: stands for no cap."""


def columns(model: AdditiveModel | None, policy: GradePolicy) -> dict[str, str]:
    """Name and type of every column that the expression reads, in order.

    Ratios of the model are null where the statements do not give them; ``statements`` is "fresh",
    "old", or null without any; ``payment_score`` is null without a payment grade.
    """
    return {
        "company_id": "int64",
        **dict.fromkeys(model.codes if model else (), "float64"),
        "statements": "string",
        "calibrated": "boolean",
        "payment_score": "float64",
        "payment_confidence": "string",
        "country_label": "string",
        "sector_label": "string",
        **dict.fromkeys((*CAPS, *policy.events), "boolean"),
    }


def company_grade(rows: ir.Table, model: AdditiveModel | None, policy: GradePolicy) -> ir.Table:
    """Grade, probabilities, interval and reasons of every company.

    Returns:
        company_id; grade (1 best, null when not_rated_reason says why); grains (log-odds × 10,000,
        Σ reasons); pd_12m with pd_low and pd_high; pd_180d (derived); health_score (decimal(4,1));
        confidence; calibrated; cap; financial_pd, payment_pd, environment_pd (each dimension
        alone); reasons: whole ten-thousandths in the order of :func:`reason_codes`, which is far
        cheaper over millions of companies than a name beside each.
    """
    parts = dimensions(rows, model, policy)
    anchor = grains(logit(model.base_rate if model else policy.anchor))
    named = [_whole(anchor), *(value for name in DIMENSIONS for value in parts[name].values())]
    slots = rows.select(
        "company_id",
        **{f"r{position}": value for position, value in enumerate(named)},
        **{f"sum_{name}": _total(parts[name].values()) for name in DIMENSIONS[:3]},
        **_known(rows, model),
        variance=_variance(rows, model, policy),
        floor=_floor(rows, policy),
        cap=_cap(rows),
    )
    slots = slots.mutate(before=_total(slots[f"r{position}"] for position in range(len(named))))
    slots = slots.mutate(lifted=ibis.greatest(slots.floor - slots.before, 0).cast("int32"))
    slots = slots.mutate(grains=slots.before + slots.lifted)
    return _outputs(slots, len(named), anchor, policy)


def reason_codes(model: AdditiveModel | None, policy: GradePolicy) -> list[tuple[str, str]]:
    """Dimension and code of every reason, in the order of the expression's list."""
    rows = ibis.table(columns(model, policy), name="companies")
    parts = dimensions(rows, model, policy)
    named = [(name, code) for name in DIMENSIONS for code in parts[name]]
    return [("base", "base"), *named, ("events", "cap")]


def dimensions(
    rows: ir.Table, model: AdditiveModel | None, policy: GradePolicy
) -> dict[str, Reasons]:
    """Each dimension's reasons in ten-thousandths, weight included; missing ones are zero."""
    return {
        "financial": _financial(rows, model, policy) if model else {},
        "payment": {"payment_behaviour": _payment(rows, policy)},
        "environment": {
            "country_risk": _labelled(
                rows.country_label, policy.country, policy.environment_weight
            ),
            "sector_risk": _labelled(rows.sector_label, policy.sector, policy.environment_weight),
        },
        "events": {
            code: rows[code].fill_null(False).ifelse(_whole(grains(odds)), _whole(0))
            for code, odds in policy.events.items()
        },
    }


def _whole(value: int) -> ir.Value:
    return ibis.literal(value, type="int32")


def _total(values: Any) -> ir.Value:
    return reduce(lambda left, right: left + right, values, _whole(0)).cast("int32")


def _financial(rows: ir.Table, model: AdditiveModel, policy: GradePolicy) -> Reasons:
    weight = policy.financial_weight
    known = rows.statements.notnull()
    level = model_base(model, weight) - grains(weight * logit(model.base_rate))
    reasons = {"financial_level": _whole(level)} if level else {}
    for term in model.terms:
        reasons[term.name] = term_grains(rows, term, weight * model.slope)
    return {code: known.ifelse(value, _whole(0)) for code, value in reasons.items()}


def _payment(rows: ir.Table, policy: GradePolicy) -> ir.Value:
    """Straight lines between the policy's points, rounded half to even."""
    score = rows.payment_score
    lines = []
    for (x0, y0), (x1, y1) in pairwise(policy.payment):
        odds = y0 + (score - x0) / (x1 - x0) * (y1 - y0)
        lines.append(((score < x1), odds))
    last = ibis.literal(float(policy.payment[-1][1]))
    odds = ibis.cases((score.isnull(), 0.0), *lines, else_=last)
    return (odds * policy.payment_weight * GRAIN).round().cast("int32")


def _labelled(label: ir.Value, table: Mapping[str, float], weight: float) -> ir.Value:
    known = [(label == name, _whole(grains(weight * odds))) for name, odds in table.items()]
    return ibis.cases(*known, else_=_whole(0))


def _known(rows: ir.Table, model: AdditiveModel | None) -> dict[str, ir.Value]:
    """Which dimensions have something to say, and whether the model is calibrated there."""
    financial = rows.statements.notnull() if model else ibis.literal(False)
    return {
        "has_financial": financial,
        "has_payment": rows.payment_score.notnull(),
        "has_environment": rows.country_label.notnull() | rows.sector_label.notnull(),
        "calibrated": rows.calibrated.fill_null(False),
    }


def _variance(rows: ir.Table, model: AdditiveModel | None, policy: GradePolicy) -> ir.Value:
    """Squared standard error of the log-odds: what is missing, old or uncalibrated adds to it."""

    def square(name: str) -> ir.Value:
        return ibis.literal(policy.widths[name] ** 2)

    zero, financial = ibis.literal(0.0), square("financial_missing")
    if model is not None:
        known = (
            square("financial")
            + (rows.statements == "old").ifelse(square("financial_old"), zero)
            + rows.calibrated.fill_null(False).ifelse(zero, square("uncalibrated"))
        )
        financial = rows.statements.isnull().ifelse(financial, known)
    payment = ibis.cases(
        (rows.payment_score.isnull(), square("payment_missing")),
        (rows.payment_confidence == "high", square("payment_high")),
        (rows.payment_confidence == "medium", square("payment_medium")),
        else_=square("payment_low"),
    )
    labels = (rows.country_label.isnull(), rows.sector_label.isnull())
    environment = ibis.cases(
        (labels[0] & labels[1], square("environment_missing")),
        (labels[0] | labels[1], square("environment_part")),
        else_=square("environment"),
    )
    return financial + payment + environment


def _floor(rows: ir.Table, policy: GradePolicy) -> ir.Value:
    """The least log-odds under a cap."""
    floors = [
        (rows[code].fill_null(False), _whole(grains(logit(policy.caps[code])))) for code in CAPS
    ]
    return ibis.cases(*floors, else_=_whole(-BEYOND))


def _cap(rows: ir.Table) -> ir.Value:
    caps = [(rows[code].fill_null(False), code) for code in CAPS]
    return ibis.cases(*caps, else_=ibis.null("string"))


def _probability(log_odds: ir.Value) -> ir.Value:
    return 1.0 / (1.0 + (-log_odds).exp())


def _outputs(slots: ir.Table, count: int, anchor: int, policy: GradePolicy) -> ir.Table:
    odds = slots.grains.cast("float64") / float(GRAIN)
    error = slots.variance.sqrt()
    half = error * policy.interval_z
    rated = slots.has_financial | slots.has_payment | slots.cap.notnull()
    nothing = ibis.null("float64")
    year = _probability(odds)
    bounds = policy.scale_grains()
    grade = ibis.cases(
        *((slots.grains < bound, place) for place, bound in enumerate(bounds, start=1)), else_=10
    )
    reasons = [*(slots[f"r{position}"] for position in range(count)), slots.lifted]

    def alone(name: str, weight: float) -> ir.Value:
        full = slots[f"sum_{name}"].cast("float64") / weight + anchor
        return slots[f"has_{name}"].ifelse(_probability(full / float(GRAIN)), nothing)

    return slots.select(
        "company_id",
        grade=rated.ifelse(grade, ibis.null("int8")).cast("int64"),
        not_rated_reason=rated.ifelse(
            ibis.null("string"), ibis.literal("no_statements_and_no_payments")
        ),
        grains=slots.grains,
        pd_12m=rated.ifelse(year, nothing),
        pd_low=rated.ifelse(_probability(odds - half), nothing),
        pd_high=rated.ifelse(_probability(odds + half), nothing),
        pd_180d=rated.ifelse(1.0 - (1.0 - year) ** (DERIVED_DAYS / HORIZON_DAYS), nothing),
        health_score=rated.ifelse(_health(odds, policy), ibis.null("decimal(4, 1)")),
        confidence=ibis.cases(
            (~rated, ibis.null("string")),
            (error <= policy.sure, "high"),
            (error <= policy.fair, "medium"),
            else_="low",
        ),
        calibrated=slots.calibrated | ~slots.has_financial,
        cap=slots.cap,
        financial_pd=alone("financial", policy.financial_weight),
        payment_pd=alone("payment", policy.payment_weight),
        environment_pd=alone("environment", policy.environment_weight),
        reasons=ibis.array(reasons),
    )


def _health(odds: ir.Value, policy: GradePolicy) -> ir.Value:
    """0 to 100, higher is safer; straight in log-odds, so it never rises with the probability."""
    best, worst = (logit(bound) for bound in policy.health)
    score = (worst - odds) / (worst - best) * 100.0
    return ibis.greatest(ibis.least(score, 100.0), 0.0).round(1).cast("decimal(4, 1)")
