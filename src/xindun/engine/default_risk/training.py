"""Learn an additive default-risk model: boosted trees of one split, turned into a table.

Why so plain: over held-out years deeper trees rank no better (docs/adr/0086), and a table gives
reasons that add up exactly and needs no learning library to apply.

What a reader would get wrong: the probability is calibrated on firms that the trees did not see.
The trees' own probabilities of the rows they learnt from would look too sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xindun.engine.default_risk.apply import probabilities, raw_log_odds
from xindun.engine.default_risk.firm_years import FirmYears
from xindun.engine.default_risk.inputs import direction
from xindun.engine.default_risk.tables import TermTable, additive_tables
from xindun.engine.validation import metrics
from xindun.engine.validation.calibration import fitted_line
from xindun.engine.validation.drift import profile
from xindun.engine.validation.splits import firm_folds
from xindun.kernel.errors import DomainError

Floats = NDArray[np.float64]
HORIZON_DAYS: Final = 365
FOLDS: Final = 5
FOLD_BAGS: Final = 2
"""Bags of the models that only calibrate; more move their ranking by less than its error."""
RARELY_MISSING: Final = 0.005
"""Where fewer rows lack an input, what they taught is chance: missing counts as the mean."""


class LearningMissing(DomainError):
    """Training needs libraries that applying does not."""

    code = "learning_missing"
    sentence = "Training needs more libraries. Install them with: pip install 'xindun[models]'"


class TooFewFailures(DomainError):
    """Too little happened to learn from."""

    code = "too_few_failures"
    sentence = "Only {failures} failures in {rows} firm-years; at least {needed} are needed."


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the trees are grown; every number is part of the file.

    Attributes:
        bags: boosters whose tables are averaged, each over other rows and inputs.
    """

    rounds: int = 160
    rate: float = 0.06
    bags: int = 8
    bins: int = 63
    least_rows: int = 100
    inputs_share: float = 0.3
    rows_share: float = 0.7
    ridge: float = 10.0
    seed: int = 1


LEAST_FAILURES: Final = 30


def fitted_model(rows: FirmYears, codes: Sequence[str], recipe: Recipe) -> dict[str, Any]:
    """The core of a model's file: terms, calibration, base rate, profiles, AUC over unseen firms.

    Raises:
        TooFewFailures: there is too little to learn from.
    """
    failures = int(rows.failed.sum())
    if failures < LEAST_FAILURES:
        raise TooFewFailures(failures=failures, rows=len(rows.firms), needed=LEAST_FAILURES)
    body = _uncalibrated(rows, codes, recipe)
    unseen = _held_out(rows, codes, replace(recipe, bags=min(recipe.bags, FOLD_BAGS)))
    slope, offset = fitted_line(rows.failed, unseen)
    body["calibration"] = {"slope": slope, "offset": offset}
    body["by_firm_group"] = {
        "folds": FOLDS,
        "rows": len(unseen),
        "events": failures,
        "base_rate": body["base_rate"],
        "auc": metrics.auc(rows.failed, unseen),
        "auc_error": metrics.auc_error(rows.failed, unseen),
    }
    stated = probabilities(body, rows.inputs)
    body["profiles"] = {code: asdict(profile(rows.inputs[code])) for code in codes}
    body["profiles"]["probability"] = asdict(profile(stated))
    return body


def _held_out(rows: FirmYears, codes: Sequence[str], recipe: Recipe) -> Floats:
    """Log-odds of every row from a model that saw no row of its firm."""
    folds = firm_folds(rows.firms, FOLDS)
    found = np.zeros(len(folds))
    for fold in range(FOLDS):
        out = folds == fold
        model = _uncalibrated(rows.rows(~out), codes, recipe)
        found[out] = raw_log_odds(model, rows.rows(out).inputs)
    return found


def boosters(rows: FirmYears, codes: Sequence[str], recipe: Recipe) -> list[Any]:
    """The LightGBM boosters, one a bag; equal on every run (one thread, fixed seeds)."""
    try:
        import lightgbm
    except ImportError as error:
        raise LearningMissing() from error
    shared: dict[str, Any] = {
        "objective": "binary",
        "num_leaves": 2,
        "learning_rate": recipe.rate,
        "max_bin": recipe.bins,
        "min_data_in_leaf": recipe.least_rows,
        "feature_fraction": recipe.inputs_share,
        "bagging_fraction": recipe.rows_share,
        "bagging_freq": 1,
        "lambda_l2": recipe.ridge,
        "monotone_constraints": [direction(code) for code in codes],
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbose": -1,
    }
    matrix = rows.matrix(codes)
    return [
        lightgbm.train(
            {**shared, "seed": recipe.seed + bag},
            lightgbm.Dataset(matrix, rows.failed),
            recipe.rounds,
        )
        for bag in range(recipe.bags)
    ]


def _uncalibrated(rows: FirmYears, codes: Sequence[str], recipe: Recipe) -> dict[str, Any]:
    grown = boosters(rows, codes, recipe)
    trees = [tree for booster in grown for tree in booster.dump_model()["tree_info"]]
    tables = additive_tables(trees, tuple(codes))
    intercept, terms = 0.0, []
    for code in codes:
        if code in tables:
            mean, term = _term(code, tables[code], rows.inputs[code], recipe.bags)
            intercept += mean
            terms.append(term)
    return {
        "kind": "additive",
        "link": "logit",
        "intercept": intercept,
        "terms": terms,
        "calibration": {"slope": 1.0, "offset": 0.0},
        "horizon_days": HORIZON_DAYS,
        "base_rate": float(rows.failed.mean()),
        "recipe": asdict(recipe),
    }


def _term(
    code: str, table: TermTable, values: Floats, bags: int
) -> tuple[float, Mapping[str, Any]]:
    """The term with a mean of 0 over the rows it learnt from, and the mean taken out."""
    edges = table.edges()
    log_odds = np.asarray(table.log_odds()) / bags
    absent = np.isnan(values)
    bins = np.searchsorted(np.asarray(edges), values[~absent], side="right")
    known = log_odds[bins]
    learnt = table.missing is not None and float(absent.mean()) >= RARELY_MISSING
    missing = float(table.missing or 0.0) / bags if learnt else float(known.mean())
    mean = float(np.concatenate((known, np.full(int(absent.sum()), missing))).mean())
    centred = [float(each) for each in log_odds - mean]
    body = {"codes": [code], "edges": [edges], "log_odds": centred, "missing": missing - mean}
    return mean, body
