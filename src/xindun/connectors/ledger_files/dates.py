"""Dates as ledgers write them, and the proof of their order over a whole column.

What a reader would get wrong: 01/02/2025 has two readings. One date in the table whose first
number exceeds 12 proves day-first for all of its columns, one whose second does proves
month-first; without a proof nothing is guessed and the user is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

_NO_WORD = (
    "",
    "nan",
    "nat",
    "null",
    "none",
    "n/a",
    "#n/a",
    "-",
    "--",
    "—",
    "/",
    "<na>",
    "无",
    "無",
)
_NO_DAY = ("0", "0.0", "00000000", "0000-00-00", "00.00.0000", "00/00/0000")
NULLS = frozenset((*_NO_WORD, *_NO_DAY))
_TIME = re.compile(
    r"[T ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|[+-]\d{2}:?\d{2})?$", re.I
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?")
_ORDERED = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-\s.,/]*([a-zäû.é]{3,10})[-\s.,/]*(\d{4}|\d{2})")
_NAME_DAY = re.compile(r"([a-zäû.é]{3,10})[-\s.,/]*(\d{1,2})(?:st|nd|rd|th)?[-\s.,/]+(\d{4}|\d{2})")
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+|\s*星期.$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jän",
            "february feb februar",
            "march mar märz mär mrz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}


class NotADate(ValueError):
    """The text is no date in any known form."""


class Impossible(ValueError):
    """The text has the form of a date that does not exist, such as 2025-02-30."""


def clean(text: str) -> str:
    """NFKC, trimmed, casefolded, without a time of day."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return _WEEKDAY.sub("", _TIME.sub("", folded)).strip()


def parse(text: str, order: str | None) -> date | None:
    """The date a cell says; None where it says nothing.

    Args:
        text: the cell.
        order: ``dmy``, ``mdy`` or ``ymd`` for forms that do not say it themselves.

    Raises:
        Impossible: no such day.
        NotADate: no date.

    >>> parse("2025年1月2日", None), parse("20200130.0", None), parse("2 Jan 2025", None)
    (datetime.date(2025, 1, 2), datetime.date(2020, 1, 30), datetime.date(2025, 1, 2))
    >>> parse("01/02/2025", "dmy")
    datetime.date(2025, 2, 1)
    """
    value = clean(text)
    if value in NULLS:
        return None
    if found := _YEAR_FIRST.fullmatch(value) or _COMPACT.fullmatch(value):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _ORDERED.fullmatch(value):
        return _ordered(found, order)
    if found := _DAY_NAME.fullmatch(value):
        return _day(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _NAME_DAY.fullmatch(value):
        return _day(_year(found[3]), _month(found[1]), int(found[2]))
    raise NotADate(text)


def _ordered(found: re.Match[str], order: str | None) -> date:
    first, second, last = int(found[1]), int(found[3]), found[4]
    if order == "ymd" and len(last) == 2:
        return _day(_year(found[1].zfill(2)), second, int(last))
    if order == "dmy":
        return _day(_year(last), second, first)
    if order == "mdy":
        return _day(_year(last), first, second)
    if first == second:
        return _day(_year(last), first, second)
    raise NotADate(found[0])


def _month(name: str) -> int:
    try:
        return _MONTHS[name.strip(".")]
    except KeyError as error:
        raise NotADate(name) from error


def _year(text: str) -> int:
    """Two-digit years: 70–99 are the last century's."""
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise Impossible from error
    if not 1900 <= year <= 2199:
        raise Impossible
    return found


@dataclass(slots=True)
class Evidence:
    """What the cells of one column prove about the order of its dates."""

    day_first: list[str] = field(default_factory=list)
    month_first: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    two_digit: list[str] = field(default_factory=list)

    def see(self, texts: Iterable[str], keep: int = 3) -> None:
        """Take in cells; a few examples of each finding are kept, smallest first."""
        for text in texts:
            value = clean(text)
            found = _ORDERED.fullmatch(value)
            if not found:
                if named := _DAY_NAME.fullmatch(value) or _NAME_DAY.fullmatch(value):
                    self._keep(self.two_digit, text, keep, when=len(named[3]) == 2)
                continue
            first, second = int(found[1]), int(found[3])
            self._keep(self.two_digit, text, keep, when=len(found[4]) == 2)
            self._keep(self.day_first, text, keep, when=12 < first <= 31 and second <= 12)
            self._keep(self.month_first, text, keep, when=12 < second <= 31 and first <= 12)
            self._keep(self.open, text, keep, when=first <= 12 and second <= 12 and first != second)

    @staticmethod
    def _keep(examples: list[str], text: str, most: int, *, when: bool) -> None:
        if when:
            examples.append(text)
            examples.sort()
            del examples[most:]
