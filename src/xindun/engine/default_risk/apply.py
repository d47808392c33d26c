"""A model applied to columns in this process: what validation and drift look at.

The portfolio's expression (``expressions/additive.py``) applies the same table in SQL; a test holds
the two together. What a reader would get wrong: here log-odds stay doubles, there they are whole
ten-thousandths, so the two agree to half of one a term.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xindun.engine.validation.calibration import sigmoid

Floats = NDArray[np.float64]
Body = Mapping[str, Any]


def term_log_odds(term: Mapping[str, Any], inputs: Mapping[str, Floats]) -> Floats:
    """Log-odds of one term; the values are NaN where an input is not known."""
    code = term["codes"][0]
    values = inputs[code]
    bins = np.searchsorted(np.asarray(term["edges"][0]), values, side="right")
    known = np.asarray(term["log_odds"], dtype=np.float64)[
        np.minimum(bins, len(term["log_odds"]) - 1)
    ]
    return np.asarray(np.where(np.isnan(values), term["missing"], known))


def raw_log_odds(model: Body, inputs: Mapping[str, Floats]) -> Floats:
    """Intercept and terms, before calibration."""
    rows = len(next(iter(inputs.values())))
    total = np.full(rows, float(model["intercept"]))
    for term in model["terms"]:
        total = total + term_log_odds(term, inputs)
    return total


def probabilities(model: Body, inputs: Mapping[str, Floats]) -> Floats:
    """Calibrated probability of failure within the model's horizon."""
    line = model["calibration"]
    return sigmoid(line["offset"] + line["slope"] * raw_log_odds(model, inputs))


def codes_of(model: Body) -> tuple[str, ...]:
    """Every input that the model reads, in the order of its terms."""
    return tuple(dict.fromkeys(code for term in model["terms"] for code in term["codes"]))
