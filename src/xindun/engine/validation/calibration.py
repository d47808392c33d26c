"""Do the stated probabilities come true: grade by grade, and a line that mends them.

What a reader would get wrong: the binomial test takes failures as independent. In a bad year they
are not, so a small p-value asks a question, it does not condemn a grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

import numpy as np

from xindun.engine.validation.metrics import Floats, NothingToMeasure
from xindun.kernel.errors import DomainError

UNLIKELY = 0.05
"""Below this two-sided p-value a grade is shown as off."""


class NoLine(DomainError):
    """No finite line is the best one."""

    code = "no_calibration_line"
    sentence = "The scores part events from other rows without an error: no line can be fitted."


@dataclass(frozen=True, slots=True)
class GradeCheck:
    """One grade: how many rows, what was stated, what happened.

    Attributes:
        p_value: two-sided exact binomial; None where the grade is empty.
    """

    grade: int
    rows: int
    events: int
    stated: float | None
    happened: float | None
    p_value: float | None

    @property
    def is_off(self) -> bool:
        """Whether chance alone would hardly give this."""
        return self.p_value is not None and self.p_value < UNLIKELY


def binomial_p_value(rows: int, events: int, probability: float) -> float:
    """Exact, two-sided: twice the smaller tail, at most 1.

    >>> round(binomial_p_value(10, 9, 0.5), 6)
    0.021484
    """
    upper = 1.0 if events == 0 else _tail(rows, events, probability)
    lower = 1.0 if events == rows else _tail(rows, rows - events, 1 - probability)
    return min(1.0, 2 * min(upper, lower))


def _tail(rows: int, least: int, probability: float) -> float:
    """P(events ≥ least), summed outwards in logs so that no term is lost."""
    if probability <= 0 or probability >= 1:
        return float(probability >= 1)
    counts = np.arange(least, rows + 1, dtype=np.float64)
    first = (
        lgamma(rows + 1) - lgamma(least + 1) - lgamma(rows - least + 1)
        + least * log(probability) + (rows - least) * log1p(-probability)
    )  # fmt: skip
    odds = log(probability) - log1p(-probability)
    steps = np.log((rows - counts[:-1]) / (counts[:-1] + 1)) + odds
    terms = first + np.concatenate(([0.0], np.cumsum(steps)))
    top = float(terms.max())
    return min(1.0, exp(top) * float(np.exp(terms - top).sum()))


def by_grade(
    happened: Floats, probabilities: Floats, bounds: Sequence[float]
) -> tuple[GradeCheck, ...]:
    """Stated against observed for each band of probability.

    Args:
        bounds: upper bounds of all grades but the last, rising; grade 1 is the safest. A
            probability equal to a bound belongs to the worse grade.
    """
    outcomes, stated = np.asarray(happened), np.asarray(probabilities)
    place = np.searchsorted(np.asarray(bounds), stated, side="right")
    checks = []
    for grade in range(len(bounds) + 1):
        inside = place == grade
        rows = int(inside.sum())
        if not rows:
            checks.append(GradeCheck(grade + 1, 0, 0, None, None, None))
            continue
        events, mean = int(outcomes[inside].sum()), float(stated[inside].mean())
        p_value = binomial_p_value(rows, events, mean)
        checks.append(GradeCheck(grade + 1, rows, events, mean, events / rows, p_value))
    return tuple(checks)


def fitted_line(happened: Floats, log_odds: Floats, rounds: int = 50) -> tuple[float, float]:
    """Slope and offset of a logistic line through log-odds, by Newton's method.

    A well calibrated score gives (1, 0).

    Raises:
        NothingToMeasure: one of the outcomes is lacking.
        NoLine: the scores part the outcomes, so a steeper line is always better.
    """
    outcomes = np.asarray(happened, dtype=np.float64)
    if not 0 < outcomes.sum() < len(outcomes):
        raise NothingToMeasure(rows=len(outcomes), events=int(outcomes.sum()))
    design = np.column_stack([np.asarray(log_odds, dtype=np.float64), np.ones(len(outcomes))])
    line = np.array([1.0, 0.0])
    for _ in range(rounds):
        stated = sigmoid(design @ line)
        weight = stated * (1 - stated)
        try:
            step = np.linalg.solve((design.T * weight) @ design, design.T @ (outcomes - stated))
        except np.linalg.LinAlgError as error:
            raise NoLine() from error
        line = line + step
        if float(np.abs(step).max()) < 1e-9:
            return float(line[0]), float(line[1])
    raise NoLine()


def sigmoid(log_odds: Floats) -> Floats:
    """Probability of log-odds, without overflow at either end."""
    small = np.exp(-np.abs(log_odds))
    return np.asarray(np.where(log_odds >= 0, 1 / (1 + small), small / (1 + small)))
