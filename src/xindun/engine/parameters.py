"""Every number of the review that varies in the market, with its default.

Why this exists: the SQL is compiled once, so what a company may set arrives as small tables; and a
grade must be replayable, so the model's version is derived from the content of these tables.

What a reader would get wrong: the factor tables and grade bands are a reasoned default, not a
fitted model, and a grade is no default probability. docs/explanation/grade.md says what was
measured.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Final

import pyarrow as pa

from xindun.kernel.errors import DomainError

BEYOND: Final = 1e18
"""Stands for no bound in a table of straight lines."""

SCALE_ID: Final = "xindun-payment-10"
DIRECTION: Final = "1_is_best"


class UnsoundParameters(DomainError):
    """A parameter is out of its bounds or contradicts another."""

    code = "unsound_parameters"
    sentence = "The parameter {name} cannot be {value}: {why}"


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the scorecard: points by straight lines between (value, points) pairs.

    Below the first and above the last value the points stay; ``missing`` is given when the value
    is not known for an account; ``step`` is the grain in which a change is suggested.
    """

    code: str
    table: tuple[tuple[float, Decimal], ...]
    missing: Decimal
    step: float

    @property
    def max_points(self) -> Decimal:
        """The most points the factor can give."""
        return max(points for _, points in self.table)

    @property
    def lower_is_better(self) -> bool:
        """Whether the points fall as the value rises."""
        return self.table[0][1] > self.table[-1][1]

    def points(self, value: float | None) -> Decimal:
        """Points at ``value``, rounded half up to one decimal (the same table the SQL reads)."""
        if value is None:
            return self.missing
        if value <= self.table[0][0]:
            return self.table[0][1]
        for (x0, y0), (x1, y1) in pairwise(self.table):
            if value < x1:
                share = (value - x0) / (x1 - x0)
                exact = float(y0) + share * float(y1 - y0)
                return Decimal(repr(exact)).quantize(Decimal("0.1"), "ROUND_HALF_UP")
        return self.table[-1][1]


def _factor(code: str, step: float, missing: str, *table: tuple[float, str]) -> Factor:
    return Factor(code, tuple((x, Decimal(y)) for x, y in table), Decimal(missing), step)


FACTORS: Final = (
    # The knees are the PAYDEX ladder's own (0, 15, 22, 30, 60, 90, 120 days).
    _factor(
        "days_beyond_terms", 0.1, "0",
        (0, "30"), (15, "22"), (22, "18"), (30, "14"), (60, "7"), (90, "3"), (120, "0"),
    ),
    _factor("on_time_ratio", 0.0001, "0", (0, "0"), (0.5, "7"), (0.9, "13"), (1, "15")),
    _factor(
        "overdue_ratio", 0.0001, "0",
        (0, "15"), (0.1, "11"), (0.25, "7"), (0.5, "3"), (1, "0"),
    ),
    # More than 60 days past due: the usual end of an insurer's maximum extension.
    _factor(
        "long_overdue_ratio", 0.0001, "0", (0, "15"), (0.05, "10"), (0.2, "4"), (0.5, "0")
    ),
    # Without an earlier window nothing is known either way: half the points.
    _factor("trend_days", 0.1, "5", (-5, "10"), (0, "8"), (10, "5"), (30, "0")),
    _factor("volatility_days", 0.1, "0", (0, "8"), (10, "5"), (30, "2"), (60, "0")),
    _factor("history_days", 1, "0", (90, "0"), (365, "4"), (730, "7")),
)  # fmt: skip

GRADE_BANDS: Final = tuple(
    Decimal(s) for s in ("92", "84", "76", "68", "60", "50", "40", "30", "15")
)
"""The least score of grades 1 to 9; below the last is grade 10."""

GRADE_MULTIPLIERS: Final = tuple(
    Decimal(m) for m in ("3", "2.5", "2", "1.75", "1.5", "1", "0.75", "0.5", "0.25", "0")
)
"""How many ordinary balances grades 1 to 10 carry in limit formula (f): a house policy.

The ordinary balance is monthly sales × payment terms ÷ 30, terms of 30 days at least."""


WEIGHTS: Final = {
    "hand_over": 1.0,
    "chase_bill": 0.9,
    "hold_orders": 0.8,
    "demand": 0.7,
    "call": 0.5,
    "review_limit": 0.3,
    "check_unapplied": 0.2,
    "remind": 0.1,
}
"""How urgent one unit of money at stake is in the list of actions: a house policy."""


