"""Ratios of one statement: exact decimals, the lines they came from, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from xindun.engine.figures import FLOWS, Figures
from xindun.engine.ratios.catalogue import RATIOS
from xindun.engine.ratios.formulas import BEFORE, Ratio, Term, Unit

MONTHS_A_YEAR: Final = 12
DAYS_A_YEAR: Final = 365
Inputs = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Undefined:
    """Why a ratio has no value.

    Attributes:
        code: ``missing_line``, ``zero_denominator``, ``negative_denominator`` or ``not_positive``
            (there is no logarithm of it).
        lines: what is missing, or what the denominator is made of.
    """

    code: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatioValue:
    """A ratio of one statement; exactly one of ``value`` and ``why`` is None.

    Attributes:
        inputs: the lines that were used, flows as a year's where the ratio is annualised.
    """

    ratio: Ratio
    value: Decimal | None
    why: Undefined | None
    inputs: dict[str, Decimal]


def inputs_of(figures: Figures, before: Figures | None = None, *, months: int) -> Inputs:
    """What formulas read: flows brought to a year, the earlier year's lines with ``_before``.

    Args:
        figures: the statement's.
        before: of the statement a year earlier, which covers as many months.
        months: that both cover.
    """
    found: dict[str, Decimal] = {}
    for suffix, lines in (("", figures), (BEFORE, before)):
        for name, amount in (lines.stated() if lines else {}).items():
            yearly = amount * MONTHS_A_YEAR / months if name in FLOWS else amount
            found[f"{name}{suffix}"] = yearly
    return found


def ratios_of(
    figures: Figures, before: Figures | None = None, *, months: int
) -> dict[str, RatioValue]:
    """Every ratio by its code; see ``inputs_of`` for the arguments."""
    inputs = inputs_of(figures, before, months=months)
    return {code: ratio_of(ratio, inputs) for code, ratio in RATIOS.items()}


def ratio_of(ratio: Ratio, inputs: Inputs) -> RatioValue:
    """One ratio.

    >>> lines = {"cash": Decimal(3), "current_liabilities": Decimal(4)}
    >>> ratio_of(RATIOS["cash_ratio"], lines).value
    Decimal('0.75')
    """
    missing = tuple(dict.fromkeys(t.column for t in ratio.terms if t.column not in inputs))
    used = {t.column: inputs[t.column] for t in ratio.terms if t.column in inputs}
    if missing:
        return RatioValue(ratio, None, Undefined("missing_line", missing), used)
    top = _sum(ratio.top, inputs)
    if ratio.unit is Unit.LOG:
        if top <= 0:
            why = Undefined("not_positive", tuple(t.column for t in ratio.top))
            return RatioValue(ratio, None, why, used)
        return RatioValue(ratio, top.ln(), None, used)
    bottom = _sum(ratio.bottom, inputs)
    if bottom == 0 and ratio.zero is not None:
        return RatioValue(ratio, Decimal(ratio.zero), None, used)
    if bottom <= 0:
        code = "zero_denominator" if bottom == 0 else "negative_denominator"
        why = Undefined(code, tuple(t.column for t in ratio.bottom))
        return RatioValue(ratio, None, why, used)
    factor = DAYS_A_YEAR if ratio.unit is Unit.DAYS else 1
    return RatioValue(ratio, top * factor / bottom, None, used)


def _sum(terms: tuple[Term, ...], inputs: Inputs) -> Decimal:
    amounts = (
        term.sign * (abs(inputs[term.column]) if term.absolute else inputs[term.column])
        for term in terms
    )
    return sum(amounts, Decimal(0))
