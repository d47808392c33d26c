"""The validation pack: every figure of a test in one plain dictionary, the base rate first.

What a reader would get wrong: the trivial baseline says "nothing ever happens". Its accuracy is
1 − base rate, which is why no accuracy is shown without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from xindun.engine.validation import metrics
from xindun.engine.validation.calibration import NoLine, by_grade, fitted_line
from xindun.engine.validation.metrics import Floats

ALERT_RATES: Final = (0.05, 0.10)


def pack(
    happened: Floats,
    probabilities: Floats,
    *,
    bounds: Sequence[float],
    baselines: Mapping[str, Floats],
) -> dict[str, Any]:
    """The figures of one test set as JSON-able values.

    Args:
        bounds: of the grades; see ``calibration.by_grade``.
        baselines: other scores of the same rows, higher is riskier; NaN is ranked lowest.

    Raises:
        NothingToMeasure: the set lacks one of the outcomes.
    """
    outcomes, stated = metrics.checked(happened, probabilities)
    base_rate = float(outcomes.mean())
    inside = np.clip(stated, 1e-12, 1 - 1e-12)
    try:
        slope, offset = fitted_line(outcomes, np.log(inside / (1 - inside)))
        line: dict[str, float] | None = {"slope": slope, "offset": offset}
    except NoLine:
        line = None
    return {
        "rows": len(outcomes),
        "events": int(outcomes.sum()),
        "base_rate": base_rate,
        "mean_probability": float(stated.mean()),
        "trivial": {"accuracy": 1 - base_rate, "brier": base_rate * (1 - base_rate)},
        "auc": metrics.auc(outcomes, stated),
        "auc_error": metrics.auc_error(outcomes, stated),
        "gini": metrics.gini(outcomes, stated),
        "ks": metrics.ks(outcomes, stated),
        "average_precision": metrics.average_precision(outcomes, stated),
        "brier": metrics.brier(outcomes, stated),
        "calibration": line,
        "alerts": [asdict(metrics.alerts(outcomes, stated, rate)) for rate in ALERT_RATES],
        "grades": [
            {**asdict(grade), "is_off": grade.is_off}
            for grade in by_grade(outcomes, stated, bounds)
        ],
        "baselines": {name: _baseline(outcomes, score) for name, score in baselines.items()},
    }


def _baseline(outcomes: Floats, score: Floats) -> dict[str, Any]:
    ranked = np.where(np.isnan(score), -np.inf, score)
    return {
        "auc": metrics.auc(outcomes, ranked),
        "alerts": [asdict(metrics.alerts(outcomes, ranked, rate)) for rate in ALERT_RATES],
    }
