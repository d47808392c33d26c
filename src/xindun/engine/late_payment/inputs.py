"""From counts to the model's inputs, and to the curve that history alone gives.

What a reader would get wrong: a history of few invoices is pulled to the wider one above it, so
the curve of a payer's first invoice is the curve of the seller's invoices with such terms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from xindun.engine.late_payment.spec import (
    COLUMNS,
    COUNTED_LEVELS,
    INVOICE_COLUMNS,
    LEVELS,
    MISSING,
    SHARE_LEVELS,
    THRESHOLDS,
)

Array = npt.NDArray[np.float64]
DUE = THRESHOLDS.index(0)
IMAGINED = 1 / (1 + np.exp(np.array(THRESHOLDS, float) / 10))
"""The curve of the one imagined invoice that the seller's history starts with: even chances to be
late, and falling, so that a short history never calls anything certain."""

SLOPE_REACH = 2


@dataclass(frozen=True, slots=True)
class Inputs:
    """Rows for the model, an invoice's thresholds one after the other.

    Attributes:
        rows: shape (invoices × thresholds, ``COLUMNS``).
        owed: shape (invoices, thresholds): 1, 0, or NaN where the outcome is not known.
        history: the curve of the invoice's own histories, shape (invoices, thresholds).
        unissued: shape (invoices, thresholds): the threshold lies before the issue, so the invoice
            is owed for certain at its end.
        outcomes: invoices of the payer whose outcome on the due date was known at issue.
    """

    rows: Array
    owed: Array
    history: Array
    unissued: npt.NDArray[np.bool_]
    outcomes: Array


def inputs(counts: pa.Table, invoices: pa.Table) -> Inputs:
    """The model's inputs from the two results of ``features`` over the same invoices."""
    shape = (invoices.num_rows, len(THRESHOLDS))
    shares = {span: _shares(counts, span, shape) for span in ("", "recent_")}
    narrow = shares[""][LEVELS[-1].name]
    weekday = _column(invoices, "due_weekday")[:, None]
    columns = {
        "days": np.broadcast_to(np.array(THRESHOLDS, float), shape),
        "weekday_then": (weekday + np.array(THRESHOLDS, float)) % 7,
        "narrow_slope": _slope(narrow),
    }
    for span, levels in shares.items():
        columns |= {f"{level}_{span}share": levels[level] for level in SHARE_LEVELS}
        columns |= {
            f"{level}_{span}n": _column(counts, f"{level}_{span}n").reshape(shape)
            for level in COUNTED_LEVELS
        }
    for name in INVOICE_COLUMNS:
        known = np.nan_to_num(_column(invoices, name), nan=MISSING)
        columns[name] = np.broadcast_to(known[:, None], shape)
    unissued = _column(invoices, "terms_days")[:, None] + np.array(THRESHOLDS, float) < 0
    return Inputs(
        rows=np.column_stack([columns[name].reshape(-1) for name in COLUMNS]),
        owed=_column(counts, "owed").reshape(shape),
        history=falling(np.where(unissued, 1.0, narrow)),
        unissued=unissued,
        outcomes=_column(counts, "payer_n").reshape(shape)[:, DUE],
    )


def falling(curves: Array) -> Array:
    """Each curve made to fall: an invoice owed on a day was owed on the days before."""
    return np.minimum.accumulate(curves, axis=1)


def _shares(counts: pa.Table, span: str, shape: tuple[int, int]) -> dict[str, Array]:
    """Each level's share still owed, pulled to the level above by its strength."""
    above: Array = np.broadcast_to(IMAGINED, shape)
    found = {}
    for level in LEVELS:
        n = _column(counts, f"{level.name}_{span}n").reshape(shape)
        owed = _column(counts, f"{level.name}_{span}owed").reshape(shape)
        above = (owed + level.strength * above) / (n + level.strength)
        found[level.name] = above
    return found


def _slope(curve: Array) -> Array:
    """How much of the curve falls around each threshold: its payers pay about then."""
    padded = np.pad(curve, ((0, 0), (SLOPE_REACH, SLOPE_REACH)), mode="edge")
    fall: Array = padded[:, : -2 * SLOPE_REACH] - padded[:, 2 * SLOPE_REACH :]
    return fall


def _column(rows: pa.Table, name: str) -> Array:
    column: Array = rows[name].cast(pa.float64()).to_numpy()
    return column
