"""Sample ledgers as files: CSV, XLSX and Parquet tables, and the engine's ledger folder.

What a reader would get wrong: the same arguments give the same bytes, so no writer may stamp the
time of writing into a file (XLSX does unless told otherwise).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import xlsxwriter

from xindun.cli.sample.slices import SampleSpec, population_of, slices
from xindun.cli.sample.wide import COLUMNS, DATES, MONEY, wide_table
from xindun.kernel.errors import DomainError

XLSX_ROWS = 1_048_575
"""Data rows of one sheet of an XLSX file, below its header."""

Progress = Callable[[int], None]


class SheetTooLong(DomainError):
    """More rows than a sheet of an XLSX file holds."""

    code = "sheet_too_long"
    sentence = "An XLSX sheet holds {limit} rows; use --format csv or parquet for a larger sample."


def write_sample(
    path: Path | BinaryIO,
    spec: SampleSpec,
    *,
    file_format: str = "csv",
    lang: str = "en",
    progress: Progress | None = None,
) -> int:
    """Write a wide sample ledger and return its number of rows.

    Args:
        path: the file to write, or an open binary stream.
        spec: buyers, invoices, seed and last known day.
        file_format: "csv", "xlsx" or "parquet".
        lang: "en" or "zh": headers, kinds of document and methods of payment.
        progress: called with the number of invoices written so far.

    Raises:
        SheetTooLong: XLSX was asked for and a sheet does not hold the rows.
    """
    if isinstance(path, Path):
        with path.open("wb") as out:
            return write_sample(out, spec, file_format=file_format, lang=lang, progress=progress)
    writer = _WRITERS[file_format](path)
    people, rows, invoices = population_of(spec), 0, 0
    with writer:
        for piece in slices(spec, people):
            table = wide_table(piece, people, lang)
            writer.write(table)
            rows += table.num_rows
            invoices += len(piece.invoices)
            if progress is not None:
                progress(invoices)
    return rows


class _Writer(Protocol):
    """Takes the tables one after the other; leaving the context completes the file."""

    def __enter__(self) -> _Writer: ...

    def __exit__(self, *_: object) -> None: ...

    def write(self, table: pa.Table) -> None: ...


class _CsvWriter:
    """UTF-8 with a header, nothing needs quotes; zh files begin with a BOM for Excel."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._begun = out, False

    def __enter__(self) -> _CsvWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.flush()

    def write(self, table: pa.Table) -> None:
        if not self._begun:
            header = ",".join(table.column_names) + "\n"
            self._out.write(header.encode("ascii" if header.isascii() else "utf-8-sig"))
        options = pa.csv.WriteOptions(include_header=False, quoting_style="none")
        sink = pa.BufferOutputStream()
        pa.csv.write_csv(table, sink, options)
        self._out.write(sink.getvalue())
        self._begun = True


class _ParquetWriter:
    """Typed columns: dates and decimals; text money becomes decimal(18, 2)."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> _ParquetWriter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            self._writer.close()

    def write(self, table: pa.Table) -> None:
        for place, name in enumerate(COLUMNS):
            if name in MONEY:
                typed = table.column(place).cast(pa.decimal128(18, 2))
                table = table.set_column(place, table.column_names[place], typed)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._out, table.schema, compression="zstd")
        self._writer.write_table(table)


class _XlsxWriter:
    """One sheet with real dates and numbers, written row by row."""

    def __init__(self, out: BinaryIO) -> None:
        self._book = xlsxwriter.Workbook(
            out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheet = self._book.add_worksheet("Ledger")
        self._next = 0

    def __enter__(self) -> _XlsxWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def write(self, table: pa.Table) -> None:
        if self._next == 0:
            self._sheet.write_row(0, 0, table.column_names)
            self._next = 1
        if self._next + table.num_rows > XLSX_ROWS + 1:
            raise SheetTooLong(limit=XLSX_ROWS)
        columns = [column.to_pylist() for column in table.columns]
        for name, column in zip(COLUMNS, columns, strict=True):
            if name in MONEY:
                column[:] = [None if text is None else float(Decimal(text)) for text in column]
        for row in zip(*columns, strict=True):
            for place, (name, value) in enumerate(zip(COLUMNS, row, strict=True)):
                if value is not None:
                    self._cell(place, name, value)
            self._next += 1

    def _cell(self, place: int, name: str, value: Any) -> None:
        if name in DATES:
            self._sheet.write_datetime(
                self._next, place, datetime.combine(value, datetime.min.time()), self._day
            )
        elif name in MONEY:
            self._sheet.write_number(self._next, place, value)
        else:
            self._sheet.write_string(self._next, place, value)


_WRITERS: dict[str, Callable[[BinaryIO], _Writer]] = {
    "csv": _CsvWriter,
    "xlsx": _XlsxWriter,
    "parquet": _ParquetWriter,
}
