"""Working days: which days a buyer cannot pay on, and the next one on which it can.

Chinese make-up working days (a Saturday worked for a bridge holiday) are working days. A country
that is unknown, or that the library does not know, has weekends only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import holidays
import pyarrow as pa

from xindun.engine import schema

SATURDAY = 5


@lru_cache(maxsize=512)
def _calendar(country: str, first_year: int, last_year: int) -> holidays.HolidayBase | None:
    try:
        return holidays.country_holidays(country, years=range(first_year, last_year + 1))
    except NotImplementedError:  # unknown to the library; listing what it knows is far slower
        return None


def _works(calendar: holidays.HolidayBase | None, day: date) -> bool:
    if calendar is None:
        return day.weekday() < SATURDAY
    return bool(calendar.is_working_day(day))


def working_days(countries: Iterable[str], first: date, last: date) -> pa.Table:
    """The days from ``first`` to ``last`` without work in each country, with the next with work.

    Args:
        countries: ISO 3166-1 alpha-2 codes; '' (or an unknown code) stands for weekends only.
    """
    rows: list[tuple[str, date, date]] = []
    for country in sorted(set(countries)):
        calendar = _calendar(country, first.year, last.year + 1)
        following = last + timedelta(days=1)
        while not _works(calendar, following):
            following += timedelta(days=1)
        day = last
        while day >= first:
            if _works(calendar, day):
                following = day
            else:
                rows.append((country, day, following))
            day -= timedelta(days=1)
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    arrays = [
        pa.array(list(column), field.type)
        for column, field in zip(columns, schema.WORKING_DAYS, strict=True)
    ]
    return pa.table(arrays, schema=schema.WORKING_DAYS)
