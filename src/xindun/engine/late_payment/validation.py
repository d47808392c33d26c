"""How well the model does on invoices issued after everything it was trained on.

What a reader would get wrong: no figure stands alone. Each comes with the base rate of what it
predicts and with the simplest thing that could have been done instead: the history curve of the
invoice, the median of the customer, the due date.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from xindun.engine.late_payment import features
from xindun.engine.late_payment.artefact import LateModel
from xindun.engine.late_payment.curves import Answers, answers
from xindun.engine.late_payment.inputs import DUE, Array, Inputs, inputs
from xindun.engine.late_payment.spec import ASKED, THRESHOLDS
from xindun.engine.run import Ledger
from xindun.engine.validation import metrics
from xindun.kernel.errors import DomainError

Report = dict[str, Any]
ALERT_RATES = (0.05, 0.10)
BANDS = 10


class NothingToTest(DomainError):
    """No invoice was issued after the day up to which the model knows anything."""

    code = "nothing_to_test"
    sentence = "No invoice with a known outcome was issued after {day}: nothing can be tested."


def validate(
    ledger: Ledger,
    payers: pa.Table,
    model: LateModel,
    *,
    as_of: date,
    known_at: datetime,
    issued_from: date | None = None,
) -> Report:
    """Test ``model`` on the invoices issued after the day of its training.

    Args:
        as_of: the day up to which outcomes are known.
        issued_from: test only invoices issued from then on.

    Raises:
        NothingToTest: there are none.
    """
    split = model.trained.as_of
    features.prepare(ledger, payers, as_of=as_of, known_at=known_at)
    first = "" if issued_from is None else f" and issued_on >= date '{issued_from:%Y-%m-%d}'"
    asked = f"select item_id from late_items where issued_on > date '{split:%Y-%m-%d}'{first}"
    invoices = features.invoices(ledger, asked)
    if not invoices.num_rows:
        raise NothingToTest(day=split)
    rows = inputs(features.counts(ledger, asked), invoices)
    if np.isnan(rows.owed[:, DUE]).all():
        raise NothingToTest(day=split)
    terms = invoices["terms_days"].cast(pa.float64()).to_numpy()
    by_model, by_history = answers(model.curves(rows), terms), answers(rows.history, terms)
    issued = invoices["issued_on"].to_pylist()
    return {
        "model": model.version,
        "trained_until": split,
        "tested_from": min(issued),
        "tested_until": max(issued),
        "outcomes_until": as_of,
        "invoices": invoices.num_rows,
        "payers": len(set(invoices["payer_id"].to_pylist())),
        "chances": [_chance(days, rows, by_model, by_history) for days in ASKED],
        "days": _days(ledger, invoices, by_model, by_history, split),
    }


def _chance(days: int, rows: Inputs, by_model: Answers, by_history: Answers) -> Report:
    """One yes-or-no question: how well each curve ranks, and whether its chances come true.

    Where all were late, or none, ranking means nothing and those figures are None.
    """
    owed = rows.owed[:, THRESHOLDS.index(days)]
    known = ~np.isnan(owed)
    late, chance = owed[known], by_model.chances[days][known]
    base = float(late.mean())
    report: Report = {
        "more_than_days": days,
        "invoices": int(known.sum()),
        "base_rate": base,
        "auc": None,
        "auc_of_history": None,
        "brier": metrics.brier(late, chance),
        "brier_of_base_rate": base * (1 - base),
        "accuracy_of_nobody_late": 1 - base,
        "alerts": [],
        "calibration": _calibration(late, chance),
    }
    if 0 < base < 1:
        report |= {
            "auc": metrics.auc(late, chance),
            "auc_error": metrics.auc_error(late, chance),
            "auc_of_history": metrics.auc(late, by_history.chances[days][known]),
            "ks": metrics.ks(late, chance),
            "average_precision": metrics.average_precision(late, chance),
            "alerts": [asdict(metrics.alerts(late, chance, rate)) for rate in ALERT_RATES],
        }
    return report


def _calibration(late: Array, chance: Array) -> list[Report]:
    """Tenths of the invoices by chance: what was told and what came true."""
    return [
        {
            "invoices": int(part.size),
            "told": float(chance[part].mean()),
            "came_true": float(late[part].mean()),
        }
        for part in np.array_split(np.argsort(chance, kind="stable"), BANDS)
        if part.size
    ]


def _days(
    ledger: Ledger, invoices: pa.Table, by_model: Answers, by_history: Answers, split: date
) -> Report:
    """Mean absolute error of the expected day, over invoices that were paid."""
    table = invoices.append_column("place", pa.array(range(invoices.num_rows)))
    ledger.put("late_tested", table.select(["item_id", "place"]))
    told = ledger.rows(
        f"""
with paid as (
    select i.item_id, i.payer_id, o.buyer_id, i.closed_on, i.closed_on - i.due_on as days
    from late_items i join items o on o.item_id = i.item_id, clock
    where i.paid and i.closed_on is not null and o.recorded_at <= known_at
        and (o.superseded_at is null or o.superseded_at > known_at)),
before as (select * from paid where closed_on <= date '{split:%Y-%m-%d}'),
everybody as (select coalesce(median(days), 0) as days from before),
customers as (select buyer_id, median(days) as days from before group by all),
behind as (select payer_id, median(days) as days from before group by all)
select t.place, p.days, coalesce(c.days, e.days) as by_customer,
    coalesce(b.days, e.days) as by_payer
from late_tested t join paid p on p.item_id = t.item_id cross join everybody e
left join customers c on c.buyer_id = p.buyer_id left join behind b on b.payer_id = p.payer_id
order by t.place"""
    )
    if not told.num_rows:
        return {"invoices": 0}
    place = told["place"].to_numpy()
    days = told["days"].cast(pa.float64()).to_numpy()

    def error(guess: Array) -> float:
        return float(np.abs(days - guess).mean())

    by_customer = error(told["by_customer"].cast(pa.float64()).to_numpy())
    by_payer = error(told["by_payer"].cast(pa.float64()).to_numpy())
    model = error(by_model.days[0.5][place].astype(float))
    early, slow = by_model.days[0.1][place], by_model.days[0.9][place]
    return {
        "invoices": told.num_rows,
        "mae": model,
        "mae_of_history": error(by_history.days[0.5][place].astype(float)),
        "mae_of_customer_median": by_customer,
        "mae_of_payer_median": by_payer,
        "mae_of_due_date": error(np.zeros(len(days))),
        "below_customer_median": 1 - model / by_customer if by_customer else None,
        "below_payer_median": 1 - model / by_payer if by_payer else None,
        "band_80_holds": float(((days >= early) & (days <= slow)).mean()),
        "paid_before_band": float((days < early).mean()),
        "paid_after_band": float((days > slow).mean()),
    }
