"""The model's file with its card: what it learnt from, how good it is, and where it must not go.

What a reader would get wrong: the figures of the card come from models trained without the rows
they are tested on (by time, and by firm). The shipped model then learns from all years, so no
figure is of itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xindun.engine.default_risk.check import validation
from xindun.engine.default_risk.firm_years import FirmYears
from xindun.engine.default_risk.inputs import CODES, InputSet
from xindun.engine.default_risk.training import (
    LearningMissing,
    Recipe,
    fitted_model,
)

CITATION: Final = (
    "Lombardo, Pellegrino, Adosoglou, Cagnoni, Pardalos, Poggi: Machine Learning for Bankruptcy "
    "Prediction in the American Stock Market, Future Internet 2022, 14(8):244; Pellegrino et al.: "
    "Future Internet 2024, 16(3):79"
)
LIMITS: Final = (
    "listed_us_firms",
    "annual_statements",
    "legal_failure_only",
    "base_rate_of_its_years",
    "never_raises_a_limit",
)
"""Codes of ``phrases``, family ``model_limit``."""
TESTED_YEARS: Final = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Where the firm-years came from.

    Attributes:
        digest: SHA-256 of the files, in their order.
    """

    name: str
    digest: str


def trained_model(
    rows: FirmYears,
    inputs: InputSet,
    *,
    since: int,
    until: int,
    source: Source,
    recipe: Recipe | None = None,
) -> dict[str, Any]:
    """A model of the firm-years from ``since`` to ``until``, with its card.

    Args:
        rows: with the inputs and the baselines; years before ``since`` and after ``until`` are
            left alone.
    """
    grown = recipe or Recipe()
    codes = CODES[inputs]
    used = rows.rows((rows.years >= since) & (rows.years <= until) & ~rows.unknown)
    body = fitted_model(used, codes, grown)
    body |= {
        "id": f"default-risk-us-{inputs.value}",
        "population": "us_listed_firms",
        "countries": ["US"],
        "inputs": inputs.value,
        "trained_on": {
            "source": source.name,
            "sha256": source.digest,
            "years": [since, until],
            "firm_years": len(used.firms),
            "firms": len(set(used.firms)),
            "failures": int(used.failed.sum()),
        },
        "licence": "CC-BY-4.0",
        "citation": CITATION,
        "card": {
            "limits": list(LIMITS),
            "out_of_time": _out_of_time(used, codes, since, until, grown),
            "by_firm_group": body.pop("by_firm_group"),
        },
    }
    body["version"] = digest(body)[:12]
    return body


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of the content without its version."""
    plain = {name: value for name, value in body.items() if name != "version"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def as_text(body: Mapping[str, Any]) -> str:
    """The file's content, equal for equal models."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def _out_of_time(
    rows: FirmYears, codes: Sequence[str], since: int, until: int, recipe: Recipe
) -> list[dict[str, Any]]:
    """Earlier years teach, the three after them test, for the last cuts that leave both."""
    found = []
    for cut in (until - 2 * TESTED_YEARS, until - TESTED_YEARS):
        taught, tested = rows.rows(rows.years <= cut), rows.rows(
            (rows.years > cut) & (rows.years <= cut + TESTED_YEARS)
        )  # fmt: skip
        if cut <= since or not tested.failed.sum():
            continue
        model = fitted_model(taught, codes, recipe)
        logistic = {"logistic": logistic_scores(taught, tested, codes)}
        report = validation(model, tested, logistic)
        kept = ("years", "rows", "events", "base_rate", "auc", "auc_error", "ks", "brier")
        found.append(
            {
                **{name: report[name] for name in (*kept, "average_precision", "alerts")},
                "taught_until": cut,
                "baselines": {name: each["auc"] for name, each in report["baselines"].items()},
                "lead_times": report["lead_times"],
                "grades": report["grades"],
            }
        )
    return found


def logistic_scores(
    taught: FirmYears, tested: FirmYears, codes: Sequence[str]
) -> NDArray[np.float64]:
    """A plain logistic regression over the same inputs, cut at their outer percentiles."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise LearningMissing() from error
    raw = taught.matrix(codes)
    low, middle, high = np.nanquantile(raw, [0.01, 0.5, 0.99], axis=0)

    def plain(rows: FirmYears) -> NDArray[np.float64]:
        matrix = rows.matrix(codes)
        return np.clip(np.where(np.isnan(matrix), middle, matrix), low, high)

    known = plain(taught)
    mean, spread = known.mean(axis=0), known.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    line = LogisticRegression(max_iter=2000).fit((known - mean) / spread, taught.failed)
    return np.asarray(line.decision_function((plain(tested) - mean) / spread), dtype=np.float64)
