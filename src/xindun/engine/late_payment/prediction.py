"""Predict every open invoice of a ledger, saying by what method.

What a reader would get wrong: the method is chosen an invoice. With a trained model all are
predicted by it; without one a payer's own history counts from ``LEAST_OUTCOMES`` known outcomes
at issue, and below that the seller's other invoices with such terms.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa

from xindun.engine.late_payment import features
from xindun.engine.late_payment.artefact import LateModel
from xindun.engine.late_payment.curves import answers
from xindun.engine.late_payment.inputs import inputs
from xindun.engine.late_payment.spec import ASKED, LEAST_OUTCOMES, QUANTILES
from xindun.engine.run import Ledger

MODEL = "model"
HISTORY = "history"
SELLER = "seller"

OPEN = "select item_id from late_items where closed_on is null"

PREDICTIONS = pa.schema(
    [
        ("item_id", pa.int64()),
        ("payer_id", pa.int64()),
        ("currency", pa.string()),
        ("amount", pa.decimal128(18, 4)),
        ("issued_on", pa.date32()),
        ("due_on", pa.date32()),
        ("late", pa.float64()),
        ("late_15", pa.float64()),
        ("late_30", pa.float64()),
        ("early_on", pa.date32()),
        ("expected_on", pa.date32()),
        ("slow_on", pa.date32()),
        ("method", pa.string()),
        ("outcomes", pa.int64()),
    ]
)
"""One row an open invoice: chances to be late and by more than 15 and 30 days, the days by which
payment has a chance of one in ten, one in two and nine in ten, and by what that is said."""


def predictions(
    ledger: Ledger,
    payers: pa.Table,
    model: LateModel | None,
    *,
    as_of: date,
    known_at: datetime,
) -> pa.Table:
    """Predict the invoices that are open at the end of ``as_of``; rows of ``PREDICTIONS``.

    Args:
        payers: ``payers.PAYERS``.
        model: of this seller's ledger; None when it is too short to train on.
    """
    features.prepare(ledger, payers, as_of=as_of, known_at=known_at)
    invoices = features.invoices(ledger, OPEN)
    if not invoices.num_rows:
        return PREDICTIONS.empty_table()
    rows = inputs(features.counts(ledger, OPEN), invoices)
    due = invoices["due_on"].to_pylist()
    found = answers(
        rows.history if model is None else model.curves(rows),
        invoices["terms_days"].cast(pa.float64()).to_numpy(),
        np.array([(as_of - day).days for day in due]),
    )
    own = np.where(rows.outcomes >= LEAST_OUTCOMES, HISTORY, SELLER)
    days = {
        name: [
            day + timedelta(days=int(more)) for day, more in zip(due, found.days[q], strict=True)
        ]
        for name, q in zip(("early_on", "expected_on", "slow_on"), QUANTILES, strict=True)
    }
    chances = zip(("late", "late_15", "late_30"), ASKED, strict=True)
    columns = {
        **{name: invoices[name] for name in PREDICTIONS.names if name in invoices.column_names},
        **{name: found.chances[asked] for name, asked in chances},
        **days,
        "method": [MODEL] * len(due) if model is not None else own.tolist(),
        "outcomes": rows.outcomes.astype(np.int64),
    }
    return pa.table({name: columns[name] for name in PREDICTIONS.names}).cast(PREDICTIONS)
