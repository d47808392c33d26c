"""Figures per currency: the totals with their key figures, and the series of month ends.

Works on what the SQL has already summed (a few rows a currency), so it is plain Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from xindun.engine import kpis
from xindun.engine.parameters import Parameters

Row = dict[str, Any]
Flows = Mapping[str, Mapping[str, Mapping[date, Decimal]]]
"""currency → measure → first day of the month → amount."""

SERIES_MONTHS: Final = 24
MONEY: Final = pa.decimal128(38, 4)
DAYS: Final = pa.decimal128(12, 2)
RECOGNITION: Final = ("r_lt_1y", "r_1_2y", "r_2_3y", "r_gt_3y")

SERIES: Final = pa.schema(
    [
        ("currency", pa.string()),
        ("month_end", pa.date32()),
        ("open_total", MONEY),
        ("overdue", MONEY),
        ("sales", MONEY),
        ("receipts", MONEY),
        ("dso_countback", DAYS),
        ("dso_countback_is_lower_bound", pa.bool_()),
    ]
)
KPI_FIELDS: Final = (
    pa.field("dso_window_days", pa.int64()),
    pa.field("sales_window", MONEY),
    *(
        field
        for name in (
            "dso_simple",
            "dso_countback",
            "dso_best_possible",
            "average_days_delinquent",
            "collection_effectiveness",
            "turnover_turns",
            "turnover_days",
        )
        for field in (pa.field(name, DAYS), pa.field(f"{name}_reason", pa.string()))
    ),
    pa.field("dso_countback_is_lower_bound", pa.bool_()),
    pa.field("provision", MONEY),
    pa.field("provision_reason", pa.string()),
    pa.field("rated_accounts", pa.int64()),
)


def by_measure(flows: pa.Table) -> Flows:
    """The flows table as nested mappings."""
    nested: dict[str, dict[str, dict[date, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for row in flows.to_pylist():
        month = date(row["month"] // 12, row["month"] % 12 + 1, 1)
        nested[row["currency"]][row["measure"]][month] = row["amount"]
    return nested


def _first_month(measures: Mapping[str, Mapping[date, Decimal]]) -> date | None:
    return min((month for months in measures.values() for month in months), default=None)


def series(totals: pa.Table, flows: Flows, as_of: date, parameters: Parameters) -> pa.Table:
    """Up to 24 month ends a currency, oldest first, from the first month with a movement on.

    A month end's open total is today's minus what was issued since plus what was settled since.
    """
    rows: list[Row] = []
    for total in totals.to_pylist():
        measures = flows.get(total["currency"], {})
        rows += reversed(list(_month_ends(total, measures, as_of, parameters)))
    return pa.Table.from_pylist(rows, schema=SERIES)


def _month_ends(
    total: Row, measures: Mapping[str, Mapping[date, Decimal]], as_of: date, parameters: Parameters
) -> Iterable[Row]:
    first = _first_month(measures)
    if first is None:
        return
    zero = Decimal(0)

    def of(measure: str, month: date) -> Decimal:
        return measures.get(measure, {}).get(month, zero)

    open_total, overdue = total["open_total"], total["overdue"]
    month = kpis.month_start(as_of)
    whole = as_of == kpis.month_end(as_of)
    for _ in range(SERIES_MONTHS + (not whole)):
        if month < first:
            return
        end = kpis.month_end(month)
        if end <= as_of:
            back = kpis.months_back(end, first, measures.get("sales", {}), parameters.day_basis)
            count = kpis.dso_countback(open_total, back)
            yield {
                "currency": total["currency"],
                "month_end": end,
                "open_total": open_total,
                "overdue": overdue,
                "sales": of("sales", month),
                "receipts": of("receipts", month),
                "dso_countback": count.days,
                "dso_countback_is_lower_bound": count.is_lower_bound,
            }
        open_total += of("cleared", month) - of("issued", month)
        overdue += of("overdue_out", month) - of("overdue_in", month)
        month = kpis.month_start(month, 1)


def with_key_figures(
    totals: pa.Table,
    activity: pa.Table,
    flows: Flows,
    as_of: date,
    parameters: Parameters,
    *,
    half: str | None,
) -> pa.Table:
    """The totals with their key figures; each is null with a reason where it cannot be made.

    Args:
        half: why the ledger shows but half of the story (``Coverage.half``), if it does.
    """
    active = {row["currency"]: row for row in activity.to_pylist()}
    rows = [
        row
        | _key_figures(row, active[row["currency"]], flows, as_of, parameters, half)
        | _provision(row, parameters)
        for row in totals.to_pylist()
    ]
    fields = [*totals.schema, *KPI_FIELDS]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))


def _key_figures(
    total: Row, active: Row, flows: Flows, as_of: date, parameters: Parameters, half: str | None
) -> Row:
    first = active["first_issued_on"]
    history = (as_of - first).days + 1
    window = min(365, history)
    sales = active["sales_365"]
    figures: Row = {
        "dso_window_days": window,
        "sales_window": sales,
        "rated_accounts": active["rated"],
    }
    if half is not None:
        # Sales that were paid, or what is still owed, are not in the file: every figure of
        # receivables over sales would be wrong, and a DSO of 0.0 would look like a good one.
        return figures | {f"{name}_reason": half for name in _OVER_SALES}
    dso = kpis.dso_simple(total["open_total"], sales, window)
    best = kpis.dso_simple(total["not_due"], sales, window)
    months = kpis.months_back(
        as_of, first, flows.get(total["currency"], {}).get("sales", {}), parameters.day_basis
    )
    count = kpis.dso_countback(total["open_total"], months)
    figures |= {
        "dso_simple": dso,
        "dso_best_possible": best,
        "average_days_delinquent": None
        if dso is None or best is None
        else kpis.average_days_delinquent(dso, best),
        "dso_countback": count.days,
        "dso_countback_is_lower_bound": count.is_lower_bound,
    }
    figures |= _period_figures(total, active, history)
    for name in _OVER_SALES:
        if figures.get(name) is None and f"{name}_reason" not in figures:
            figures[f"{name}_reason"] = "no_sales_in_window"
    return figures


_OVER_SALES: Final = tuple(name for name in kpis.METHODS if name != "provision")


def _period_figures(total: Row, active: Row, history: int) -> Row:
    """Figures over a period's opening balance, which needs the period to lie in the ledger."""
    closing = total["open_total"]
    figures: Row = {}
    if history > 90:
        opening = closing - active["issued_90"] + active["cleared_90"]
        figures["collection_effectiveness"] = kpis.collection_effectiveness(
            opening, active["issued_90"], closing, total["not_due"]
        )
    else:
        figures["collection_effectiveness_reason"] = "history_too_short"
    if history > 365:
        opening = closing - active["issued_365"] + active["cleared_365"]
        turns = kpis.turnover(active["sales_365"], opening, closing)
        figures["turnover_turns"], figures["turnover_days"] = turns or (None, None)
    else:
        figures["turnover_turns_reason"] = figures["turnover_days_reason"] = "history_too_short"
    return figures


def _provision(total: Row, parameters: Parameters) -> Row:
    if parameters.loss_rates is None:
        return {"provision": None, "provision_reason": "no_loss_rates"}
    balances = {name: total[name] for name in RECOGNITION}
    return {"provision": kpis.provision(balances, parameters.loss_rates), "provision_reason": None}
