"""Reads one file of rates, whichever of the formats it has."""

from __future__ import annotations

import csv
from hashlib import sha256
from xml.sax import SAXException

from defusedxml.common import DefusedXmlException

from xindun.connectors.rate_files import ecb, plain
from xindun.kernel.errors import DomainError
from xindun.record.reference.values import ReadRates

MEGABYTES = 50
"""The ECB's whole history has some 8 MB as XML."""
SOURCE_LENGTH = 40
OWN = "own"


class NoRateFile(DomainError):
    """None of the formats."""

    code = "no_rate_file"
    sentence = (
        "This is no file of exchange rates: it is neither the ECB's reference rates (CSV or XML)"
        " nor a CSV with the headers date, currency, rate and base."
    )


class RateFileTooLarge(DomainError):
    """Larger than any history."""

    code = "rate_file_too_large"
    sentence = "The file is larger than {megabytes} MB, and no file of rates is."


def read_rates(content: bytes, *, source: str = "", prefer: str = "") -> ReadRates:
    """A file of rates, whole.

    Args:
        source: who publishes the rates, for a file of one's own; the ECB's names itself.
        prefer: the quotation currency at hand, for a file of one's own that fits two.

    Raises:
        NoRateFile, RateFileTooLarge, WrongRateColumns, RateColumnsMissing, BadRateDay, BadRate,
        BadRateCurrency, RateTwice, MixedQuotation: as named.
    """
    if len(content) > MEGABYTES * 1_000_000:
        raise RateFileTooLarge(megabytes=MEGABYTES)
    digest = sha256(content).hexdigest()
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        try:
            quotes, left_out = ecb.read_xml(content)
        except (SAXException, DefusedXmlException) as error:
            raise NoRateFile from error
        if not quotes:
            raise NoRateFile
        return ReadRates(ecb.SOURCE, ecb.QUOTED_IN, quotes, tuple(sorted(left_out)), digest)
    text = _text(content)
    heads = [head.strip() for head in next(csv.reader(text.splitlines()[:1]), [])]
    if heads and ecb.is_csv(heads):
        quotes, left_out = ecb.read_csv(text)
        return ReadRates(ecb.SOURCE, ecb.QUOTED_IN, quotes, tuple(sorted(left_out)), digest)
    if plain.places(heads) is None:
        raise NoRateFile
    quoted_in, quotes = plain.read_csv(text, prefer)
    said = source.strip()[:SOURCE_LENGTH] or OWN
    return ReadRates(said, quoted_in, quotes, (), digest)


def _text(content: bytes) -> str:
    """UTF-8, else GB18030, in which Chinese spreadsheets save.

    Raises:
        NoRateFile: neither.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NoRateFile
