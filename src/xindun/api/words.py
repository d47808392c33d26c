"""Codes of the engine as sentences, for programs that show them to people.

What a reader would get wrong: a program decides by ``code`` and ``params``; the sentence follows
the header Accept-Language and may be worded better in any version.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language

from xindun.engine.phrases import template
from xindun.kernel.words import translate

DASH = "–"
MONEY = frozenset(
    {
        *("amount", "exposure", "limit", "monthly_sales", "ordinary_balance", "unapplied"),
        *("stake", "cap", "balance"),
    }
)
RATIOS = frozenset({"value", "from", "to"})


def sentence(
    family: str, code: str, params: Mapping[str, Any] | None = None, currency: str = ""
) -> str:
    """What a code says; ``family`` is the first part of its key in ``engine/phrases.py``."""
    shown = {
        name: _shown(name, value, currency, "ratio" in code)
        for name, value in (params or {}).items()
    }
    return filled(template(family, code), shown)


def filled(english: str, params: Mapping[str, Any] | None = None) -> str:
    """A template in the language of the request, filled in; what is missing is a dash."""
    said = translate(get_language() or "en")(english)
    return said.format_map(_OrDash({name: str(each) for name, each in (params or {}).items()}))


class _OrDash(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return DASH


def _shown(name: str, value: Any, currency: str, ratio: bool) -> str:
    if value is None:
        return DASH
    if isinstance(value, date | bool | list | dict):
        return str(value)
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if ratio and name in RATIOS:
        return f"{exact * 100:.1f}%"
    if name in MONEY and currency:
        return f"{exact:,.2f} {currency}"
    return f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{exact:,.1f}"
