"""The review as an XLSX workbook: one sheet a table, with real numbers and dates.

What a reader would get wrong: text from the ledger may begin with = + - or @; every text is
written as a string, so a spreadsheet never runs it as a formula. Amounts are shown with their
currency's decimals; a spreadsheet keeps 15 digits, the exact text stands in report.json.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from xindun.cli.review.document import Document
from xindun.cli.review.names import Names
from xindun.cli.review.sheets import ACCOUNT_SHEETS, LABELS, SHEETS, Amount, rows_of
from xindun.kernel.money import minor_units

SHEET_ROWS = 1_048_575
WIDEST, NARROWEST = 60, 10


def write_workbook(path: Path, document: Document) -> None:
    """Write all tables of the review; rows beyond a sheet's end are left to report.json."""
    say = document.say
    buckets = [Names(say).bucket(label) for label in LABELS]
    with closing(_Book(path)) as book:
        sheets = {}
        for title, header in SHEETS.items():
            names = [say(name) for name in header]
            names += buckets if title in ("Ageing", "Buyers") else []
            sheets[title] = book.sheet(say(title), names)
        for title, rows in rows_of(document).items():
            for row in rows:
                sheets[title].add(row)
        # One pass over the buyers fills three sheets.
        for buyer in document.buyers():
            for held in buyer["balances"]:
                for title, cells in ACCOUNT_SHEETS.items():
                    for row in cells(buyer, held):
                        sheets[title].add(row)


class _Book:
    """A workbook and its formats."""

    def __init__(self, path: Path) -> None:
        self._book = xlsxwriter.Workbook(
            str(path),
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        # Equal reviews give equal files.
        self._book.set_properties({"title": "Xindun", "created": datetime(2000, 1, 1, tzinfo=UTC)})
        self.head = self._book.add_format(
            {
                "bold": True,
                "bg_color": "#17406D",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "top",
            }
        )
        self.day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._money: dict[int, Any] = {}
        self._sheets: list[_Sheet] = []

    def sheet(self, title: str, header: list[str]) -> _Sheet:
        """A new sheet with a frozen header."""
        sheet = _Sheet(self, self._book.add_worksheet(title[:31]), header)
        self._sheets.append(sheet)
        return sheet

    def money(self, currency: str) -> Any:
        """The format with the currency's decimals."""
        decimals = minor_units(currency)
        if decimals not in self._money:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._money[decimals] = self._book.add_format({"num_format": pattern})
        return self._money[decimals]

    def close(self) -> None:
        """Write the file."""
        for sheet in self._sheets:
            sheet.finish()
        self._book.close()


class _Sheet:
    """One table, row by row; each value is written as what it is."""

    def __init__(self, book: _Book, sheet: Any, header: list[str]) -> None:
        self._book, self._sheet, self._columns, self._last = book, sheet, len(header), 0
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(header):
            sheet.set_column(place, place, _width(name))
            sheet.write_string(0, place, name, book.head)

    def add(self, row: list[Any]) -> None:
        """Write the next row."""
        if self._last == SHEET_ROWS:
            return
        self._last += 1
        for place, value in enumerate(row):
            self._cell(place, value)

    def finish(self) -> None:
        """Put the filter over what was written."""
        self._sheet.autofilter(0, 0, max(self._last, 1), self._columns - 1)

    def _cell(self, place: int, value: Any) -> None:
        sheet, row = self._sheet, self._last
        if value is None:
            return
        if isinstance(value, Amount):
            if value.text is not None:
                money = self._book.money(value.currency)
                sheet.write_number(row, place, float(Decimal(value.text)), money)
        elif isinstance(value, bool):
            sheet.write_boolean(row, place, value)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, place, float(value))
        elif isinstance(value, date):
            moment = datetime.combine(value, datetime.min.time())
            sheet.write_datetime(row, place, moment, self._book.day)
        else:
            sheet.write_string(row, place, str(value))


def _width(name: str) -> float:
    """Room for the header (a Chinese character counts twice) and for what stands below."""
    size = sum(2 if ord(letter) > 0x2E80 else 1 for letter in name)
    return min(max(size + 3, NARROWEST), WIDEST)