@dataclass(frozen=True)
class Parameters:
    """What a company may set. Days are calendar days; ratios are 0 to 1; money is per currency."""

    # behaviour
    tolerance_days: int = 0
    min_items: int = 3
    min_history_days: int = 90
    sure_items: int = 12
    sure_history_days: int = 365
    unsure_derived_ratio: float = 0.5
    # grade
    factors: tuple[Factor, ...] = FACTORS
    grade_bands: tuple[Decimal, ...] = GRADE_BANDS
    horizon_days: int = 90
    # limits (mechanics 5.18)
    step_up: Decimal = Decimal("1.25")
    experience_days: int = 15
    extension_days: int = 60
    extension_share: Decimal = Decimal("0.5")
    grade_multipliers: tuple[Decimal, ...] = GRADE_MULTIPLIERS
    score_floor: Decimal = Decimal("30")
    starter_share: Decimal = Decimal("0.5")
    starter_caps: Mapping[str, Decimal] = field(default_factory=dict)
    # key figures
    day_basis: str = "actual"
    loss_rates: Mapping[str, Decimal] | None = None
    # actions: days past due
    remind_days: int = 15
    call_days: int = 3
    hold_days: int = 15
    demand_days: int = 30
    hand_over_days: int = 60
    action_weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    # bills (票据法 art. 53 and 17)
    presentment_days: int = 10
    recourse_months: int = 6

    def __post_init__(self) -> None:
        _check(self)

    @cached_property
    def model_version(self) -> str:
        """Name of the scorecard, derived from its content: equal tables, equal version."""
        content = {
            "factors": [asdict(factor) for factor in self.factors],
            "bands": self.grade_bands,
            "horizon_days": self.horizon_days,
            "tolerance_days": self.tolerance_days,
            "minimum": [self.min_items, self.min_history_days],
            "scale": [SCALE_ID, DIRECTION],
        }
        text = json.dumps(content, sort_keys=True, default=str)
        return f"payment-1-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    @cached_property
    def version(self) -> str:
        """Name of the whole set, derived from every parameter: what a decision record stores."""
        text = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def grade_of(self, score: Decimal) -> int:
        """The grade of a health score, 1 best."""
        for grade, least in enumerate(self.grade_bands, start=1):
            if score >= least:
                return grade
        return len(self.grade_bands) + 1

    def settings(self, *, only_open: bool, only_settled: bool) -> pa.Table:
        """One row: the parameters that the SQL reads, beside what the ledger as a whole lacks."""
        row = {name: getattr(self, name) for name in SETTINGS.names if hasattr(self, name)}
        row |= {"only_open": only_open, "only_settled": only_settled}
        return pa.Table.from_pylist([row], schema=SETTINGS)

    def caps(self) -> pa.Table:
        """The configured starter caps, one row a currency."""
        rows = [{"currency": code, "cap": cap} for code, cap in self.starter_caps.items()]
        return pa.Table.from_pylist(rows, schema=STARTER_CAPS)

    def weights(self) -> pa.Table:
        """One row an action: its weight."""
        rows = [{"action": name, "weight": w} for name, w in self.action_weights.items()]
        return pa.Table.from_pylist(rows, schema=ACTION_WEIGHTS)

    def segments(self) -> pa.Table:
        """The factor tables as straight lines, one row a line."""
        rows = [
            {
                "factor": factor.code,
                "position": position,
                "max_points": float(factor.max_points),
                "missing_points": float(factor.missing),
                "lower_is_better": factor.lower_is_better,
                "step": factor.step,
                "x0": x0,
                "x1": x1,
                "y0": float(y0),
                "y1": float(y1),
            }
            for position, factor in enumerate(self.factors)
            for (x0, y0), (x1, y1) in pairwise(_unbounded(factor.table))
        ]
        return pa.Table.from_pylist(rows, schema=SEGMENTS)

    def grades(self) -> pa.Table:
        """One row a grade: its band of scores, the next better band and the limit multiplier."""
        least = [*self.grade_bands, Decimal("0")]
        below = [Decimal("1000"), *self.grade_bands]
        rows = [
            {
                "grade": number,
                "from_score": least[number - 1],
                "below_score": below[number - 1],
                "next_score": None if number == 1 else below[number - 1],
                "multiplier": self.grade_multipliers[number - 1],
            }
            for number in range(1, len(least) + 1)
        ]
        return pa.Table.from_pylist(rows, schema=GRADES)


def _unbounded(
    table: tuple[tuple[float, Decimal], ...],
) -> tuple[tuple[float, Decimal], ...]:
    return ((-BEYOND, table[0][1]), *table, (BEYOND, table[-1][1]))


def _refuse(holds: bool, name: str, value: object, why: str) -> None:
    if not holds:
        raise UnsoundParameters(name=name, value=value, why=why)


