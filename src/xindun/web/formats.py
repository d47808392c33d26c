"""How figures are written on the screens and in exports.

What a reader would get wrong: digits are grouped alike in both languages, because a ledger is
compared with other papers; only dates and words follow the language. A figure that is not known
is a dash, never zero.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xindun.kernel.money import NO_CURRENCY, UnknownCurrency, minor_units

DASH = "–"
MINUS = "\u2212"
LEAST_DECIMALS = 2
CENT = Decimal("0.01")


def amount_text(amount: Decimal | None, currency: str) -> str:
    """An exact amount without digit groups, with the currency's own decimals (ISO 4217)."""
    if amount is None:
        return ""
    if currency == NO_CURRENCY:
        # No minor unit: as many decimals as the amount needs, at least two.
        text = f"{amount:f}"
        whole, _, decimals = text.partition(".")
        return f"{whole}.{decimals.rstrip('0'):0<{LEAST_DECIMALS}}"
    try:
        places = minor_units(currency)
    except UnknownCurrency:
        places = LEAST_DECIMALS
    # Half up, as on a bank statement; amounts of a ledger are exact in their minor unit anyway.
    return f"{amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def money(amount: Decimal | None, currency: str) -> str:
    """An amount for people: ``1,234,567.80``; a dash where there is none."""
    if amount is None:
        return DASH
    return _grouped(amount_text(amount, currency))


def money_with_code(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency's code; a ledger without currencies has amounts without."""
    text = money(amount, currency)
    return text if currency == NO_CURRENCY else f"{text} {currency}"


def number(value: Any, places: int = 1) -> str:
    """A plain figure with ``places`` decimals; a dash where there is none."""
    if value is None or value == "":
        return DASH
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return _grouped(f"{exact:f}")


def share(part: Any, places: int = 1) -> str:
    """A ratio as per cent: 0.125 is ``12.5%``."""
    return DASH if part is None else f"{number(Decimal(str(part)) * 100, places)}%"


def share_of(part: Any, whole: Any) -> Decimal | None:
    """``part ÷ whole``; None when there is no whole."""
    if part is None or not whole:
        return None
    return Decimal(part) / Decimal(whole)


def day(value: Any) -> str:
    """A day as ISO 8601, which no reader of any country misreads."""
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else DASH


def moment(at: datetime | None) -> str:
    """A moment in UTC for a file, to the second; empty where there is none."""
    return "" if at is None else f"{at:%Y-%m-%d %H:%M:%S}"


def _grouped(text: str) -> str:
    sign = MINUS if text.startswith("-") else ""
    whole, point, decimals = text.lstrip("-").partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}"
