"""CSV and TSV: exact rows with physical line numbers, at the speed of a vectorised parser.

Two parsers give the same rows. A block of text without quotes, NUL bytes or lone carriage
returns has only one reading, and Arrow's parser takes it many times faster; every other block
goes through Python's csv module, whose treatment of quotes is the one spreadsheets follow.

What a reader would get wrong: an opening quote that is never closed swallows the lines below it.
When that makes a row ragged or over-long, its physical lines are read again one by one, so one
stray quote costs one row, not a thousand.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from xindun.connectors.ledger_files import headers as heads
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.sources.batches import (
    TOO_LONG,
    Layout,
    fitted,
    from_rows,
    names,
)
from xindun.connectors.ledger_files.sources.encodings import detect
from xindun.kernel.errors import DomainError

BLOCK = 4 << 20
LONGEST_LINE = 16 << 20
HEAD_LINES = 200
SAMPLE = 5
DELIMITERS = (",", ";", "\t", "|")


class EmptyFile(DomainError):
    """There is nothing in the file."""

    code = "empty_file"
    sentence = "{file} is empty."


class HeaderNotFound(DomainError):
    """No row among the first thirty names at least three known columns."""

    code = "header_not_found"
    sentence = (
        "{file} has no header row that can be recognised in its first 30 lines "
        "(found: {found}). Name its columns with a mapping file."
    )


class LineTooLong(DomainError):
    """A line is longer than any table's."""

    code = "line_too_long"
    sentence = "Line {line} of {file} is longer than {limit} MB; this is not a table."


