"""A CSV of one's own: date, currency, rate, base, in any order, in English or Chinese.

``rate`` is how many units of ``currency`` one unit of ``base`` costs. What a reader would get
wrong: both ways of quoting are read. Where every line has the same base, that is the quotation
currency. Where the base differs but every line prices it in the same currency (1 USD = 7.10 CNY,
1 EUR = 7.80 CNY, as the People's Bank publishes), that currency is, and each rate is turned around.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from xindun.connectors.rate_files.cells import Quotes, currency_of, day_of, rate_of
from xindun.kernel.errors import DomainError
from xindun.record.reference.values import Quote

HEADS = {
    "date": ("date", "日期"),
    "currency": ("currency", "币种", "货币"),
    "rate": ("rate", "汇率"),
    "base": ("base", "基准货币", "基础货币"),
}
DECIMALS = Decimal("1e-24")
"""Of a rate that was turned around; the finest that is stored."""


class RateColumnsMissing(DomainError):
    """A line ends before all four columns."""

    code = "rate_columns_missing"
    sentence = "Line {line} lacks a column; each has a date, a currency, a rate and a base."


class MixedQuotation(DomainError):
    """Neither one base nor one currency throughout."""

    code = "mixed_quotation"
    sentence = (
        "Line {line}: {currency} for one {base} does not fit the lines above. Every line of a file"
        " has the same base, or prices its base in the same currency."
    )


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    on: date
    currency: str
    rate: Decimal
    base: str


def places(heads: list[str]) -> dict[str, int] | None:
    """Where each of the four columns stands; None unless all do."""
    folded = [head.casefold() for head in heads]
    found = {
        name: next((folded.index(word) for word in words if word in folded), -1)
        for name, words in HEADS.items()
    }
    return None if -1 in found.values() else found


def read_csv(text: str, prefer: str) -> tuple[str, tuple[Quote, ...]]:
    """The quotation currency and the quotes.

    Args:
        prefer: the quotation currency of a file that can be read both ways, such as one that has
            nothing but CNY for one USD.

    Raises:
        RateColumnsMissing, BadRateDay, BadRate, BadRateCurrency, RateTwice, MixedQuotation: as
            named.
    """
    lines = [*_lines(text)]
    if not lines:
        return "", ()
    bases, currencies = ({getattr(each, name) for each in lines} for name in ("base", "currency"))
    direct = len(bases) == 1 and not (currencies == {prefer} and prefer not in bases)
    quoted_in = lines[0].base if direct else lines[0].currency
    quotes = Quotes()
    for each in lines:
        if not direct and each.currency != quoted_in:
            raise MixedQuotation(line=each.number, currency=each.currency, base=each.base)
        currency = each.currency if direct else each.base
        if currency != quoted_in:
            rate = each.rate if direct else _turned(each.rate)
            quotes.add(currency, each.on, rate, each.number)
    return quoted_in, quotes.all()


def _lines(text: str) -> Iterator[_Line]:
    rows = csv.reader(text.splitlines())
    at = places([head.strip() for head in next(rows)]) or {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        line = rows.line_num
        if len(row) <= max(at.values()):
            raise RateColumnsMissing(line=line)
        said = {name: row[place].strip() for name, place in at.items()}
        yield _Line(
            line,
            day_of(said["date"], line),
            currency_of(said["currency"], line),
            rate_of(said["rate"], line),
            currency_of(said["base"], line),
        )


def _turned(rate: Decimal) -> Decimal:
    """How much of the base one unit costs, half-even to 24 decimals."""
    with localcontext(prec=50):
        return (1 / rate).quantize(DECIMALS, ROUND_HALF_EVEN)
