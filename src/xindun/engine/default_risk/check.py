"""A default-risk model against firm-years it never saw: the validation pack and what is its own.

What a reader would get wrong: statements come once a year, so nothing here was measured at 180
days. A lead is counted from the year end of the first alert of an unbroken run to the year end of
the last accounts; the failure followed within a year after that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xindun.engine.default_risk.apply import codes_of, probabilities, term_log_odds
from xindun.engine.default_risk.firm_years import FirmYears
from xindun.engine.default_risk.inputs import direction
from xindun.engine.grade_policy import GradePolicy
from xindun.engine.validation import metrics
from xindun.engine.validation.drift import Profile, drift
from xindun.engine.validation.lead_time import lead_time
from xindun.engine.validation.pack import ALERT_RATES, pack

BASELINES: Final = ("altman_z2", "zmijewski")
"""Published models that need no market value; read them with the model's own inputs."""
YEAR_DAYS: Final = 365


def validation(
    model: Mapping[str, Any], rows: FirmYears, more: Mapping[str, NDArray[np.float64]] | None = None
) -> dict[str, Any]:
    """The pack of a model over firm-years, JSON-able.

    Args:
        rows: with the model's inputs and BASELINES; unknown outcomes are left out and counted.
        more: further baselines by name, a score for each row of ``rows``, higher is riskier.
    """
    kept = ~rows.unknown
    known = rows.rows(kept)
    stated = probabilities(model, known.inputs)
    others = {
        "altman_z2": -known.inputs["altman_z2"],
        "zmijewski": known.inputs["zmijewski"],
        **{name: score[kept] for name, score in (more or {}).items()},
    }
    found = pack(known.failed, stated, bounds=GradePolicy().scale, baselines=others)
    found |= {
        "years": [int(known.years.min()), int(known.years.max())],
        "firms": len(set(known.firms)),
        "left_out": int(rows.unknown.sum()),
        "by_year": _by_year(known, stated),
        "lead_times": _leads(known, stated),
        "drift": _drifts(model, known, stated),
        "overfit": _signs(model),
    }
    return found


def _by_year(rows: FirmYears, stated: NDArray[np.float64]) -> list[dict[str, Any]]:
    found = []
    for year in np.unique(rows.years):
        inside = rows.years == year
        failed = rows.failed[inside]
        both = 0 < failed.sum() < len(failed)
        found.append(
            {
                "year": int(year),
                "rows": len(failed),
                "events": int(failed.sum()),
                "base_rate": float(failed.mean()),
                "mean_probability": float(stated[inside].mean()),
                "auc": metrics.auc(failed, stated[inside]) if both else None,
            }
        )
    return found


def _leads(rows: FirmYears, stated: NDArray[np.float64]) -> list[dict[str, Any]]:
    found = []
    for rate in ALERT_RATES:
        threshold = metrics.alerts(rows.failed, stated, rate).threshold
        lead = lead_time(
            rows.firms,
            rows.years.astype(np.float64) * YEAR_DAYS,
            stated,
            _ends(rows) * YEAR_DAYS,
            threshold,
        )
        least = lead.median_days
        found.append(
            {
                "rate": rate,
                "firms": lead.firms,
                "alerted": lead.alerted,
                "least_median_days": least,
                "most_median_days": None if least is None else least + YEAR_DAYS,
            }
        )
    return found


def _ends(rows: FirmYears) -> NDArray[np.float64]:
    """The last year of firms whose failure lies in these rows; NaN for all others."""
    failing = set(np.asarray(rows.firms, dtype=object)[rows.failed == 1])
    inside = np.array([firm in failing for firm in rows.firms])
    return np.where(inside, rows.last_years, np.nan)


def _drifts(
    model: Mapping[str, Any], rows: FirmYears, stated: NDArray[np.float64]
) -> list[dict[str, Any]]:
    columns = {**{code: rows.inputs[code] for code in codes_of(model)}, "probability": stated}
    found = []
    for name, body in model.get("profiles", {}).items():
        if name in columns:
            moved = drift(name, Profile(tuple(body["edges"]), tuple(body["shares"])), columns[name])
            found.append({"name": name, "psi": moved.psi, "state": moved.state.value})
    return sorted(found, key=lambda each: -each["psi"])


def _signs(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each term's direction, the one it was bound to, and how much it can move the log-odds."""
    found = []
    for term in model["terms"]:
        code, values = term["codes"][0], np.asarray(term["log_odds"])
        steps = np.diff(values)
        bound = direction(code)
        found.append(
            {
                "code": code,
                "bound": bound,
                "kept": bool((steps * bound >= -1e-12).all()),
                "range": float(values.max() - values.min()),
            }
        )
    return sorted(found, key=lambda each: -each["range"])


def explained(model: Mapping[str, Any], rows: FirmYears) -> dict[str, NDArray[np.float64]]:
    """Calibrated log-odds of each term by code: with the base they add to the score."""
    slope = model["calibration"]["slope"]
    return {term["codes"][0]: slope * term_log_odds(term, rows.inputs) for term in model["terms"]}
