"""The European Central Bank's euro foreign exchange reference rates, as CSV and as XML.

What a reader would get wrong: the history names currencies that joined the euro or were replaced.
ISO 4217 no longer has them, so no amount can be in them; they are left out and named. ``N/A`` is a
day without a rate, not a rate.
"""

from __future__ import annotations

import csv
import re
from io import BytesIO
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.sax import parse

from xindun.connectors.rate_files.cells import Quotes, day_of, rate_of
from xindun.kernel.errors import DomainError
from xindun.kernel.money import is_currency
from xindun.record.reference.values import Quote

SOURCE = "ECB"
QUOTED_IN = "EUR"
_CODE = re.compile(r"[A-Z]{3}")
_NONE = ("", "N/A")


class WrongRateColumns(DomainError):
    """A line with other columns than the headers."""

    code = "wrong_rate_columns"
    sentence = "Line {line} has {found} columns and the headers {wanted}; download the file again."


def is_csv(heads: list[str]) -> bool:
    """Whether these are the headers of the ECB's CSV: a date, then codes of currencies."""
    codes = [head for head in heads[1:] if head]
    return heads[0].casefold() == "date" and bool(codes) and all(map(_CODE.fullmatch, codes))


def read_csv(text: str) -> tuple[tuple[Quote, ...], set[str]]:
    """Quotes, and the currencies left out.

    Raises:
        WrongRateColumns, BadRateDay, BadRate, RateTwice: as named.
    """
    rows = csv.reader(text.splitlines())
    heads = [head.strip() for head in next(rows)]
    known = [is_currency(head) for head in heads]
    quotes = Quotes()
    for row in rows:
        line = rows.line_num
        if not any(row):
            continue
        if len(row) != len(heads):
            raise WrongRateColumns(line=line, found=len(row), wanted=len(heads))
        on = day_of(row[0].strip(), line)
        for head, used, cell in zip(heads[1:], known[1:], row[1:], strict=True):
            said = cell.strip()
            if used and said not in _NONE:
                quotes.add(head, on, rate_of(said, line), line)
    left_out = {head for head, used in zip(heads[1:], known[1:], strict=True) if head and not used}
    return quotes.all(), left_out


def read_xml(content: bytes) -> tuple[tuple[Quote, ...], set[str]]:
    """Quotes, and the currencies left out.

    Raises:
        BadRateDay, BadRate, RateTwice: as named.
        SAXException, DefusedXmlException: the XML is damaged or unsafe.
    """
    cubes = _Cubes()
    parse(BytesIO(content), cubes, forbid_dtd=True)
    left_out = {currency for currency, *_rest in cubes.found if not is_currency(currency)}
    quotes = Quotes()
    for currency, on, rate, line in cubes.found:
        if currency not in left_out and rate not in _NONE:
            quotes.add(currency, day_of(on, line), rate_of(rate, line), line)
    return quotes.all(), left_out


class _Cubes(ContentHandler):
    """Each ``<Cube currency rate>`` below a ``<Cube time>``, with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str, int]] = []
        self._day = ""
        self._at = Locator()

    def setDocumentLocator(self, locator: Locator) -> None:
        """The library's name for who knows the line."""
        self._at = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """The library's name for an element that begins."""
        if name != "Cube":
            return
        if "time" in attrs:
            self._day = attrs["time"]
        if "currency" in attrs:
            rate = attrs.get("rate", "")
            line = self._at.getLineNumber() or 0
            self.found.append((attrs["currency"], self._day, rate, line))
