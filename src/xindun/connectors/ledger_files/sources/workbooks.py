"""XLSX (and XLS, ODS) sheets.

What a reader would get wrong: a workbook of a few kilobytes can unpack to gigabytes, or claim a
cell in its last row and column and make a reader reserve both dimensions; so its parts are
measured while they unpack, before the workbook is opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from xindun.connectors.ledger_files import headers as heads
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.sources.batches import Layout, fitted, from_rows
from xindun.connectors.ledger_files.sources.cells import text_of
from xindun.connectors.ledger_files.sources.delimited import SAMPLE, EmptyFile, HeaderNotFound
from xindun.kernel.errors import DomainError

ROWS = 20_000
MOST_BYTES = 2 << 30
MOST_CELLS = 60_000_000
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
# No spreadsheet program writes one; XML readers that expand them are a way to exhaust memory.
_ENTITY = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE)", re.IGNORECASE)
_ROW = re.compile(rb'<row [^>]*?r="(\d{1,7})"')


class WorkbookTooLarge(DomainError):
    """The workbook unpacks to more than is reasonable."""

    code = "workbook_too_large"
    sentence = "{file} unpacks to more than {limit}; export it as CSV or Parquet instead."


class BrokenWorkbook(DomainError):
    """The workbook cannot be opened."""

    code = "broken_workbook"
    sentence = "{file} is not a readable workbook: {why}."


class SheetMissing(DomainError):
    """The option names a sheet that is not there."""

    code = "sheet_missing"
    sentence = "{file} has no sheet {sheet}; its sheets are {sheets}."


class Sheet:
    """One sheet with a recognised header row."""

    def __init__(self, path: Path, name: str, rows: list[list[str]], index: int) -> None:
        self.size = path.stat().st_size
        self._rows = rows
        self._index = index
        header = [cell.strip() for cell in rows[index]]
        while header and not header[-1]:
            header.pop()
        self._width = len(header)
        self.layout = Layout(
            file=path.name,
            sheet=name,
            format="xlsx",
            encoding=None,
            delimiter=None,
            header_line=index + 1,
            headers=tuple(header),
            sample=tuple(
                tuple(fitted(row, self._width)[0]) for row in rows[index + 1 :] if any(row)
            )[:SAMPLE],
        )

    def batches(self) -> Iterator[tuple[pa.Table, int]]:
        """See :class:`batches.Source`."""
        body = range(self._index + 1, len(self._rows))
        for start in range(0, len(body), ROWS):
            rows: list[list[str]] = []
            lines: list[int] = []
            faults: dict[int, str] = {}
            for index in body[start : start + ROWS]:
                row = self._rows[index]
                if not any(row):
                    continue
                cells, fault = fitted(row, self._width)
                if fault and len(row) >= self._width:
                    faults[len(rows)] = fault
                rows.append(cells)
                lines.append(index + 1)
            done = min(start + ROWS, len(body))
            yield from_rows(rows, lines, faults, self._width), self.size * done // len(body)


def open_sheets(path: Path, options: Options) -> list[Sheet]:
    """The sheets of a workbook that have a recognised header row.

    Raises:
        WorkbookTooLarge, BrokenWorkbook, SheetMissing, EmptyFile, HeaderNotFound.
    """
    check_size(path)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return _sheets(path, workbook, options)
    except PasswordError as error:
        raise BrokenWorkbook(file=path.name, why="it is protected by a password") from error
    except (CalamineError, OSError) as error:
        raise BrokenWorkbook(file=path.name, why=str(error).rstrip(".")) from error


def _sheets(path: Path, workbook: CalamineWorkbook, options: Options) -> list[Sheet]:
    wanted = workbook.sheet_names
    if options.sheet is not None:
        if options.sheet not in wanted:
            raise SheetMissing(file=path.name, sheet=options.sheet, sheets=", ".join(wanted))
        wanted = [options.sheet]
    found: list[Sheet] = []
    first = ""
    filled = False
    for name in wanted:
        values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        rows = [[text_of(cell) for cell in row] for row in values]
        filled = filled or any(any(row) for row in rows)
        index = heads.header_row(rows, options.mapping)
        if index is not None:
            found.append(Sheet(path, name, rows, index))
        elif rows:
            first = first or " | ".join(cell for cell in rows[0][:8] if cell)[:120]
    if not filled:
        raise EmptyFile(file=path.name)
    if not found:
        raise HeaderNotFound(file=path.name, found=first)
    if options.sheet:
        return found
    whole = [
        sheet
        for sheet in found
        if heads.is_complete(sheet.layout.headers, sheet.layout.sheet or "", options.mapping)
    ]
    return whole or found  # a summary beside the ledger is no reason to ask for its columns


def check_size(path: Path) -> None:
    """Refuse zip bombs and sheets whose rows × columns would not fit.

    Raises:
        WorkbookTooLarge: more than 2 GB unpacked or 60 million cells.
        BrokenWorkbook: the zip directory or a part is damaged.
    """
    if not zipfile.is_zipfile(path):
        return
    total = 0
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise WorkbookTooLarge(file=path.name, limit="2 GB")
            for part in archive.infolist():
                total += _measure(archive, part, path, MOST_BYTES - total)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BrokenWorkbook(file=path.name, why="its zip archive is damaged") from error


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path, most: int) -> int:
    """Unpacked bytes of a part; a sheet's rows × columns are bounded on the way."""
    size, widest, rows, rest = 0, 1, 1, b""
    sheet = "worksheets/" in part.filename
    is_xml = part.filename.endswith((".xml", ".rels"))
    with archive.open(part) as stream:
        while block := stream.read(1 << 20):
            size += len(block)
            if size > most:
                raise WorkbookTooLarge(file=path.name, limit="2 GB")
            data = rest + block
            if is_xml and _ENTITY.search(data):
                raise BrokenWorkbook(file=path.name, why="it declares entities of its own")
            rest = data[-200:]
            if not sheet:
                continue
            for letters in {letters for letters, _ in _CELL.findall(data)}:
                widest = max(widest, _column(letters))
            rows = max([rows, *map(int, _ROW.findall(data))])
            if widest * rows > MOST_CELLS:
                raise WorkbookTooLarge(file=path.name, limit="60 million cells")
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
