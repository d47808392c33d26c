"""Days, currencies and rates as files write them, and the refusal of a line that has others."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from xindun.kernel.errors import DomainError
from xindun.kernel.money import NO_CURRENCY, is_currency
from xindun.record.reference.values import Quote

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_WORDED = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RATE = re.compile(r"\d{1,12}(?:\.\d{1,12})?")


class BadRateDay(DomainError):
    """Not a day."""

    code = "bad_rate_day"
    sentence = "Line {line}: {text} is not a day; write it as 2026-03-31."


class BadRate(DomainError):
    """Not a positive number with a decimal point."""

    code = "bad_rate"
    sentence = (
        "Line {line}: {text} is not a rate; write a positive number with a point, such as 1.0750."
    )


class BadRateCurrency(DomainError):
    """Not a code that is in use."""

    code = "bad_rate_currency"
    sentence = "Line {line}: {text} is not an ISO 4217 currency code; use one like USD or CNY."


class RateTwice(DomainError):
    """One currency and day with two rates."""

    code = "rate_twice"
    sentence = "Line {line}: {currency} has another rate of {on} further up; keep one of them."


def day_of(text: str, line: int) -> date:
    """A day as 2026-03-31, 2026/3/31 or, in the ECB's daily file, 31 March 2026.

    Raises:
        BadRateDay: as the name says.
    """
    try:
        if found := _ISO.fullmatch(text):
            return date(*map(int, found.groups()))
        if found := _WORDED.fullmatch(text):
            month = _MONTHS.index(found[2].casefold()) + 1
            return date(int(found[3]), month, int(found[1]))
    except ValueError as error:
        raise BadRateDay(line=line, text=text) from error
    raise BadRateDay(line=line, text=text)


def rate_of(text: str, line: int) -> Decimal:
    """A positive rate with the digits it was written with.

    Raises:
        BadRate: as the name says.
    """
    rate = Decimal(text) if _RATE.fullmatch(text) and text.isascii() else Decimal()
    if not rate:
        raise BadRate(line=line, text=text)
    return rate


def currency_of(text: str, line: int) -> str:
    """A currency that amounts can be in.

    Raises:
        BadRateCurrency: as the name says.
    """
    code = text.upper()
    if code == NO_CURRENCY or not is_currency(code):
        raise BadRateCurrency(line=line, text=text)
    return code


class Quotes:
    """Quotes as they are read; the same one twice counts once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, date], Decimal] = {}

    def add(self, currency: str, on: date, rate: Decimal, line: int) -> None:
        """Take one more.

        Raises:
            RateTwice: that currency and day had another rate.
        """
        if self._found.setdefault((currency, on), rate) != rate:
            raise RateTwice(line=line, currency=currency, on=on)

    def all(self) -> tuple[Quote, ...]:
        """What was taken, in the order of the file."""
        return tuple(Quote(currency, on, rate) for (currency, on), rate in self._found.items())
