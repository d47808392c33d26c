"""The review as an XLSX workbook: one sheet a table, with real numbers and dates.

What a reader would get wrong: text from the ledger may begin with = + - or @; every text is
written as a string, so a spreadsheet never runs it as a formula. Amounts are shown with their
currency's decimals; a spreadsheet keeps 15 digits, the exact text stands in report.json.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from xindun.kernel.money import minor_units

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
        for title, header, rows in _sheets(document):
            book.sheet(title, header, rows)
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
        names = [self._say(name) for name in header]
        for place, name in enumerate(names):
            sheet.set_column(place, place, _width(name))
        for place, name in enumerate(names):
            sheet.write_string(0, place, name, self._head)
        last = 0
        for last, row in enumerate(rows, start=1):
            if last > SHEET_ROWS:
                break
            for place, value in enumerate(row):
                self._cell(sheet, last, place, value)
        sheet.autofilter(0, 0, max(min(last, SHEET_ROWS), 1), len(header) - 1)

    def close(self) -> None:
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


def _sheets(document: Document) -> Iterable[tuple[str, list[str], Cells]]:
    head, names = document.head, Names(document.say)
    labels = list(head["totals"][0]["buckets"]) if head["totals"] else []
    shown = [names.bucket(label) for label in labels]
    yield "Totals", *_totals(document)
    yield (
        "Ageing",
        ["Currency", "Open total", *shown],
        (
            [total["currency"], Amount(total["open_total"], total["currency"])]
            + [Amount(total["buckets"][label], total["currency"]) for label in labels]
            for total in head["totals"]
        ),
    )
    yield (
        "Buyers",
        _BUYER_HEADER + shown,
        (
            _buyer_cells(buyer, held, labels)
            for buyer in document.buyers()
            for held in buyer["balances"]
        ),
    )
    yield (
        "Reasons",
        ["Buyer", "Currency", "Grade", "Reason", "Points", "Of", "Value"],
        (
            [
                buyer["name"],
                held["currency"],
                held["grade"],
                reason["sentence"],
                _figure(reason["points"]),
                _figure(reason["max_points"]),
                _figure(reason["value"]),
            ]
            for buyer in document.buyers()
            for held in buyer["balances"]
            for reason in held["reasons"]
        ),
    )
    yield "Limits", _LIMIT_HEADER, _limits(document)
    yield (
        "Actions",
        ["Rank", "Action", "Buyer", "Currency", "Stake", "Due", "Reason"],
        (
            [
                row["rank"],
                row["title"],
                row["name"],
                row["currency"],
                Amount(row["stake"], row["currency"]),
                _day(row["due_on"]),
                row["sentence"],
            ]
            for row in head["actions"]
        ),
    )
    yield (
        "Series",
        ["Currency", "Month end", *_SERIES_HEADER],
        (
            [row["currency"], _day(row["month_end"])]
            + [Amount(row[name], row["currency"]) for name in SERIES_AMOUNTS]
            + [_figure(row["dso_countback"])]
            for row in head["series"]
        ),
    )
    yield (
        "Control",
        ["Currency", "Part", "Rows", "Amount"],
        (
            [
                row["currency"],
                names.control(part),
                row[part]["rows"],
                Amount(row[part]["amount"], row["currency"]),
            ]
            for row in head["control"]
            for part in ("file", "ledger", "rejects")
        ),
    )
    yield (
        "Rejects",
        ["File", "Sheet", "Line", "Column", "Value", "Reason"],
        (
            [row[name] for name in ("file", "sheet", "line", "column", "value", "reason")]
            for row in head["rejects"]
        ),
    )
    yield (
        "Methods",
        ["Figure", "Method"],
        ([row["label"], row["method"]] for row in head["methods"]),
    )


_SERIES_HEADER = ["Open total", "Overdue", "Sales", "Receipts", "DSO, countback"]
_AMOUNT_HEADER = [
    "Open total",
    "Overdue",
    "Disputed",
    "Under bills not yet honoured",
    "Credit notes, open",
    "Receipts not applied",
    "Shipped, not yet invoiced",
    "Net",
]
_BUYER_HEADER = [
    "Number",
    "Buyer",
    "Country",
    "Currency",
    "Grade",
    "Score",
    "Not rated because",
    *_AMOUNT_HEADER,
    "Oldest due date",
    "Oldest, days late",
    "Open items",
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
    "Recommended limit",
    "Open beyond it",
]
_LIMIT_HEADER = [
    "Buyer",
    "Currency",
    "Formula",
    "Amount",
    "Binding",
    "Not available because",
    "Recommended limit",
]


def _totals(document: Document) -> tuple[list[str], Cells]:
    """One row a currency: the money columns, then the key figures."""
    header = ["As of", "Currency", *_AMOUNT_HEADER, "Accounts", "Open items"]
    header += list(KPIS.values())
    day = _day(document.head["as_of"])
    rows = (
        [day, total["currency"]]
        + [Amount(total[name], total["currency"]) for name in AMOUNTS]
        + [total["accounts"], total["open_items"]]
        + [_figure(kpi["value"]) for kpi in total["kpis"].values()]
        for total in document.head["totals"]
    )
    return header, rows


def _buyer_cells(buyer: Row, held: Row, labels: list[str]) -> list[Any]:
    currency = held["currency"]
    return [
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
        *(_figure(held["behaviour"][name]) for name in BEHAVIOUR),
        Amount(held["limit"]["recommended"], currency),
        Amount(held["limit"]["over_by"], currency),
        *(Amount(held["buckets"][label], currency) for label in labels),
    ]


def _limits(document: Document) -> Cells:
    for buyer in document.buyers():
        for held in buyer["balances"]:
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
