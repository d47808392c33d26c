"""Codes of the pure layers as sentences in the reader's language.

What a reader would get wrong: these sentences are not in this folder's catalogue. They belong to
the engine and the connectors, whose catalogue ``kernel.words`` reads; a code that is not known is
shown as itself rather than hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language

from xindun.engine.phrases import PHRASES, template
from xindun.kernel.errors import DomainError
from xindun.kernel.words import translate
from xindun.web import formats

MONEY_NAMES = frozenset(
    {
        "amount",
        "exposure",
        "limit",
        "monthly_sales",
        "ordinary_balance",
        "unapplied",
        "stake",
        "cap",
        "balance",
    }
)
WHOLE_NAMES = frozenset({"days", "hold_days", "bills", "items", "grade", "rows"})


def said(sentence: str, params: Mapping[str, Any] | None = None, currency: str = "") -> str:
    """A template in the active language, filled in; a missing parameter is a dash."""
    return _filled(sentence, params, currency, ratios=False)


def phrase(
    family: str, code: str | None, params: Mapping[str, Any] | None = None, currency: str = ""
) -> str:
    """The sentence of an engine code; empty for no code.

    Args:
        family: the first part of the sentence's key in ``engine/phrases.py``.
        code: the code; ratios are known by its name.
        params: what fills the placeholders.
        currency: of amounts among the parameters.
    """
    if not code:
        return ""
    found = template(family, code)
    return _filled(found, params, currency, ratios="ratio" in code)


def known(family: str, code: str) -> bool:
    """Whether the engine has a sentence for a code."""
    return f"{family}.{code}" in PHRASES


def refusal(error: DomainError) -> str:
    """A refusal in the active language."""
    return said(error.sentence, error.params)


def _filled(sentence: str, params: Mapping[str, Any] | None, currency: str, *, ratios: bool) -> str:
    text = translate(get_language() or "en")(sentence)
    shown = {name: _shown(name, each, currency, ratios) for name, each in (params or {}).items()}
    return text.format_map(_OrDash(shown))


class _OrDash(dict[str, str]):
    """Parameters as people read them; a missing one stands as a dash, never as an error."""

    def __missing__(self, key: str) -> str:
        return formats.DASH


def _shown(name: str, value: Any, currency: str, ratios: bool) -> str:
    if value is None:
        return formats.DASH
    if isinstance(value, date):
        return formats.day(value)
    figure = _figure(value)
    if figure is None:
        return str(value)
    if name in MONEY_NAMES and currency:
        return formats.money_with_code(figure, currency)
    if ratios and name in {"value", "from", "to"}:
        return formats.share(figure)
    if name in WHOLE_NAMES or figure == figure.to_integral_value():
        return formats.number(figure, 0)
    return formats.number(figure, 2 if name in {"step_up", "multiplier"} else 1)


def _figure(value: Any) -> Decimal | None:
    """The number that a parameter is, if it is one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
