"""Open a statement file as sheets of cells: numbers as decimals, everything else as text.

What a reader would get wrong: a statement is small. What unpacks or claims to be larger than any is
refused before its cells are built; the guards are those of ledger files, with tighter bounds.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from xindun.connectors.ledger_files.amounts import (
    Evidence,
    NotAnAmount,
    TooLarge,
    TooPrecise,
    parse,
)
from xindun.connectors.ledger_files.sources.content import OLE, ZIP, OtherContent, check_content
from xindun.connectors.ledger_files.sources.delimited import DELIMITERS, EmptyFile
from xindun.connectors.ledger_files.sources.encodings import detect
from xindun.connectors.ledger_files.sources.workbooks import BrokenWorkbook, check_size
from xindun.kernel.errors import DomainError

MOST_BYTES = 10 << 20
MOST_UNPACKED = 100 << 20
MOST_ROWS, MOST_COLUMNS = 5_000, 200

Cell = Decimal | str
Sheet = list[list[Cell]]


class StatementTooLarge(DomainError):
    """No statement is that large."""

    code = "statement_file_too_large"
    sentence = "{file} is larger than any statement: at most 10 MB, 5,000 rows and 200 columns."


def open_sheets(path: Path, shown: str) -> list[tuple[str, Sheet]]:
    """Every sheet with its name; a text file is one without.

    Raises:
        StatementTooLarge, OtherContent, EmptyFile, BrokenWorkbook, Undecodable, NeedsAnswer: as
            named.
    """
    if path.stat().st_size > MOST_BYTES:
        raise StatementTooLarge(file=shown)
    with path.open("rb") as file:
        magic = check_content(file, shown)
    if magic == b"PAR1":
        raise OtherContent(file=shown, kind="PARQUET")
    found = _workbook(path, shown) if magic in (ZIP, OLE) else [("", _text(path))]
    if not any(cell != "" for _, sheet in found for row in sheet for cell in row):
        raise EmptyFile(file=shown)
    return found


def _workbook(path: Path, shown: str) -> list[tuple[str, Sheet]]:
    _check_unpacked(path, shown)
    check_size(path)
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            sheets = []
            for name in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
                    raise StatementTooLarge(file=shown)
                rows = sheet.to_python(skip_empty_area=False)
                sheets.append((name, [[_cell(cell) for cell in row] for row in rows]))
            return sheets
    except PasswordError as error:
        raise BrokenWorkbook(file=shown, why="it is protected by a password") from error
    except (CalamineError, OSError) as error:
        raise BrokenWorkbook(file=shown, why=str(error).rstrip(".")) from error


def _check_unpacked(path: Path, shown: str) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            total = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise BrokenWorkbook(file=shown, why="its zip archive is damaged") from error
    if total > MOST_UNPACKED:
        raise StatementTooLarge(file=shown)


def _cell(value: object) -> Cell:
    """A typed cell; a number as the spreadsheet shows it, with at most 15 digits."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        number = Decimal(format(value, ".15g"))
        return number if number.is_finite() else ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _text(path: Path) -> Sheet:
    text = path.read_bytes().decode(detect(path, None))
    best: list[list[str]] = []
    for delimiter in DELIMITERS:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if sum(map(len, rows)) > sum(map(len, best)):
            best = rows
    if len(best) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in best):
        raise StatementTooLarge(file=path.name)
    return [list(row) for row in best]


def decimal_mark(sheets: list[tuple[str, Sheet]]) -> str:
    """The mark that the text amounts prove; a point where nothing proves a comma."""
    seen = Evidence()
    for _, sheet in sheets:
        for row in sheet:
            seen.see(cell for cell in row if isinstance(cell, str) and cell)
    return "," if seen.comma and not seen.point else "."


def amount_of(cell: Cell, mark: str) -> Decimal | None:
    """The amount in a cell; None for an empty one and for text.

    More than four decimals are kept: a sheet in 亿元 may have them.
    """
    if isinstance(cell, Decimal):
        return cell
    try:
        return parse(cell, mark)
    except TooPrecise:
        return Decimal(cell.strip().replace("," if mark == "." else ".", "").replace(mark, "."))
    except (NotAnAmount, TooLarge):
        return None
