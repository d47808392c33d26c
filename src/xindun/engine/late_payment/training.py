"""Train the model on a seller's own ledger.

What a reader would get wrong: a row is an invoice at a threshold, and it is used as soon as that
threshold has passed, paid or not. Leaving out what is still unpaid would teach the model that
nobody is very late.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa

from xindun.engine.late_payment import features
from xindun.engine.late_payment.artefact import LateModel, Trained
from xindun.engine.late_payment.inputs import DUE, Array, inputs
from xindun.engine.late_payment.spec import ASKED, COLUMNS, THRESHOLDS
from xindun.engine.late_payment.trees import tree_of_dump
from xindun.engine.run import Ledger
from xindun.kernel.errors import DomainError

LEAST_INVOICES: Final = 500
LEAST_DAYS: Final = 90
"""A ledger below either teaches less than each payer's own history says."""

WARM_UP_DAYS: Final = 30
"""The first invoices of a ledger have no history, and not because they are new."""

MOST_INVOICES: Final = 60_000
"""More teach nothing new and cost memory; a fixed draw of them is taken."""

SETTINGS: Final[dict[str, Any]] = {
    "objective": "binary",
    "num_leaves": 31,
    "learning_rate": 0.05,
    "min_data_in_leaf": 100,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
ROUNDS: Final = 150


class ModelsExtraMissing(DomainError):
    """The libraries that train models are not installed."""

    code = "models_extra_missing"
    sentence = "Training needs the extra xindun[models]: pip install 'xindun[models]'."


class TooLittleToTrain(DomainError):
    """A ledger is too short to train on; each payer's own history is used instead."""

    code = "too_little_to_train"
    sentence = (
        "The ledger has {invoices} invoices with a known outcome over {days} days; training needs "
        "{least} over {least_days}. Predictions use each buyer's own history until then."
    )


def train(
    ledger: Ledger, payers: pa.Table, *, as_of: date, known_at: datetime, rounds: int = ROUNDS
) -> LateModel:
    """Train on what was known at the end of ``as_of``.

    Deterministic: the same ledger, day and library give the same bytes.

    Raises:
        TooLittleToTrain: fewer than ``LEAST_INVOICES`` or ``LEAST_DAYS``.
        ModelsExtraMissing: LightGBM is not installed.
    """
    features.prepare(ledger, payers, as_of=as_of, known_at=known_at)
    return train_prepared(ledger, as_of=as_of, rounds=rounds)


def train_prepared(ledger: Ledger, *, as_of: date, rounds: int = ROUNDS) -> LateModel:
    """Train on a ledger that ``features.prepare`` has read as of ``as_of`` (see ``train``)."""
    _check(ledger)
    asked = f"""select item_id from late_items
        where issued_on >= (select min(issued_on) from late_items) + {WARM_UP_DAYS}
        order by hash(item_id), item_id limit {MOST_INVOICES}"""
    invoices = features.invoices(ledger, asked)
    rows = inputs(features.counts(ledger, asked), invoices)
    known = ~np.isnan(rows.owed.reshape(-1))
    taught, outcome = rows.rows[known], rows.owed.reshape(-1)[known]
    issued = invoices["issued_on"].to_pylist()
    return LateModel(
        trees=_grow(taught, outcome, rounds),
        trained=Trained(
            as_of=as_of,
            issued_from=min(issued),
            issued_until=max(issued),
            invoices=int((~np.isnan(rows.owed[:, DUE])).sum()),
            rows=int(known.sum()),
            payers=len(set(invoices["payer_id"].to_pylist())),
            base_rates={
                days: float(np.nanmean(rows.owed[:, THRESHOLDS.index(days)])) for days in ASKED
            },
        ),
        settings={**SETTINGS, "rounds": rounds},
    )


def _check(ledger: Ledger) -> None:
    row = ledger.rows(
        """select count(*) as invoices, coalesce(max(issued_on) - min(issued_on), 0) as days
        from late_outcomes, clock where days = 0 and owed is not null and known_on <= as_of"""
    ).to_pylist()[0]
    if row["invoices"] < LEAST_INVOICES or row["days"] < LEAST_DAYS:
        raise TooLittleToTrain(
            invoices=row["invoices"], days=row["days"], least=LEAST_INVOICES, least_days=LEAST_DAYS
        )


def _grow(rows: Array, outcome: Array, rounds: int) -> tuple[Any, ...]:
    try:
        import lightgbm
    except ImportError as error:
        raise ModelsExtraMissing from error
    data = lightgbm.Dataset(rows, outcome, feature_name=list(COLUMNS), free_raw_data=True)
    booster = lightgbm.train(SETTINGS, data, num_boost_round=rounds)
    return tuple(tree_of_dump(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"])
