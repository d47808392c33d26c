"""Ranking and accuracy of scores against what happened (mechanics 5.14).

Shapes: ``happened`` is 0 or 1 a row, ``scores`` are finite, higher means more likely. Tied scores
are never put in a lucky order: every figure is the mean over all orders of the tied rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xindun.kernel.errors import DomainError

Floats = NDArray[np.float64]


class NothingToMeasure(DomainError):
    """A figure needs rows where it happened and rows where it did not."""

    code = "nothing_to_measure"
    sentence = "Of {rows} rows {events} are events; a validation needs some of both kinds."


@dataclass(frozen=True, slots=True)
class Alerts:
    """What alerting the worst ``rate`` of all rows would have caught.

    Attributes:
        recall: share of the events that were alerted.
        precision: share of the alerts that were events.
        threshold: the least score alerted.
    """

    rate: float
    recall: float
    precision: float
    threshold: float


def checked(happened: Floats, scores: Floats) -> tuple[Floats, Floats]:
    """Both as arrays of floats, of one length, with some of both outcomes."""
    outcomes = np.asarray(happened, dtype=np.float64)
    values = np.asarray(scores, dtype=np.float64)
    events = int(outcomes.sum())
    if outcomes.shape != values.shape or not 0 < events < len(outcomes):
        raise NothingToMeasure(rows=len(outcomes), events=events)
    return outcomes, values


def _groups(happened: Floats, scores: Floats) -> tuple[Floats, Floats, Floats]:
    """Distinct scores, best first (highest), with their rows and events."""
    values, place, rows = np.unique(scores, return_inverse=True, return_counts=True)
    events: Floats = np.bincount(place, weights=happened, minlength=len(values)).astype(np.float64)
    counts: Floats = rows[::-1].astype(np.float64)
    return values[::-1], counts, events[::-1]


def auc(happened: Floats, scores: Floats) -> float:
    """The chance that a random event scores above a random other row; ties count half.

    >>> auc(np.array([0., 0, 1, 1]), np.array([.1, .4, .35, .8]))
    0.75
    """
    outcomes, values = checked(happened, scores)
    _, rows, events = _groups(outcomes, values)
    others = rows - events
    below = others.sum() - np.cumsum(others)
    won = (events * (below + others / 2)).sum()
    return float(won / (events.sum() * others.sum()))


def gini(happened: Floats, scores: Floats) -> float:
    """2·AUC − 1."""
    return 2 * auc(happened, scores) - 1


def auc_error(happened: Floats, scores: Floats) -> float:
    """Standard error of the AUC after Hanley and McNeil (1982)."""
    outcomes, values = checked(happened, scores)
    area = auc(outcomes, values)
    events = float(outcomes.sum())
    others = len(outcomes) - events
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (events - 1) * (one - area**2) + (others - 1) * (two - area**2)
    return float(np.sqrt(variance / (events * others)))


def ks(happened: Floats, scores: Floats) -> float:
    """Kolmogorov–Smirnov: the widest gap between the shares of events and of others caught."""
    outcomes, values = checked(happened, scores)
    _, rows, events = _groups(outcomes, values)
    others = rows - events
    gap = np.cumsum(events) / events.sum() - np.cumsum(others) / others.sum()
    return float(np.abs(gap).max())


def average_precision(happened: Floats, scores: Floats) -> float:
    """Area under precision and recall, as steps; a coin's value is the base rate."""
    outcomes, values = checked(happened, scores)
    _, rows, events = _groups(outcomes, values)
    precision = np.cumsum(events) / np.cumsum(rows)
    return float((precision * events).sum() / events.sum())


def brier(happened: Floats, probabilities: Floats) -> float:
    """Mean squared error of the probabilities; naming the base rate for all gives b·(1 − b)."""
    return float(np.mean((np.asarray(probabilities) - np.asarray(happened)) ** 2))


def alerts(happened: Floats, scores: Floats, rate: float) -> Alerts:
    """Recall and precision when the ``rate`` of rows with the highest scores is alerted.

    The number of alerts is rounded up; where the last of them is tied, the tied rows count in
    proportion.
    """
    outcomes, values = checked(happened, scores)
    distinct, rows, events = _groups(outcomes, values)
    wanted = float(np.ceil(round(rate * len(outcomes), 9)))
    reached = np.cumsum(rows)
    last = int(np.searchsorted(reached, wanted))
    before_rows = reached[last] - rows[last]
    caught = events[:last].sum() + events[last] * (wanted - before_rows) / rows[last]
    return Alerts(
        rate=rate,
        recall=float(caught / events.sum()),
        precision=float(caught / wanted),
        threshold=float(distinct[last]),
    )
