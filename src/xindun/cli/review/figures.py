"""How figures are written: exact text for programs, grouped digits for people.

What a reader would get wrong: money leaves the engine with four decimals whatever its currency;
here it gets the currency's own (ISO 4217). A ledger without a currency (XXX) has no minor unit,
so its amounts keep what they need, at least two decimals.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xindun.kernel.money import NO_CURRENCY, quantize

MINUS = "\u2212"


def exact(amount: Decimal | None, currency: str) -> str | None:
    """Money as text with the currency's decimals: "1250" in JPY, "1250.00" in EUR."""
    if amount is None:
        return None
    rounded = quantize(Decimal(amount), currency)
    if currency != NO_CURRENCY:
        return f"{rounded:f}"
    text = f"{rounded:f}".rstrip("0")
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}"


def grouped(amount: str | Decimal | None, decimals: int | None = None) -> str:
    """An amount for people: 1234567.8 is "1,234,567.80"; a dash for none.

    Args:
        amount: exact text of :func:`exact`, or a decimal.
        decimals: None keeps the decimals of the amount.
    """
    if amount is None:
        return "–"
    value = Decimal(amount)
    if decimals is not None:
        value = round(value, decimals)
    return f"{value:,f}".replace("-", MINUS)


def with_currency(amount: str | None, currency: str) -> str:
    """An amount with its currency before it, on one line; XXX stands for none and is left out."""
    if amount is None or currency == NO_CURRENCY:
        return grouped(amount)
    return f"{currency}\u00a0{grouped(amount)}"


UNITS = {
    "en": ((10**12, " T"), (10**9, " B"), (10**6, " M"), (10**3, " k")),
    # 万 is ten thousand and 亿 is a hundred million: Chinese counts in fours.
    "zh": ((10**12, " 万亿"), (10**8, " 亿"), (10**4, " 万")),
}


def short(amount: str | Decimal | None, lang: str = "en") -> str:
    """An amount at a glance, three digits or more: 12,345,678 is "12.3 M" or "1,235 万"."""
    if amount is None:
        return "–"
    value = Decimal(amount)
    size = abs(value)
    for unit, letter in UNITS[lang]:
        if size >= unit:
            scaled = value / unit
            places = 0 if abs(scaled) >= 100 else 1 if abs(scaled) >= 10 else 2
            return f"{scaled:,.{places}f}{letter}".replace("-", MINUS)
    return f"{value:,.0f}".replace("-", MINUS)


def number(value: Any, decimals: int = 1) -> str:
    """A plain figure for people; a dash for none."""
    if value is None:
        return "–"
    return f"{round(Decimal(str(value)), decimals):,f}".replace("-", MINUS)


def percent(part: Any, whole: Any = 1, decimals: int = 1) -> str:
    """``part`` of ``whole`` in per cent; a dash when there is no whole."""
    if part is None or whole is None or Decimal(str(whole)) == 0:
        return "–"
    return f"{Decimal(str(part)) / Decimal(str(whole)) * 100:.{decimals}f} %".replace("-", MINUS)


def plain(value: Any) -> Any:
    """A value as JSON takes it: decimals and dates as text, the rest unchanged."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, float):
        return None if value != value else round(value, 6)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
