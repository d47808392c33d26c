"""The one shape every file format is turned into: Arrow batches of text cells.

What a reader would get wrong: ``line`` is the physical line (or sheet row) where the row starts,
so that a reject can be found in an editor even when cells contain line breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

RAGGED = "ragged_row"
NUL = "nul_byte"
TOO_LONG = "field_too_long"


@dataclass(frozen=True, slots=True)
class Layout:
    """What is known of one table before its rows are read."""

    file: str
    sheet: str | None
    format: str
    encoding: str | None
    delimiter: str | None
    header_line: int
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]


class Source(Protocol):
    """One table of a file: its layout, and its rows below the header."""

    layout: Layout
    size: int

    def batches(self) -> Iterator[tuple[pa.Table, int]]:
        """Tables with columns ``line``, ``fault``, ``c0`` … ``cN``; and bytes consumed so far."""
        ...


def names(width: int) -> list[str]:
    """Column names of a batch of ``width`` cells."""
    return [f"c{position}" for position in range(width)]


def from_rows(
    rows: Sequence[Sequence[str]], lines: Sequence[int], faults: dict[int, str], width: int
) -> pa.Table:
    """A batch from rows of exactly ``width`` cells."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    fault = [faults.get(index) for index in range(len(rows))] if faults else None
    return pa.table(
        [
            pa.array(lines, pa.int64()),
            pa.nulls(len(rows), pa.string()) if fault is None else pa.array(fault, pa.string()),
            *(pa.array(cells, pa.string()) for cells in columns),
        ],
        names=["line", "fault", *names(width)],
    )


def fitted(row: Sequence[str], width: int) -> tuple[list[str], str | None]:
    """A row cut or padded to ``width``, and its fault.

    Empty cells beyond the header are no fault; a short row is one, because a torn line must not
    pass for a row whose last cells happen to be empty.
    """
    fault = None
    cells = list(row)
    if len(cells) > width:
        fault = RAGGED if any(cell.strip() for cell in cells[width:]) else None
        cells = cells[:width]
    elif len(cells) < width:
        fault = RAGGED
        cells += [""] * (width - len(cells))
    if any("\0" in cell for cell in cells):
        fault = NUL
        cells = [cell.replace("\0", "\N{REPLACEMENT CHARACTER}") for cell in cells]
    return cells, fault
