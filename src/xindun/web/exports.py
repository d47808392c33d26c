"""Lists as files: CSV streamed row by row, XLSX written to a temporary file.

What a reader would get wrong: a spreadsheet runs a text that begins with ``=``, ``+``, ``-`` or
``@`` as a formula, and a buyer's name is somebody else's text. Such texts get an apostrophe in
CSV and are written as strings in XLSX; numbers stay numbers.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, cast

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from xindun.kernel.spreadsheets import guarded

FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXACT_DIGITS = 15
"""A spreadsheet's number is a double: amounts with more digits go in as text."""

Cell = str | int | Decimal | date | None


def text_of(cell: Cell) -> str:
    """A cell's text for CSV; a text that could run as a formula gets an apostrophe in front."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def exported(
    fmt: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponseBase:
    """A list as a download named ``name``; ``fmt`` is one of :data:`FORMATS`."""
    return (_xlsx if fmt == "xlsx" else _csv)(name, heads, rows)


class _Echo:
    """A file whose writes come back as values: csv.writer then feeds a stream."""

    def write(self, text: str) -> str:
        return text


def _csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    write: Callable[[Sequence[Any]], str] = csv.writer(cast("Any", _Echo())).writerow

    def lines() -> Iterator[str]:
        # The mark tells spreadsheets that the file is UTF-8; without it Chinese turns to noise.
        yield "\ufeff" + write([text_of(head) for head in heads])
        for row in rows:
            yield write([text_of(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _xlsx(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    # Closed by FileResponse when the last byte is sent.
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(name[:31])
        bold = book.add_format({"bold": True, "bottom": 1})
        as_day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        count = 0
        for count, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, count, column, cell, as_day)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(count, 1), len(heads) - 1)
        sheet.set_column(0, len(heads) - 1, 16)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _write(sheet: Any, row: int, column: int, cell: Cell, as_day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, int) or (isinstance(cell, Decimal) and _fits(cell)):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date) and not isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, as_day)
    else:
        sheet.write_string(row, column, str(cell))


def _fits(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) <= EXACT_DIGITS
