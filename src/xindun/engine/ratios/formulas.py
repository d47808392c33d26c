"""What a ratio is made of.

What a reader would get wrong: a flow in a formula is a year's. A statement of six months counts
twice there, so that it compares with one of twelve; a balance is that of the closing day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from xindun.engine.figures import FLOWS, LINES

BEFORE = "_before"
"""Ends the name of a line of the statement a year earlier."""
_TERM = re.compile(r"\s*([+-]?)\s*(\|?)(\w+)(\|?)")


class Group(StrEnum):
    """What a ratio tells about."""

    LIQUIDITY = "liquidity"
    LEVERAGE = "leverage"
    PROFITABILITY = "profitability"
    COVERAGE = "coverage"
    ACTIVITY = "activity"
    GROWTH = "growth"
    MARKET = "market"
    SIZE = "size"


class Unit(StrEnum):
    """How a value reads: a share of 1, times, days a year, or a natural logarithm."""

    SHARE = "share"
    TIMES = "times"
    DAYS = "days"
    LOG = "log"


class Better(StrEnum):
    """Which direction is safer, by itself and within reason; some have none."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Term:
    """One line in a sum.

    Attributes:
        line: a name of ``figures.LINES``.
        sign: 1 or -1.
        before: the line of the statement a year earlier.
        absolute: without its sign.
    """

    line: str
    sign: int = 1
    before: bool = False
    absolute: bool = False

    @property
    def column(self) -> str:
        """Its name among the inputs and in a table."""
        return f"{self.line}{BEFORE}" if self.before else self.line

    @property
    def is_flow(self) -> bool:
        """Whether it is brought to a year."""
        return self.line in FLOWS


@dataclass(frozen=True, slots=True)
class Ratio:
    """One sum over another.

    Attributes:
        bottom: must come to more than zero, or there is no ratio; empty for a logarithm.
        zero: the value where the bottom is zero, for the one ratio whose authors say so.
    """

    code: str
    group: Group
    unit: Unit
    better: Better
    top: tuple[Term, ...]
    bottom: tuple[Term, ...]
    zero: int | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every line it needs."""
        return (*self.top, *self.bottom)

    @property
    def is_annualised(self) -> bool:
        """Whether a statement of less than a year is brought to a year in it.

        A flow over a flow of the same period is the same either way.
        """
        sides = [any(term.is_flow for term in side) for side in (self.top, self.bottom)]
        return any(sides) and not all(sides)


def terms(text: str) -> tuple[Term, ...]:
    """The terms of a sum as it is written.

    >>> terms("current_assets - inventory")[1]
    Term(line='inventory', sign=-1, before=False, absolute=False)
    >>> terms("|net_income_before|")[0]
    Term(line='net_income', sign=1, before=True, absolute=True)
    """
    found = []
    for sign, bar, name, _ in _TERM.findall(text):
        line = name.removesuffix(BEFORE)
        if line not in LINES:
            raise KeyError(line)
        found.append(Term(line, -1 if sign == "-" else 1, line != name, bool(bar)))
    return tuple(found)
