"""Typed cells (workbooks, Parquet) as the text that the rest of the reader understands.

What a reader would get wrong: a binary float is written with the 15 significant digits that a
spreadsheet shows, so 79656.6 stays 79656.6; and a number like 1.234 gets one more zero, because
as a typed number its point is certainly a decimal point and must not raise the question.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

_LOOKS_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def text_of(value: object) -> str:
    """A cell's value as text; dates in ISO form, nothing as an empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return certain_point(format(value, "f"))
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def certain_point(text: str) -> str:
    """The text of a typed number, such that its point reads as a decimal point."""
    return text + "0" if _LOOKS_GROUPED.fullmatch(text) else text


def _float(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return certain_point(format(Decimal(format(value, ".15g")), "f"))
