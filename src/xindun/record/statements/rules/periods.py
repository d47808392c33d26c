"""Which months accounts cover, and which accounts lie a year apart."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from xindun.record.statements.values import Statement

DAYS_A_MONTH = Decimal("365.25") / 12


def months_of(starts_on: date, ends_on: date) -> int:
    """Months that a period covers, by its days: a year of 52 or 53 weeks is twelve.

    >>> months_of(date(2023, 1, 1), date(2023, 3, 31))
    3
    >>> months_of(date(2023, 1, 2), date(2024, 1, 7))
    12
    """
    return round(Decimal((ends_on - starts_on).days + 1) / DAYS_A_MONTH)


def starts_of(ends_on: date, months: int) -> date:
    """First day of a period of whole months that ends on ``ends_on``.

    >>> starts_of(date(2024, 2, 29), 12), starts_of(date(2023, 6, 30), 6)
    (datetime.date(2023, 3, 1), datetime.date(2023, 1, 1))
    """
    following = ends_on + timedelta(days=1)
    year, month = divmod(following.year * 12 + following.month - 1 - months, 12)
    day = following.day
    while True:
        try:
            return date(year, month + 1, day)
        except ValueError:
            day -= 1  # a month without that day


def is_year_before(earlier: Statement, later: Statement) -> bool:
    """Whether growth may be read from one to the other: same length, basis and money, a year on."""
    days = (later.ends_on - earlier.ends_on).days
    return (
        340 <= days <= 390
        and earlier.months == later.months
        and earlier.scope is later.scope
        and earlier.standard is later.standard
        and earlier.currency == later.currency
    )
