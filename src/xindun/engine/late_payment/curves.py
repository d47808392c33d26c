"""Read a curve: the chance to be late, and the day on which payment is expected.

A curve gives for each threshold the chance that the invoice is still owed at the end of that many
days past due. Between thresholds it falls in a straight line; before the first it falls from one
on the day before issue; after the last it keeps falling at the pace of the last step.

What a reader would get wrong: an invoice that is open today cannot have been paid yesterday. All
answers are given that it is unpaid at the end of ``as_of``, so an overdue invoice is late for sure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xindun.engine.late_payment.spec import ASKED, QUANTILES, THRESHOLDS

Array = npt.NDArray[np.float64]
HORIZON_DAYS = 365
"""A day further off than this past the last threshold is told as that day."""

LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Answers:
    """What the curves say, an array a question.

    Attributes:
        chances: days of ``ASKED`` → the chance to be paid later than that many days past due.
        days: quantile of ``QUANTILES`` → days past due by whose end payment has that chance.
    """

    chances: dict[int, Array]
    days: dict[float, npt.NDArray[np.int64]]


def answers(curves: Array, terms_days: Array, open_days: Array | None = None) -> Answers:
    """Answer every question for each curve.

    Args:
        curves: shape (invoices, thresholds), falling.
        terms_days: days from issue to the due date.
        open_days: days past due (negative before it) at whose end the invoice was still owed;
            None asks about the day of issue.
    """
    first = int(min(THRESHOLDS[0], -terms_days.max(initial=0))) - 1
    grid = np.arange(first, THRESHOLDS[-1] + HORIZON_DAYS + 1)
    owed = _daily(curves, terms_days, grid)
    unpaid_at = -terms_days - 1 if open_days is None else np.maximum(open_days, -terms_days - 1)
    place = np.clip(unpaid_at - first, 0, len(grid) - 1).astype(int)
    given = np.maximum(owed[np.arange(len(owed)), place], LEAST)
    still = np.where(grid[None, :] <= unpaid_at[:, None], 1.0, owed / given[:, None])
    return Answers(
        chances={days: still[:, days - first] for days in ASKED},
        days={q: grid[(still > 1 - q).sum(axis=1).clip(max=len(grid) - 1)] for q in QUANTILES},
    )


def _daily(curves: Array, terms_days: Array, grid: npt.NDArray[np.int64]) -> Array:
    """The curves on every day of ``grid``."""
    known = np.array(THRESHOLDS, float)
    owed = np.empty((len(curves), len(grid)))
    step = known[-1] - known[-2]
    beyond = np.clip(grid - known[-1], 0, None) / step
    for number, curve in enumerate(curves):
        start = min(-terms_days[number] - 1, known[0] - 1)
        owed[number] = np.interp(grid, [start, *known], [1.0, *curve])
        pace = curve[-1] / max(curve[-2], LEAST)
        owed[number] *= pace**beyond
    return owed
