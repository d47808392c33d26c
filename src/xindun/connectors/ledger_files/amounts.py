"""Amounts as ledgers write them, and the proof of their decimal mark over a whole column.

What a reader would get wrong: ``1,234`` is one thousand two hundred thirty-four or one and a
bit. A cell with both marks, a repeated mark, or a mark that is not followed by exactly three
digits proves the style for the table; without a proof nothing is guessed and the user is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

NULLS = frozenset(("", "nan", "null", "none", "n/a", "#n/a", "-", "--", "—", "<na>", "无", "無"))
MOST_INTEGER_DIGITS = 14
_SYMBOLS = re.compile(
    r"[€$£¥₹₩₽฿₫₺₴元圆圓円]|^[a-z]{2,3}\$?(?=[\s\d(-])|(?<=[\s\d)-])[a-z]{3}$|rmb"
)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’`]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[.,]?|[.,]\d+")


class NotAnAmount(ValueError):
    """The text is no number in the table's style."""


class TooLarge(ValueError):
    """More than fourteen integer digits."""


class TooPrecise(ValueError):
    """More than four decimals that are not zero."""


def _split(text: str) -> tuple[str, bool]:
    """Bare digits and marks, and whether the amount is negative."""
    value = unicodedata.normalize("NFKC", text).strip().casefold().replace("\u2212", "-")
    value = _SYMBOLS.sub("", value).strip()
    negative = False
    if value.startswith("(") and value.endswith(")"):
        negative, value = True, value[1:-1].strip()
        value = _SYMBOLS.sub("", value).strip()
    if value.endswith("-"):
        negative, value = not negative, value[:-1].strip()
    elif value.startswith("-"):
        negative, value = not negative, value[1:].strip()
    elif value.startswith("+"):
        value = value[1:].strip()
    return _SPACES.sub("", _SYMBOLS.sub("", value)), negative


def parse(text: str, mark: str) -> Decimal | None:
    """The amount a cell says; None where it says nothing.

    Args:
        text: the cell, with any grouping, sign style and currency symbol.
        mark: the decimal mark, ``.`` or ``,``.

    Raises:
        NotAnAmount, TooLarge, TooPrecise.

    >>> parse("(1.234,56)", ","), parse("￥１，２３４.50", "."), parse("123.45-", ".")
    (Decimal('-1234.56'), Decimal('1234.50'), Decimal('-123.45'))
    """
    if unicodedata.normalize("NFKC", text).strip().casefold() in NULLS:
        return None
    value, negative = _split(text)
    if not _NUMBER.fullmatch(value) or not value.isascii():
        raise NotAnAmount(text)
    group = "," if mark == "." else "."
    whole, _, decimals = value.partition(mark)
    if mark in decimals or group in decimals or not _grouped(whole, group):
        raise NotAnAmount(text)
    digits = whole.replace(group, "").lstrip("0")
    if len(digits) > MOST_INTEGER_DIGITS:
        raise TooLarge(text)
    decimals = decimals.rstrip("0").ljust(2, "0")
    if len(decimals) > 4:
        raise TooPrecise(text)
    amount = Decimal(f"{digits or '0'}.{decimals}")
    return -amount if negative and amount else amount


def _grouped(whole: str, group: str) -> bool:
    """Groups of three, or of two before the last three (lakh); or no groups at all."""
    first, *rest = whole.split(group)
    if not rest:
        return True
    return 1 <= len(first) <= 3 and len(rest[-1]) == 3 and all(len(g) in (2, 3) for g in rest[:-1])


@dataclass(slots=True)
class Evidence:
    """What the cells of one column prove about its decimal mark."""

    point: list[str] = field(default_factory=list)
    comma: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def see(self, texts: Iterable[str], keep: int = 3) -> None:
        """Take in cells; a few examples of each finding are kept, smallest first."""
        for text in texts:
            found = self._finding(_split(text)[0])
            if found is not None:
                found.append(text)
                found.sort()
                del found[keep:]

    def _finding(self, value: str) -> list[str] | None:
        points, commas = value.count("."), value.count(",")
        if not points + commas or not _NUMBER.fullmatch(value):
            return None
        if points and commas:
            return self.point if value.rfind(".") > value.rfind(",") else self.comma
        if points > 1:
            return self.comma
        if commas > 1:
            return self.point
        mark = self.point if points else self.comma
        whole, _, decimals = value.partition("." if points else ",")
        if len(decimals) != 3 or len(whole) > 3 or not whole.lstrip("0"):
            return mark
        return self.open
