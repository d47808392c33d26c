"""What stands on each sheet of the workbook: headers and rows.

What a reader would get wrong: the sheets about accounts are filled in one pass over the buyers,
which are made one at a time; nothing here holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from xindun.cli.review.buyers import AMOUNTS, BEHAVIOUR
from xindun.cli.review.document import SERIES_AMOUNTS, Document
from xindun.cli.review.methods import KPIS
from xindun.cli.review.names import Names
from xindun.engine.schema import BUCKETS
from xindun.kernel.money import NO_CURRENCY

Row = dict[str, Any]
Cells = Iterable[list[Any]]


@dataclass(frozen=True)
class Amount:
    """Exact money text with the currency that decides its decimals."""

    text: str | None
    currency: str


_AMOUNTS = [
    "Open total",
    "Overdue",
    "Disputed",
    "Under bills not yet honoured",
    "Credit notes, open",
    "Receipts not applied",
    "Shipped, not yet invoiced",
    "Net",
]
_BEHAVIOUR = [
    "Days beyond terms",
    "Payment index, 1–100",
    "Paid on time",
    "Trend, days",
    "Spread, days",
    "History, days",
    "Judged items",
    "Last 90 days",
    "91–180 days ago",
    "181–365 days ago",
    "Confidence",
]
SHEETS: dict[str, list[str]] = {
    "Totals": ["As of", "Currency", *_AMOUNTS, "Accounts", "Open items", *KPIS.values()],
    "Ageing": ["Currency", "Open total"],
    "Buyers": [
        *("Number", "Buyer", "Country", "Currency", "Grade", "Score", "Not rated because"),
        *_AMOUNTS,
        *("Oldest due date", "Oldest, days late", "Open items"),
        *_BEHAVIOUR,
        *("Recommended limit", "Open beyond it"),
    ],
    "Reasons": ["Buyer", "Currency", "Grade", "Reason", "Points", "Of", "Value"],
    "Limits": [
        *("Buyer", "Currency", "Formula", "Amount", "Binding", "Not available because"),
        "Recommended limit",
    ],
    "Actions": ["Rank", "Action", "Buyer", "Currency", "At stake", "Due", "Reason"],
    "Series": [
        *("Currency", "Month end", "Open total", "Overdue", "Sales", "Receipts"),
        "DSO, countback",
    ],
    "Control": ["Currency", "Part", "Rows", "Amount"],
    "Rejects": ["File", "Sheet", "Line", "Column", "Value", "Reason"],
    "Methods": ["Figure", "Method"],
}
"""Sheet → its header; the ageing buckets follow on the sheets Ageing and Buyers."""

HEADERS = [*SHEETS, *(name for header in SHEETS.values() for name in header)]
LABELS = [label for label, _, _ in BUCKETS]


def rows_of(document: Document) -> dict[str, Cells]:
    """Sheet → its rows, for the sheets that are not about accounts."""
    head = document.head
    return {
        "Totals": (_total_cells(total, head["as_of"]) for total in head["totals"]),
        "Ageing": (
            [total["currency"], Amount(total["open_total"], total["currency"]), *_buckets(total)]
            for total in head["totals"]
        ),
        "Actions": map(_action_cells, head["actions"]),
        "Series": map(_month_cells, head["series"]),
        "Control": (
            cells for row in head["control"] for cells in _control_cells(row, Names(document.say))
        ),
        "Rejects": (
            [row[name] for name in ("file", "sheet", "line", "column", "value", "reason")]
            for row in head["rejects"]
        ),
        "Methods": ([row["label"], row["method"]] for row in head["methods"]),
    }


def _buckets(held: Row) -> list[Amount]:
    return [Amount(held["buckets"][label], held["currency"]) for label in LABELS]


def _total_cells(total: Row, as_of: str) -> list[Any]:
    currency = total["currency"]
    return [
        _day(as_of),
        currency,
        *(Amount(total[name], currency) for name in AMOUNTS),
        total["accounts"],
        total["open_items"],
        *(_figure(kpi["value"]) for kpi in total["kpis"].values()),
    ]


def _action_cells(row: Row) -> list[Any]:
    stake = Amount(row["stake"], row["currency"])
    named = [row["rank"], row["title"], row["name"], row["currency"]]
    return [*named, stake, _day(row["due_on"]), row["sentence"]]


def _month_cells(row: Row) -> list[Any]:
    amounts = [Amount(row[name], row["currency"]) for name in SERIES_AMOUNTS]
    return [row["currency"], _day(row["month_end"]), *amounts, _figure(row["dso_countback"])]


def _control_cells(row: Row, names: Names) -> list[list[Any]]:
    currency = row["currency"] or NO_CURRENCY
    return [
        [row["currency"], names.control(part), side["rows"], Amount(side["amount"], currency)]
        for part in ("file", "ledger", "rejects")
        for side in [row[part]]
    ]


def _buyer_cells(buyer: Row, held: Row) -> Iterable[list[Any]]:
    currency = held["currency"]
    yield [
        buyer["number"],
        buyer["name"],
        buyer["country"],
        currency,
        held["grade"],
        _figure(held["health_score"]),
        held["not_rated"],
        *(Amount(held[name], currency) for name in AMOUNTS),
        _day(held["oldest_due_on"]),
        held["max_days_overdue"],
        held["open_items"],
        *(_figure(held["behaviour"][name]) for name in BEHAVIOUR[:-1]),
        held["behaviour"]["confidence_label"],
        Amount(held["limit"]["recommended"], currency),
        Amount(held["limit"]["over_by"], currency),
        *_buckets(held),
    ]


def _reason_cells(buyer: Row, held: Row) -> Iterable[list[Any]]:
    for reason in held["reasons"]:
        figures = [_figure(reason[name]) for name in ("points", "max_points", "value")]
        yield [buyer["name"], held["currency"], held["grade"], reason["sentence"], *figures]


def _limit_cells(buyer: Row, held: Row) -> Iterable[list[Any]]:
    limit, currency = held["limit"], held["currency"]
    for formula in limit["formulas"]:
        yield [
            buyer["name"],
            currency,
            formula["sentence"],
            Amount(formula["amount"], currency),
            formula["binding"],
            formula["why_not"],
            Amount(limit["recommended"], currency),
        ]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _figure(value: Any) -> Any:
    """A number where the text is one, else the text (a confidence, for example)."""
    if not isinstance(value, str):
        return value
    try:
        return Decimal(value)
    except ArithmeticError:
        return value


ACCOUNT_SHEETS: dict[str, Callable[[Row, Row], Iterable[list[Any]]]] = {
    "Buyers": _buyer_cells,
    "Reasons": _reason_cells,
    "Limits": _limit_cells,
}
"""Sheets with rows for each buyer and currency."""
