"""The receivables key figures of mechanics 5.9 and 5.15, one pure function each.

What a reader would get wrong: "credit sales" are gross invoices and debit notes; credit notes do
not reduce them (they stand in a column of their own in every table). 应收账款周转率 is turns a year
and 周转天数 is days; they move in opposite directions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

TENTH: Final = Decimal("0.1")
CENT: Final = Decimal("0.01")
FOUR: Final = Decimal("0.0001")
MONTH_DAYS: Final = 30

METHODS: Final = {
    "dso_simple": "open_total_over_gross_sales_times_window",
    "dso_countback": "gross_sales_stripped_month_by_month",
    "dso_best_possible": "not_due_over_gross_sales_times_window",
    "average_days_delinquent": "dso_simple_minus_best_possible",
    "collection_effectiveness": "collected_over_collectable_90_days",
    "turnover_turns": "gross_sales_365_over_mean_of_opening_and_closing",
    "turnover_days": "365_over_turns",
    "provision": "balance_by_recognition_year_times_loss_rate",
}
"""Name of each figure's method, printed beside it; docs/explanation/grade.md spells them out."""


def rounded(value: Decimal, grain: Decimal = TENTH) -> Decimal:
    """``value`` rounded half up to ``grain``."""
    return value.quantize(grain, ROUND_HALF_UP)


def dso_simple(open_total: Decimal, sales: Decimal, days: int) -> Decimal | None:
    """Receivables ÷ credit sales × days; None without sales.

    >>> dso_simple(Decimal(150000), Decimal(1800000), 365)
    Decimal('30.4')
    """
    return rounded(open_total / sales * days) if sales > 0 else None


@dataclass(frozen=True, slots=True)
class Countback:
    """Days of sales outstanding by counting back; a lower bound when the history ran out."""

    days: Decimal
    is_lower_bound: bool


def dso_countback(open_total: Decimal, months: Iterable[tuple[int, Decimal]]) -> Countback:
    """Strip monthly sales from the receivables backwards.

    Full months count their days, the last one in proportion. A month without sales counts its
    days, because the debt is older than that month.

    Args:
        open_total: receivables at the end of the newest month.
        months: (days, credit sales) from the newest month backwards.

    >>> vector = [(30, Decimal(100)), (30, Decimal(80)), (30, Decimal(70))]
    >>> dso_countback(Decimal(212), vector).days
    Decimal('73.7')
    """
    left, days = open_total, Decimal(0)
    if left <= 0:
        return Countback(Decimal("0.0"), False)
    for length, sales in months:
        if left < sales or (left == sales and sales > 0):
            return Countback(rounded(days + left / sales * length), False)
        left -= sales
        days += length
    return Countback(rounded(days), True)


def average_days_delinquent(dso: Decimal, best_possible: Decimal) -> Decimal:
    """DSO minus best possible DSO: the days that lateness alone costs."""
    return dso - best_possible


def collection_effectiveness(
    opening: Decimal, sales: Decimal, closing: Decimal, closing_current: Decimal
) -> Decimal | None:
    """Collected ÷ collectable × 100 over a period; None when nothing was collectable.

    >>> collection_effectiveness(Decimal(100), Decimal(80), Decimal(60), Decimal(45))
    Decimal('88.9')
    """
    collectable = opening + sales - closing_current
    if collectable <= 0:
        return None
    return rounded((opening + sales - closing) / collectable * 100)


def turnover(sales: Decimal, opening: Decimal, closing: Decimal) -> tuple[Decimal, Decimal] | None:
    """Turns a year and days a turn, on the mean of opening and closing receivables."""
    mean = (opening + closing) / 2
    if sales <= 0 or mean <= 0:
        return None
    turns = sales / mean
    return rounded(turns, CENT), rounded(365 / turns)


def provision(balances: Mapping[str, Decimal], rates: Mapping[str, Decimal]) -> Decimal:
    """Lifetime loss by a provision matrix: Σ balance × rate; a balance without a rate is an error.

    >>> provision({"current": Decimal(15000)}, {"current": Decimal("0.005")})
    Decimal('75.0000')
    """
    parts = (max(balance, Decimal(0)) * rates[name] for name, balance in balances.items())
    return sum(parts, Decimal(0)).quantize(FOUR, ROUND_HALF_UP)


def month_start(day: date, back: int = 0) -> date:
    """The first day of the month ``back`` months before the month of ``day``."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return month_start(day, -1) - timedelta(days=1)


def months_back(
    end: date, first: date, sales: Mapping[date, Decimal], day_basis: str
) -> list[tuple[int, Decimal]]:
    """(days, sales) of each month from the one of ``end`` back to the one of ``first``.

    The newest month counts only its days up to ``end``. With the basis "30" every full month has
    30 days.
    """
    rows: list[tuple[int, Decimal]] = []
    start, last = month_start(end), end
    while start >= month_start(first):
        whole = last == month_end(last)
        days = MONTH_DAYS if day_basis == "30" and whole else (last - start).days + 1
        rows.append((days, sales.get(start, Decimal(0))))
        start, last = month_start(start, 1), start - timedelta(days=1)
    return rows
