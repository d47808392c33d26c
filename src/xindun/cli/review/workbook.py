"""The review as an XLSX workbook: one sheet a table, with real numbers and dates.

What a reader would get wrong: text from the ledger may begin with = + - or @; every text is
written as a string, so a spreadsheet never runs it as a formula. Amounts are shown with their
currency's decimals; a spreadsheet keeps 15 digits, the exact text stands in report.json.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from xindun.cli.review.buyers import AMOUNTS, BEHAVIOUR
from xindun.cli.review.document import SERIES_AMOUNTS, Document
from xindun.cli.review.methods import KPIS
from xindun.cli.review.names import Names
from xindun.engine.schema import BUCKETS
from xindun.kernel.money import NO_CURRENCY, minor_units

SHEET_ROWS = 1_048_575
WIDEST, NARROWEST = 60, 10

Row = dict[str, Any]
Cells = Iterable[list[Any]]


@dataclass(frozen=True)
class Amount:
    """Exact money text with the currency that decides its decimals."""

    text: str | None
    currency: str


def write_workbook(path: Path, document: Document) -> None:
    """Write all tables of the review; buyers beyond a sheet's rows are left to report.json."""
    book = _Book(path, document)
    try:
        buckets = [Names(document.say).bucket(label) for label in LABELS]
        for title, rows in _rows(document).items():
            names = [document.say(name) for name in SHEETS[title]]
            book.sheet(title, names + (buckets if title in ("Ageing", "Buyers") else []), rows)
    finally:
        book.close()


class _Book:
    """A workbook that writes each value as what it is."""

    def __init__(self, path: Path, document: Document) -> None:
        self._say = document.say
        self._book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        # Equal reviews give equal files.
        self._book.set_properties({"title": "Xindun", "created": datetime(2000, 1, 1, tzinfo=UTC)})
        self._head = self._book.add_format(
            {
                "bold": True,
                "bg_color": "#17406D",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "top",
            }
        )
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._money: dict[int, Any] = {}

    def sheet(self, title: str, header: list[str], rows: Cells) -> None:
        """One table with a frozen header and an autofilter."""
        sheet = self._book.add_worksheet(self._say(title)[:31])
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(header):
            sheet.set_column(place, place, _width(name))
            sheet.write_string(0, place, name, self._head)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last > SHEET_ROWS:
                break
            for place, value in enumerate(row):
                self._cell(sheet, last, place, value)
        sheet.autofilter(0, 0, max(min(last, SHEET_ROWS), 1), len(header) - 1)

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def _cell(self, sheet: Any, row: int, place: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, Amount):
            if value.text is not None:
                sheet.write_number(row, place, float(Decimal(value.text)), self._of(value.currency))
        elif isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, place, float(value))
        elif isinstance(value, date):
            sheet.write_datetime(
                row, place, datetime.combine(value, datetime.min.time()), self._day
            )
        else:
            sheet.write_string(row, place, str(value))

    def _of(self, currency: str) -> Any:
        decimals = minor_units(currency)
        if decimals not in self._money:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._money[decimals] = self._book.add_format({"num_format": pattern})
        return self._money[decimals]


def _width(name: str) -> float:
    """Room for the header (a Chinese character counts twice) and for what stands below."""
    size = sum(2 if ord(letter) > 0x2E80 else 1 for letter in name)
    return min(max(size + 3, NARROWEST), WIDEST)


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


def _rows(document: Document) -> dict[str, Cells]:
    """Sheet → its rows, made while they are written."""
    head = document.head
    accounts = {"Buyers": _buyer_cells, "Reasons": _reason_cells, "Limits": _limit_cells}
    return {
        "Totals": (_total_cells(total, head["as_of"]) for total in head["totals"]),
        "Ageing": (
            [total["currency"], Amount(total["open_total"], total["currency"]), *_buckets(total)]
            for total in head["totals"]
        ),
        **{sheet: _of_accounts(document, cells) for sheet, cells in accounts.items()},
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


def _of_accounts(
    document: Document, cells: Callable[[Row, Row], Iterable[list[Any]]]
) -> Iterator[list[Any]]:
    for buyer in document.buyers():
        for held in buyer["balances"]:
            yield from cells(buyer, held)


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
