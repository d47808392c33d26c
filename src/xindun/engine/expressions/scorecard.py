"""The health score: additive points for each factor of payment behaviour, the grade from their sum.

What a reader would get wrong: each factor's points are rounded to one decimal first and then
added, so the reasons sum to the score exactly, and a reader can check the sum by hand.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from xindun.engine.expressions.params import json_params

FACTORS = (
    "days_beyond_terms",
    "on_time_ratio",
    "overdue_ratio",
    "long_overdue_ratio",
    "trend_days",
    "volatility_days",
    "history_days",
)
"""Columns of the profile that the scorecard reads; ``Parameters.factors`` gives their tables."""

POINTS = "decimal(5, 1)"


def factor_values(profiles: ir.Table) -> ir.Table:
    """One row for each rated account and factor: the value the points are read from."""
    rated = profiles.filter(profiles.not_rated_reason.isnull())
    long = [
        rated.select(
            "buyer_id", "currency", factor=ibis.literal(name), value=rated[name].cast("float64")
        )
        for name in FACTORS
    ]
    return long[0].union(*long[1:])


def factor_points(values: ir.Table, segments: ir.Table) -> ir.Table:
    """Points of each factor, by straight lines between the table's points.

    Args:
        values: buyer_id, currency, factor, value (null: not known for this account).
        segments: factor, position, max_points, missing_points, lower_is_better, step, and the
            line from (x0, y0) to (x1, y1) for values in [x0, x1).
    """
    facts = segments.select(
        "factor", "position", "max_points", "missing_points", "lower_is_better", "step"
    ).distinct()
    lines = segments.select(line_factor="factor", x0="x0", x1="x1", y0="y0", y1="y1")
    rows = values.join(facts, "factor")
    rows = rows.left_join(
        lines,
        [
            rows.factor == lines.line_factor,
            rows.value >= lines.x0,
            rows.value < lines.x1,
        ],
    )
    points = rows.y0 + (rows.value - rows.x0) / (rows.x1 - rows.x0) * (rows.y1 - rows.y0)
    return rows.select(
        *values.columns,
        "position",
        "max_points",
        "lower_is_better",
        "step",
        points=points.round(1).cast(POINTS).coalesce(rows.missing_points.cast(POINTS)),
    )


def _reason(slots: ir.Table, name: str) -> ir.Value:
    value = slots[f"{name}_value"]
    return ibis.struct(
        {
            "code": value.isnull().ifelse(f"{name}_unknown", name),
            "points": slots[f"{name}_points"],
            "max_points": slots[f"{name}_max_points"].cast(POINTS),
            "value": value,
            "params": json_params(value=value),
        }
    )


def scores(points: ir.Table, grades: ir.Table) -> ir.Table:
    """Health score, grade and reasons of each rated account.

    Returns:
        buyer_id, currency, health_score (decimal(5,1)), grade (1 best), next_score (the least
        score of the next better grade, null at grade 1), reasons (Σ points = health_score).
    """
    # One column a factor, then one list: far cheaper than collecting ordered structs.
    slots = points.group_by("buyer_id", "currency").aggregate(
        health_score=points.points.sum().cast(POINTS),
        **{
            f"{name}_{part}": points[part].max(where=points.factor == name)
            for name in FACTORS
            for part in ("points", "max_points", "value")
        },
    )
    sums = slots.select(
        "buyer_id",
        "currency",
        "health_score",
        reasons=ibis.array([_reason(slots, name) for name in FACTORS]),
    )
    bands = grades.select("grade", "from_score", "below_score", "next_score")
    both = sums.join(
        bands, [sums.health_score >= bands.from_score, sums.health_score < bands.below_score]
    )
    return both.select("buyer_id", "currency", "health_score", "grade", "next_score", "reasons")


def _single_changes(points: ir.Table, scored: ir.Table, segments: ir.Table) -> ir.Table:
    """The value of one factor alone that lifts the account into the next better grade."""
    aim = scored.select(
        aim_buyer="buyer_id",
        aim_currency="currency",
        gap=(scored.next_score - scored.health_score).cast(POINTS),
        reaches_grade=(scored.grade - 1).cast("int64"),
    )
    aim = aim.filter(aim.gap > 0)
    rows = points.join(aim, [points.buyer_id == aim.aim_buyer, points.currency == aim.aim_currency])
    rows = rows.filter(rows.value.notnull(), rows.points + rows.gap <= rows.max_points)
    rows = rows.mutate(wanted=(rows.points + rows.gap).cast("float64"))
    # Lines that rise or fall share only their ends, so exactly one holds the wanted points.
    lines = segments.filter(segments.y0 != segments.y1).select(
        line_factor="factor", x0="x0", x1="x1", y0="y0", y1="y1"
    )
    both = rows.join(
        lines,
        [
            rows.factor == lines.line_factor,
            rows.wanted <= ibis.greatest(lines.y0, lines.y1),
            rows.wanted > ibis.least(lines.y0, lines.y1),
        ],
    )
    exact = both.x0 + (both.wanted - both.y0) / (both.y1 - both.y0) * (both.x1 - both.x0)
    # Rounded towards the better side, so that the shown value really reaches the grade; the
    # tiny shift keeps a value that is exact but for binary fractions on its own step.
    steps = exact / both.step
    lower = (steps + 1e-9).floor() * both.step
    upper = (steps - 1e-9).ceil() * both.step
    both = both.mutate(to_value=both.lower_is_better.ifelse(lower, upper).round(4))
    span = segments.group_by(span_factor=segments.factor).aggregate(
        span=segments.x1.max(where=segments.x1 < 1e9) - segments.x0.min(where=segments.x0 > -1e9)
    )
    found = both.join(span, both.factor == span.span_factor)
    return found.select(
        "buyer_id",
        "currency",
        "factor",
        "gap",
        "reaches_grade",
        from_value=found.value,
        to_value=found.to_value,
        effort=(found.to_value - found.value).abs() / found.span,
    )


def _settle_overdue(points: ir.Table, scored: ir.Table, grades: ir.Table) -> ir.Table:
    """What paying everything overdue today would do: both overdue shares fall to nothing.

    Days beyond terms, on-time share, trend and spread stay: a late payment made today is as late
    as the debt is old, and that is already counted.
    """
    owed = points.filter(points.factor.isin(["overdue_ratio", "long_overdue_ratio"]))
    gains = owed.group_by("buyer_id", "currency").aggregate(
        gain=(owed.max_points - owed.points).sum(),
        overdue=owed.value.max(where=owed.factor == "overdue_ratio"),
    )
    gains = gains.filter(gains.gain > 0)
    now = scored.select(
        now_buyer="buyer_id", now_currency="currency", score="health_score", was="grade"
    )
    rows = gains.join(now, [gains.buyer_id == now.now_buyer, gains.currency == now.now_currency])
    rows = rows.mutate(after=(rows.score + rows.gain).cast(POINTS))
    bands = grades.select("grade", "from_score", "below_score")
    rows = rows.join(bands, [rows.after >= bands.from_score, rows.after < bands.below_score])
    rows = rows.filter(rows.grade < rows.was)
    return rows.select(
        "buyer_id",
        "currency",
        factor=ibis.literal(SETTLE),
        gap=rows.gain.cast(POINTS),
        reaches_grade=rows.grade.cast("int64"),
        from_value=rows.overdue,
        to_value=ibis.literal(0.0),
        effort=ibis.literal(-1.0),
    )


SETTLE = "settle"
"""Stands for the factor of the combined change among the single ones."""


def _change(slots: ir.Table, name: str) -> ir.Value:
    """The change of one factor (or the combined one) as a struct; null where there is none."""
    combined = name == SETTLE
    group = SETTLE if combined else "single"
    effort, old, new = (slots[f"{name}_{part}"] for part in ("effort", "from_value", "to_value"))
    change = ibis.struct(
        {
            "effort": effort,
            "code": ibis.literal("settle_overdue_now" if combined else f"change_{name}"),
            "factor": ibis.literal("overdue_ratio" if combined else name),
            "from_value": old,
            "to_value": new,
            "gain_points": slots[f"{group}_gap"],
            "reaches_grade": slots[f"{group}_reaches_grade"],
            "params": json_params(**{"from": old, "to": new}),
        }
    )
    return effort.isnull().ifelse(ibis.null(change.type()), change)


def counterfactuals(
    points: ir.Table, scored: ir.Table, segments: ir.Table, grades: ir.Table
) -> ir.Table:
    """Changes in behaviour that reach a better grade, the smallest change first.

    ``effort`` is the change as a share of the factor's range; settling what is overdue comes
    first (−1), because it can be done today.
    """
    rows = _single_changes(points, scored, segments).union(_settle_overdue(points, scored, grades))
    names = [SETTLE, *FACTORS]
    combined = rows.factor == SETTLE
    # One column a change, then one sorted list: far cheaper than collecting ordered structs.
    slots = rows.group_by("buyer_id", "currency").aggregate(
        **{
            f"{name}_{part}": rows[part].max(where=rows.factor == name)
            for name in names
            for part in ("effort", "from_value", "to_value")
        },
        **{
            f"{group}_{part}": rows[part].max(where=combined if group == SETTLE else ~combined)
            for group in (SETTLE, "single")
            for part in ("gap", "reaches_grade")
        },
    )
    changes = ibis.array([_change(slots, name) for name in names])
    return slots.select(
        "buyer_id",
        "currency",
        counterfactuals=changes.filter(lambda change: change.notnull()).sort(),
    )