class Delimited:
    """A text table with one character between its cells."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path = path
        self.size = path.stat().st_size
        if not self.size:
            raise EmptyFile(file=path.name)
        self._encoding = detect(path, options.encoding)
        self._old_mac = False
        self._read = 0
        self.layout = self._recognise(options)

    def batches(self) -> Iterator[tuple[pa.Table, int]]:
        """See :class:`batches.Source`."""
        blocks = self._blocks()
        line = 1
        for block in blocks:
            text = block
            if line <= self._skip:
                taken = _after_lines(block, self._skip - line + 1)
                line += block[:taken].count(b"\n")
                text = block[taken:]
                if not text:
                    continue
            batch = self._fast(text, line)
            if batch is not None:
                yield batch, self._read
                line += text.count(b"\n") + (not text.endswith(b"\n"))
                continue
            table, line = self._exact(text, blocks, line)
            yield table, self._read

    def _fast(self, block: bytes, line: int) -> pa.Table | None:
        """The block by Arrow's parser, or None when only the csv module reads it exactly."""
        if b'"' in block or b"\0" in block or block.count(b"\r") != block.count(b"\r\n"):
            return None
        columns = names(self._width)
        try:
            table = arrow_csv.read_csv(
                io.BytesIO(block),
                arrow_csv.ReadOptions(column_names=columns, block_size=1 << 20),
                arrow_csv.ParseOptions(
                    delimiter=self._delimiter,
                    quote_char=False,
                    double_quote=False,
                    escape_char=False,
                    newlines_in_values=False,
                    ignore_empty_lines=False,
                ),
                arrow_csv.ConvertOptions(
                    check_utf8=False,
                    column_types=dict.fromkeys(columns, pa.string()),
                    strings_can_be_null=False,
                ),
            )
        except pa.ArrowInvalid:  # a ragged row
            return None
        lines = pa.array(np.arange(line, line + len(table), dtype=np.int64))
        staged = table.add_column(0, "fault", pa.nulls(len(table), pa.string())).add_column(
            0, "line", lines
        )
        return _without_blank(staged, columns)

    def _exact(self, block: bytes, blocks: Iterator[bytes], line: int) -> tuple[pa.Table, int]:
        """The block (and the next ones, while a quoted cell crosses the border) by csv."""
        feed = _Feed(block, blocks)
        reader = csv.reader(feed, delimiter=self._delimiter)
        rows: list[list[str]] = []
        lines: list[int] = []
        faults: dict[int, str] = {}

        def keep(row: list[str], at: int, fault: str | None = None) -> None:
            if not any(row):
                return
            cells, found = fitted(row, self._width)
            if fault or found:
                faults[len(rows)] = fault or found or ""
            rows.append(cells)
            lines.append(at)

        while True:
            try:
                row = next(reader)
            except StopIteration:
                break
            except csv.Error:
                row = []
                torn = True
            else:
                torn = len(feed.pending) > 1 and len(row) != self._width
            if torn:
                for offset, text in enumerate(feed.pending):
                    keep(*self._single(text, line + offset))
            else:
                keep(row, line)
            line += len(feed.pending)
            feed.pending.clear()
            if feed.at_end:
                break
        return from_rows(rows, lines, faults, self._width), line

    def _single(self, text: str, line: int) -> tuple[list[str], int, str | None]:
        """One physical line on its own."""
        try:
            return next(csv.reader([text], delimiter=self._delimiter), []), line, None
        except csv.Error:
            return [text[:200]], line, TOO_LONG

    def _blocks(self) -> Iterator[bytes]:
        """UTF-8 blocks that end at a line's end, without the byte order mark."""
        decoder = codecs.getincrementaldecoder(self._encoding)("strict")
        plain = self._encoding == "utf-8"
        rest = b""
        line = 1
        self._read = 0
        with self.path.open("rb") as file:
            while raw := file.read(BLOCK):
                self._read += len(raw)
                data = raw if plain else decoder.decode(raw).encode()
                data = rest + (data.replace(b"\r", b"\n") if self._old_mac else data)
                cut = data.rfind(b"\n") + 1
                rest = data[cut:]
                if len(rest) > LONGEST_LINE:
                    raise LineTooLong(
                        file=self.path.name,
                        line=line + data[:cut].count(b"\n"),
                        limit=LONGEST_LINE >> 20,
                    )
                if cut:
                    line += data.count(b"\n", 0, cut)
                    yield data[:cut]
        if rest:
            yield rest

    def _recognise(self, options: Options) -> Layout:
        """Find the delimiter and the header row from the first lines."""
        head = self._head()
        best: tuple[int, int, str, int, list[list[str]], list[int]] | None = None
        found = ""
        for delimiter in [options.delimiter] if options.delimiter else DELIMITERS:
            rows, ends = _parse_head(head, delimiter)
            index = heads.header_row(rows, options.mapping)
            if index is None:
                found = found or " | ".join(rows[0][:8] if rows else [])[:120]
                continue
            score = heads.recognised(rows[index])
            if best is None or (score, len(rows[index])) > best[:2]:
                best = (score, len(rows[index]), delimiter, index, rows, ends)
        if best is None:
            raise HeaderNotFound(file=self.path.name, found=found)
        _, _, self._delimiter, index, rows, ends = best
        header = [cell.strip() for cell in rows[index]]
        self._width = len(header)
        self._skip = ends[index]
        return Layout(
            file=self.path.name,
            sheet=None,
            format="tsv" if self._delimiter == "\t" else "csv",
            encoding=self._encoding,
            delimiter=self._delimiter,
            header_line=(ends[index - 1] if index else 0) + 1,
            headers=tuple(header),
            sample=tuple(
                tuple(fitted(row, self._width)[0]) for row in rows[index + 1 :] if any(row)
            )[:SAMPLE],
        )

    def _head(self) -> list[str]:
        """The first lines as text, each with its line end."""
        block = next(self._blocks(), b"")[: 1 << 20]
        if b"\n" not in block and b"\r" in block:
            self._old_mac = True
            block = block.replace(b"\r", b"\n")
        text = io.StringIO(block.decode("utf-8", "replace"), newline="")
        return [line for line, _ in zip(text, range(HEAD_LINES), strict=False)]


def _without_blank(table: pa.Table, columns: list[str]) -> pa.Table:
    """The table without rows of empty cells, as spreadsheets leave below their data."""
    blank = None
    for column in columns:
        empty = pc.equal(table[column], "")
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return table
    return table.filter(pc.invert(blank))


class _Feed:
    """Physical lines for csv.reader, remembering those of the row that is being read."""

    def __init__(self, block: bytes, blocks: Iterator[bytes]) -> None:
        self._block, self._blocks = block, blocks
        self.pending: list[str] = []
        self.at_end = False
        self._lines = self._all()

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def _all(self) -> Iterator[str]:
        block: bytes | None = self._block
        while block is not None:
            lines = list(io.StringIO(block.decode(), newline=""))
            last = len(lines) - 1
            for index, line in enumerate(lines):
                self.at_end = index == last
                self.pending.append(line)
                yield line
            block = next(self._blocks, None)
        self.at_end = True


def _parse_head(lines: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Rows of the head, and the physical line on which each ends."""
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        pass  # an over-long cell below the header; the full reading rejects it
    return rows, ends


def _after_lines(block: bytes, count: int) -> int:
    """Offset after ``count`` line ends."""
    offset = 0
    for _ in range(count):
        found = block.find(b"\n", offset)
        if found < 0:
            return len(block)
        offset = found + 1
    return offset
