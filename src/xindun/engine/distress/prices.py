"""US prices for Ohlson's measure of size, which is in dollars of 1968."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files


def price_index(day: date) -> tuple[Decimal, int]:
    """US prices in the year of ``day`` with 1968 = 100, and the year the figure is of.

    The implicit deflator of GDP stands for Ohlson's of GNP, from which it differs by tenths of a
    per cent. A year that has none yet takes the last one published.
    """
    known = _price_index()
    year = min(max(day.year, min(known)), max(known))
    return known[year], year


@cache
def _price_index() -> dict[int, Decimal]:
    text = (files("xindun.engine") / "data" / "us_price_index.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {int(row["year"]): Decimal(row["index_1968_100"]) for row in rows}
