"""Codes with parameters as sentences in the reader's language.

What a reader would get wrong: the engine's parameters are bare numbers. Whether 0.35 is a share
or days follows from the factor it belongs to, and how many decimals an amount has from its
currency, so both are decided here, once for every kind of output.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from xindun.cli.review.figures import exact, grouped, number, percent, with_currency
from xindun.engine.phrases import template
from xindun.kernel.errors import DomainError
from xindun.kernel.words import language_of, translate

MONEY = {
    "amount",
    "balance",
    "exposure",
    "limit",
    "median_sales",
    "monthly_sales",
    "ordinary_balance",
    "unapplied",
}
"""Parameters that are amounts in the account's currency."""


class Speaker:
    """Says templates, codes and errors in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = language_of(lang)
        self.translate = translate(lang)

    def __call__(self, sentence: str, **params: object) -> str:
        """The translated template with its placeholders filled in."""
        text = self.translate(sentence)
        return text.format_map(params) if params else text

    def error(self, error: DomainError) -> str:
        """A refusal, filled in."""
        return error.say(self.translate)

    def phrase(
        self, family: str, code: str | None, params: Any = None, currency: str | None = None
    ) -> str | None:
        """The sentence of an engine's code; None for no code.

        Args:
            family: first part of the phrase's key, for example "reason".
            code: second part.
            params: mapping or JSON text.
            currency: of the amounts among the parameters.
        """
        if code is None:
            return None
        shown = {
            name: _shown(code, name, value, currency) for name, value in parameters(params).items()
        }
        return self.translate(template(family, code)).format_map(_Shown(shown))


def parameters(params: Any) -> dict[str, Any]:
    """Parameters as a mapping, however they were stored (mapping, JSON text, none)."""
    if params is None or params == "":
        return {}
    if isinstance(params, str):
        loaded = json.loads(params, parse_float=Decimal)
        return loaded if isinstance(loaded, dict) else {}
    return dict(params)


class _Shown(dict[str, str]):
    """A parameter that is missing stands as a dash, never as an error."""

    def __missing__(self, key: str) -> str:
        return "–"


def _shown(code: str, name: str, value: Any, currency: str | None) -> str:
    """One parameter as people read it."""
    if value is None:
        return "–"
    if name in MONEY:
        if currency is None:
            return grouped(Decimal(value))
        return with_currency(exact(Decimal(value), currency), currency)
    if name in ("value", "from", "to"):
        return _of_factor(code, value)
    if isinstance(value, Decimal | float):
        return number(value, 2).rstrip("0").rstrip(".")
    return str(value)


def _of_factor(code: str, value: Any) -> str:
    """The value of a scorecard's factor: a share, days, or a change in days."""
    if "ratio" in code:
        return percent(value, 1)
    if "trend" in code:
        return f"+{number(value)}" if Decimal(str(value)) > 0 else number(value)
    return number(value, 0 if "history" in code else 1)


def said(notices: Mapping[str, str], code: str, params: Mapping[str, Any], say: Speaker) -> str:
    """A sentence of a table of templates, its whole numbers grouped."""
    shown = {
        name: number(value, 0) if isinstance(value, int) else str(value)
        for name, value in params.items()
    }
    if "anchor" in shown:
        shown["anchor"] = say(shown["anchor"])
    return say(notices[code], **shown)
