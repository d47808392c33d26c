"""Reads JSON of any size, item by item, and refuses what only wants to fill the memory.

What a reader would get wrong: the bound is on one item, not on the file. The world's LEI records
are more than 4 GB and fine; one record of a hundred megabytes, brackets nested a million deep, or
a file without any record is refused within the first megabytes. Values are decoded by the standard
library, which refuses deep nesting and endless numbers; the well-known streaming library does not
(docs/adr/0077).
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from xindun.kernel.errors import DomainError

ITEM_CHARS = 1 << 20
BLOCK = 1 << 18
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SPACE = re.compile(r"[ \t\r\n]*")


class ReportBroken(DomainError):
    """The file is not JSON, or it ends too early."""

    code = "report_broken"
    sentence = (
        "{file} is no complete JSON file in UTF-8: it cannot be read beyond character {place}."
    )


class ReportItemTooLarge(DomainError):
    """One value, longer than any register writes."""

    code = "report_item_too_large"
    sentence = (
        "{file} holds a value of more than {limit} characters after character {place}. "
        "No register writes records that long; check that it is the right file."
    )


class ReportWithoutRecords(DomainError):
    """JSON, but not the publisher's."""

    code = "report_without_records"
    sentence = "{file} has no list of {kind}; check that it is the right file."


def records(file: IO[bytes], kind: str, *, shown: str) -> Iterator[Any]:
    """The elements of the list that the file's outermost object holds under the name ``kind``.

    Args:
        file: an open file; read once, forwards.
        shown: what a refusal calls the file.

    Returns:
        Plain values; fractions are Decimal, never float.

    Raises:
        ReportBroken, ReportItemTooLarge, ReportWithoutRecords: as named, when reading gets there.
    """
    text = _Text(file, shown)
    text.expect("{")
    while text.peek() != "}":
        name = text.value()
        text.expect(":")
        if name == kind:
            text.expect("[")
            break
        text.value()
        if text.peek() != "}":
            text.expect(",")
    else:
        raise ReportWithoutRecords(file=shown, kind=kind)
    while text.peek() != "]":
        yield text.value()
        if text.peek() != "]":
            text.expect(",")


def parsed(content: bytes, *, shown: str) -> Any:
    """A whole JSON text, such as an answer of an interface, by the same rules.

    Raises:
        ReportBroken: as named.
    """
    try:
        return _DECODER.decode(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReportBroken(file=shown, place=getattr(error, "pos", 0)) from error


def _no_constant(name: str) -> Any:
    """NaN and Infinity are no JSON, though the standard library would take them."""
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)


class _Text:
    """The part of the file that is being read, as text."""

    def __init__(self, file: IO[bytes], shown: str) -> None:
        self._file, self._shown = file, shown
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._buffer, self._at, self._before, self._ended = "", 0, 0, False
        head = file.read(BLOCK)
        if head.startswith(_MARKS):
            raise self._broken()
        self._take(head.removeprefix(codecs.BOM_UTF8))

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer) or self._ended:
                return self._buffer[self._at : self._at + 1]
            self._more()

    def expect(self, sign: str) -> None:
        """Step over a sign that must come next."""
        if self.peek() != sign:
            raise self._broken()
        self._at += 1

    def value(self) -> Any:
        """The value that comes next, whole."""
        self.peek()
        while True:
            wrong: Exception | None = None
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except RecursionError as error:
                raise self._broken() from error
            except ValueError as error:
                wrong = error
            # What touches the end of the part may go on behind it, such as a number.
            if wrong is None and (end < len(self._buffer) or self._ended):
                self._at = end
                return value
            if self._ended:
                raise self._broken() from wrong
            if len(self._buffer) - self._at > ITEM_CHARS:
                raise ReportItemTooLarge(
                    file=self._shown, limit=ITEM_CHARS, place=self._before + self._at
                ) from wrong
            self._more()

    def _more(self) -> None:
        self._take(self._file.read(BLOCK))

    def _take(self, block: bytes) -> None:
        """Read on; what has been used is let go."""
        self._ended = not block
        try:
            text = self._decode(block, not block)
        except UnicodeDecodeError as error:
            raise self._broken() from error
        self._before += self._at
        self._buffer, self._at = self._buffer[self._at :] + text, 0

    def _broken(self) -> ReportBroken:
        return ReportBroken(file=self._shown, place=self._before + self._at)