def _check(parameters: Parameters) -> None:
    """Raise UnsoundParameters unless the tables are monotone and make one scale of 0 to 100."""
    for factor in parameters.factors:
        values = [x for x, _ in factor.table]
        points = [y for _, y in factor.table]
        _refuse(values == sorted(set(values)), factor.code, values, "values must rise")
        ordered = points in (sorted(points), sorted(points, reverse=True))
        _refuse(ordered, factor.code, points, "points must only rise or only fall")
        tenths = all(y == y.quantize(Decimal("0.1")) for y in (*points, factor.missing))
        _refuse(tenths, factor.code, points, "points have one decimal")
    total = sum((factor.max_points for factor in parameters.factors), Decimal(0))
    _refuse(total == 100, "factors", total, "the factors' most points must add up to 100")
    bands = parameters.grade_bands
    falling = list(bands) == sorted(set(bands), reverse=True) and len(bands) == 9
    _refuse(falling, "grade_bands", bands, "nine falling scores are needed")
    _refuse(len(parameters.grade_multipliers) == 10, "grade_multipliers", "", "ten are needed")
    _refuse(
        Decimal(0) < parameters.step_up <= Decimal("1.25"),
        "step_up",
        parameters.step_up,
        "it may be above 0 and at most 1.25",
    )
    basis = parameters.day_basis
    missing = set(WEIGHTS) ^ set(parameters.action_weights)
    _refuse(not missing, "action_weights", missing, "each action needs a weight")
    _refuse(basis in ("actual", "30"), "day_basis", basis, "it is actual or 30")


def ladder() -> pa.Table:
    """The payment index by days beyond terms: the published PAYDEX steps, straight lines between.

    Beyond the last published day (120: 20) the index keeps falling at the slope of the last step,
    one point every three days, down to 1.
    """
    text = (files("xindun.engine") / "data" / "paydex_ladder.csv").read_text("utf-8")
    steps = [
        (float(row["days_beyond_terms"]), float(row["index"]))
        for row in csv.DictReader(text.splitlines())
    ]
    (x0, y0), (x1, y1) = steps[-2:]
    floor = x1 + (1 - y1) / ((y1 - y0) / (x1 - x0))
    points = [(-BEYOND, steps[0][1]), *steps, (floor, 1.0), (BEYOND, 1.0)]
    rows = [
        {"from_days": a, "to_days": b, "from_index": c, "to_index": d}
        for (a, c), (b, d) in pairwise(points)
    ]
    return pa.Table.from_pylist(rows, schema=LADDER)


SEGMENTS: Final = pa.schema(
    [
        ("factor", pa.string()),
        ("position", pa.int64()),
        ("max_points", pa.float64()),
        ("missing_points", pa.float64()),
        ("lower_is_better", pa.bool_()),
        ("step", pa.float64()),
        ("x0", pa.float64()),
        ("x1", pa.float64()),
        ("y0", pa.float64()),
        ("y1", pa.float64()),
    ]
)
GRADES: Final = pa.schema(
    [
        ("grade", pa.int64()),
        ("from_score", pa.decimal128(5, 1)),
        ("below_score", pa.decimal128(5, 1)),
        ("next_score", pa.decimal128(5, 1)),
        ("multiplier", pa.decimal128(9, 4)),
    ]
)
LADDER: Final = pa.schema(
    [
        ("from_days", pa.float64()),
        ("to_days", pa.float64()),
        ("from_index", pa.float64()),
        ("to_index", pa.float64()),
    ]
)
SETTINGS: Final = pa.schema(
    [
        ("tolerance_days", pa.int64()),
        ("min_items", pa.int64()),
        ("min_history_days", pa.int64()),
        ("sure_items", pa.int64()),
        ("sure_history_days", pa.int64()),
        ("unsure_derived_ratio", pa.float64()),
        ("experience_days", pa.int64()),
        ("step_up", pa.decimal128(9, 4)),
        ("extension_days", pa.int64()),
        ("extension_share", pa.decimal128(9, 4)),
        ("score_floor", pa.decimal128(5, 1)),
        ("starter_share", pa.decimal128(9, 4)),
        ("remind_days", pa.int64()),
        ("call_days", pa.int64()),
        ("hold_days", pa.int64()),
        ("demand_days", pa.int64()),
        ("hand_over_days", pa.int64()),
        ("presentment_days", pa.int64()),
        ("recourse_months", pa.int64()),
        ("only_open", pa.bool_()),
        ("only_settled", pa.bool_()),
    ]
)
"""One row: the parameters that the SQL reads, and what the ledger as a whole lacks."""

STARTER_CAPS: Final = pa.schema([("currency", pa.string()), ("cap", pa.decimal128(38, 4))])
ACTION_WEIGHTS: Final = pa.schema([("action", pa.string()), ("weight", pa.float64())])

DEFAULTS: Final = Parameters()
