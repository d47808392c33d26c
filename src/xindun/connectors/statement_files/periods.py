"""Which period a column's heading names, and what a sheet says about unit, currency and dates.

What a reader would get wrong: all of it is a proposal. The unit above all is read only to be shown
as the question's first answer; a person states it.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

THIS, BEFORE = "this", "before"
_THIS = re.compile(
    r"期末|年末余额|本期|本年|当期|本季|this (?:year|period)|current (?:year|period)|closing", re.I
)
_BEFORE = re.compile(
    r"年初|期初|上年|上期|上年同期|去年|prior (?:year|period)|previous (?:year|period)|last year"
    r"|opening",
    re.I,
)
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_MONTHS = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月?\s*[-–—至到~]\s*)?(\d{1,2})\s*月(?!\s*\d)")
_ENGLISH_DAY = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})"
    r"|(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})",
    re.I,
)
_YEAR = re.compile(r"(?:^|\D)((?:19|20)\d{2})(?:\s*年度?|[AF])?(?:\D|$)")
_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_UNITS = (
    (re.compile(r"亿元|亿人民币|hundred millions?", re.I), 100_000_000),
    (
        re.compile(r"百万元|\bin millions\b|\bmillions? of\b|'000,000|\bmn\b|\bUSD m\b", re.I),
        1_000_000,
    ),
    (re.compile(r"万元", re.I), 10_000),
    (re.compile(r"千元|仟元|\bin thousands\b|\bthousands? of\b|'000|\bUSD k\b", re.I), 1_000),
    (re.compile(r"单位\s*:\s*(?:人民币)?\s*元|\bin (?:whole )?dollars\b", re.I), 1),
)
_CURRENCIES = (
    (re.compile(r"人民币|RMB|CNY|¥|单位\s*:\s*[千仟万百亿]*元", re.I), "CNY"),
    (re.compile(r"美元|US\$|USD|\bU\.?S\.? dollars?", re.I), "USD"),
    (re.compile(r"欧元|EUR|€", re.I), "EUR"),
    (re.compile(r"港元|港币|HK\$|HKD", re.I), "HKD"),
    (re.compile(r"日元|JPY|円", re.I), "JPY"),
    (re.compile(r"英镑|GBP|£", re.I), "GBP"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column's heading says.

    Attributes:
        key: ``this``, ``before`` or the year, by which columns of several sheets belong together.
        ends_on: the closing day, where the heading names it.
        months: where the heading names them.
    """

    key: str
    ends_on: date | None = None
    months: int | None = None


def heading_of(text: str) -> Heading | None:
    """The period that a heading names; None for any other text.

    >>> heading_of("2023年1-6月"), heading_of("年初余额").key, heading_of("附注")
    (Heading(key='2023', ends_on=datetime.date(2023, 6, 30), months=6), 'before', None)
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if not said or len(said) > 60:
        return None
    months = _MONTHS.search(said)
    if months:
        year, first, last = int(months[1]), int(months[2] or months[3]), int(months[3])
        if 1 <= first <= last <= 12:
            length = last - first + 1 if months[2] else None
            return Heading(str(year), date(year, last, monthrange(year, last)[1]), length)
    day = day_in(said)
    if day is not None:
        return Heading(str(day.year), day)
    # 上年年末余额 holds both words: what is before wins.
    if _BEFORE.search(said):
        return Heading(BEFORE)
    if _THIS.search(said):
        return Heading(THIS)
    bare = _YEAR.search(said)
    if bare and len(said) <= 20:
        return Heading(bare[1])
    return None


def day_in(text: str) -> date | None:
    """The first whole date in a text."""
    said = unicodedata.normalize("NFKC", text)
    found = _DAY.search(said)
    english = _ENGLISH_DAY.search(said)
    if found:
        parts = int(found[1]), int(found[2]), int(found[3])
    elif english:
        name, day, year = (
            (english[1], english[2], english[3])
            if english[1]
            else (english[5], english[4], english[6])
        )
        parts = int(year), _MONTH_NAMES.index(name.lower()[:3]) + 1, int(day)
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def unit_in(texts: Iterable[str]) -> int | None:
    """The unit that the first text to name one names."""
    said = [unicodedata.normalize("NFKC", text) for text in texts]
    return next((unit for text in said for pattern, unit in _UNITS if pattern.search(text)), None)


def currency_in(texts: Iterable[str]) -> str:
    """The currency that the first text to name one names; empty for none."""
    said = [unicodedata.normalize("NFKC", text) for text in texts]
    return next((code for text in said for p, code in _CURRENCIES if p.search(text)), "")
