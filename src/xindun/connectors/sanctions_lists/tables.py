"""Rows of a CSV list, in UTF-8 or in the Western encoding of older files."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from xindun.connectors.sanctions_lists.errors import BrokenListFile


def rows(path: Path) -> Iterator[list[str]]:
    """The rows, one after the other; a cell longer than 131,072 characters breaks the file.

    Raises:
        BrokenListFile: as the name says.
    """
    with path.open(encoding=_encoding(path), newline="") as file:
        reader = csv.reader(file)
        try:
            yield from reader
        except (csv.Error, UnicodeDecodeError) as error:
            raise BrokenListFile(file=path.name, detail=f"CSV, {reader.line_num}") from error


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is, read in blocks; else cp1252."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    with path.open("rb") as file:
        try:
            while block := file.read(1 << 20):
                decode(block)
            decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"
