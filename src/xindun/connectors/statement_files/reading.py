"""Read a statement file into drafts, a period each.

Sheets are read in blocks: a column of names and the columns of amounts right of it. A Chinese
balance sheet prints two blocks side by side (assets left, claims right); everything else has one.
What a reader would get wrong: a line that is nobody's is not dropped. It stays among the printed
lines with no line of ours, and what no catalogue knows is listed as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from xindun.connectors.statement_files.names import Printed, figures_of, folded, is_known, meaning
from xindun.connectors.statement_files.periods import (
    BEFORE,
    THIS,
    Heading,
    currency_in,
    day_in,
    heading_of,
    unit_in,
)
from xindun.connectors.statement_files.sheets import (
    Cell,
    Sheet,
    amount_of,
    decimal_mark,
    open_sheets,
)
from xindun.engine.figures import Figures
from xindun.kernel.errors import DomainError
from xindun.record.statements.rules import starts_of
from xindun.record.statements.values import SourceLine

HEAD_ROWS = 12
FEWEST_LINES = 3
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}")


class NoStatement(DomainError):
    """No sheet has lines that statements have."""

    code = "no_statement_found"
    sentence = (
        "{file} holds no statement that can be recognised: it needs a column of line names and,"
        " above the amounts, headings such as 期末余额, 2023 or 31 December 2023."
    )


@dataclass(frozen=True, slots=True)
class DraftPeriod:
    """One period as it is printed; every amount is in the sheet's unit.

    Attributes:
        key: ``this``, ``before`` or the year.
        ends_on, months: proposals; None where the file says nothing.
        unknown: printed names that no catalogue knows.
    """

    key: str
    ends_on: date | None
    months: int | None
    figures: Figures
    lines: tuple[SourceLine, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file holds; unit, currency and standard are proposals only."""

    periods: tuple[DraftPeriod, ...]
    unit: int | None
    currency: str
    is_chinese: bool


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns of amounts; the names stand between ``start`` and the first of them."""

    start: int
    amounts: tuple[tuple[int, Heading], ...]


def read_draft(path: Path, shown: str = "") -> Draft:
    """The statements of a file, the newest period first.

    Args:
        shown: what refusals call the file; its own name when not given.

    Raises:
        NoStatement: nothing in it reads like a statement.
        DomainError: what ``sheets.open_sheets`` refuses.
    """
    sheets = open_sheets(path, shown or path.name)
    mark = decimal_mark(sheets)
    printed: dict[str, list[Printed]] = {}
    headings: dict[str, Heading] = {}
    for name, sheet in sheets:
        for heading, line in _lines(sheet, mark, _named_day(name, sheet)):
            printed.setdefault(heading.key, []).append(line)
            headings[heading.key] = _richer(headings.get(heading.key), heading)
    periods = [_period(headings[key], lines) for key, lines in printed.items()]
    periods = [each for each in periods if len(each.figures.stated()) >= FEWEST_LINES]
    if not periods:
        raise NoStatement(file=shown or path.name)
    texts = [name for name, _ in sheets] + [
        str(cell) for _, sheet in sheets for row in sheet[:HEAD_ROWS] for cell in row
    ]
    return Draft(
        periods=tuple(sorted(periods, key=_newest_first)),
        unit=unit_in(texts),
        currency=currency_in(texts),
        is_chinese=any(
            "\u4e00" <= char <= "\u9fff" for line in periods[0].lines for char in line.name
        ),
    )


def closing_days(draft: Draft, newest: date | None = None) -> list[date | None]:
    """Each period's closing day as far as the file tells: the end of a year that is all it prints,
    and a year before the newest for 年初余额.

    Args:
        newest: the first period's, where somebody states it.
    """
    first = newest or draft.periods[0].ends_on
    found: list[date | None] = []
    for number, period in enumerate(draft.periods):
        day = first if number == 0 else period.ends_on
        if day is None and period.key.isdigit():
            day = date(int(period.key), 12, 31)
        if day is None and period.key == BEFORE and number == 1 and first is not None:
            day = starts_of(first, 12) - timedelta(days=1)
        found.append(day)
    return found


def _newest_first(period: DraftPeriod) -> tuple[int, int]:
    if period.key in (THIS, BEFORE):
        return (0, 0 if period.key == THIS else 1)
    return (1, -int(period.key))


def _period(heading: Heading, printed: list[Printed]) -> DraftPeriod:
    figures, used = figures_of(printed)
    seen: set[tuple[str, object]] = set()
    lines = []
    for each in printed:
        if (folded(each.name), each.amount) not in seen:
            seen.add((folded(each.name), each.amount))
            lines.append(SourceLine(each.name, each.amount, used.get(each.name)))
    unknown = dict.fromkeys(each.name for each in printed if not is_known(each.name))
    return DraftPeriod(
        heading.key, heading.ends_on, heading.months, figures, tuple(lines), tuple(unknown)
    )


def _lines(sheet: Sheet, mark: str, day: date | None) -> Iterator[tuple[Heading, Printed]]:
    blocks: tuple[_Block, ...] = ()
    for row in sheet:
        found = _blocks(row)
        # Below the first heading a row of bare years is a line: its amounts only look like years.
        if found and not (
            blocks and all(_BARE_YEAR.fullmatch(str(row[c])) for c in _columns(found))
        ):
            blocks = found
            continue
        for block in blocks:
            first = block.amounts[0][0]
            name = next((cell for cell in row[block.start : first] if _is_text(cell)), "")
            if not any(char.isalpha() for char in str(name)):
                continue
            for column, heading in block.amounts:
                amount = amount_of(row[column], mark) if column < len(row) else None
                if amount is not None:
                    yield _dated(heading, day), Printed(" ".join(str(name).split()), amount)


def _blocks(row: list[Cell]) -> tuple[_Block, ...]:
    """The blocks that a row heads; none for a row that is no heading, such as one with a line."""
    if any(_is_text(cell) and meaning(str(cell)) is not None for cell in row):
        return ()
    found: list[_Block] = []
    start = 0
    amounts: list[tuple[int, Heading]] = []
    for column, cell in enumerate(row):
        heading = heading_of(str(cell))
        if heading is not None and column > 0:
            amounts.append((column, heading))
        elif _is_text(cell) and amounts:
            found.append(_Block(start, tuple(amounts)))
            start, amounts = column, []
    if amounts:
        found.append(_Block(start, tuple(amounts)))
    return tuple(found)


def _columns(blocks: tuple[_Block, ...]) -> Iterator[int]:
    return (column for block in blocks for column, _ in block.amounts)


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip() != ""


def _named_day(name: str, sheet: Sheet) -> date | None:
    """The day above the table, or in the sheet's name."""
    for text in (name, *(str(cell) for row in sheet[:HEAD_ROWS] for cell in row)):
        day = day_in(text)
        if day is not None:
            return day
    return None


def _dated(heading: Heading, day: date | None) -> Heading:
    if heading.key == THIS and day is not None and heading.ends_on is None:
        return replace(heading, ends_on=day)
    return heading


def _richer(known: Heading | None, heading: Heading) -> Heading:
    if known is None:
        return heading
    return replace(
        known,
        ends_on=known.ends_on or heading.ends_on,
        months=known.months or heading.months,
    )
