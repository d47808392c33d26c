"""The dial and the waterfall as shapes with attributes; the security policy forbids styles.

What a reader would get wrong: both only repeat what stands as text beside them, so they are hidden
from screen readers. To the right is riskier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from xindun.prevention.scoring.values import CompanyReason
from xindun.web.grade.words import DIMENSIONS, reason_name

TONES = ((3, "good"), (5, "fair"), (7, "poor"), (10, "bad"))
OUTER, INNER, CENTRE = 95.0, 68.0, 100.0
GAP = 0.012


@dataclass(frozen=True, slots=True)
class Segment:
    """One grade of the dial."""

    path: str
    tone: str
    here: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One reason of the waterfall: a bar from where the sum stood to where it stands then."""

    name: str
    dimension: str
    log_odds: Decimal
    after: Decimal
    x: str
    width: str
    tone: str


def dial(grade: int | None) -> list[Segment]:
    """A half circle of ten grades, 1 at the left; the reached one is whole, the others thin."""
    return [
        Segment(
            _segment(place, OUTER if place == grade else OUTER - 8),
            next(tone for last, tone in TONES if place <= last),
            place == grade,
        )
        for place in range(1, 11)
    ]


def waterfall(reasons: Sequence[CompanyReason]) -> list[Step]:
    """The reasons in order, each from the running sum; widths are shares of the whole range."""
    sums = [Decimal(0)]
    for reason in reasons:
        sums.append(sums[-1] + reason.log_odds)
    shown = sums[1:] or sums  # the base itself starts the picture, it is no movement
    low, high = min(shown), max(shown)
    span = (high - low) or Decimal(1)
    low, span = low - span / 20, span * Decimal("1.1")
    steps = []
    for place, reason in enumerate(reasons):
        start = low if place == 0 else sums[place]
        left, right = sorted((start, sums[place + 1]))
        tone = "brand" if place == 0 else "bad" if reason.log_odds > 0 else "good"
        steps.append(
            Step(
                name=reason_name(reason.code),
                dimension=str(DIMENSIONS.get(reason.dimension, reason.dimension)),
                log_odds=reason.log_odds,
                after=sums[place + 1],
                x=f"{(left - low) / span * 100:.2f}",
                width=f"{max((right - left) / span * 100, Decimal('0.6')):.2f}",
                tone=tone,
            )
        )
    return steps


def _segment(place: int, outer: float) -> str:
    start, end = (pi * (1 - (place - 1) / 10) - GAP), (pi * (1 - place / 10) + GAP)
    points = [(outer, start), (outer, end), (INNER, end), (INNER, start)]
    a, b, c, d = (
        f"{CENTRE + r * cos(angle):.2f} {CENTRE - r * sin(angle):.2f}" for r, angle in points
    )
    return f"M{a} A{outer} {outer} 0 0 1 {b} L{c} A{INNER} {INNER} 0 0 0 {d} Z"
