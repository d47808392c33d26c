"""The geometry of the report's charts, as numbers for the page's template.

What a reader would get wrong: a chart is drawn in a box of 100 × 100 that the page stretches, and
its labels are HTML beside it, so that text keeps its size on a phone. Every chart has its table.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10
from typing import Any

from xindun.cli.review.figures import number, short

STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
LINES = 4
MOST_LABELS = 4


@dataclass(frozen=True)
class Line:
    """One series: its name, a CSS class, an SVG path and the path of the area below it."""

    name: str
    css: str
    path: str
    area: str


@dataclass(frozen=True)
class Chart:
    """Lines over months, with labels: (position in per cent, text)."""

    lines: list[Line]
    y_labels: list[tuple[float, str]]
    x_labels: list[tuple[float, str]]


def over_time(
    months: list[dict[str, Any]], series: list[tuple[str, str, str]], lang: str = "en"
) -> Chart | None:
    """The chart of some columns of the month ends; None where fewer than two months are known.

    Args:
        months: the month ends of one currency, oldest first.
        series: column, name and CSS class of each line.
        lang: how the labels shorten amounts.
    """
    known = [column for column, _, _ in series if _values(months, column)]
    if len(months) < 2 or not known:
        return None
    top = ceiling(max(max(_values(months, column)) for column in known))
    lines = [
        _line(name, css, _points(months, column, top))
        for column, name, css in series
        if column in known
    ]
    every = -(-len(months) // MOST_LABELS)
    places = range(len(months) - 1, -1, -every)
    x_labels = [(_x(place, len(months)), months[place]["month_end"][:7]) for place in places]
    y_labels = [
        (100 - 100 * step / LINES, _label(top * step / LINES, lang)) for step in range(LINES + 1)
    ]
    return Chart(lines, y_labels, sorted(x_labels))


def ceiling(value: float) -> float:
    """The top of an axis with LINES round steps, at or above ``value``; 1 for nothing.

    >>> ceiling(730.0), ceiling(0.0), ceiling(12_300_000.0)
    (800.0, 1.0, 16000000.0)
    """
    if value <= 0:
        return 1.0
    least = value / LINES
    power = 10.0 ** floor(log10(least))
    return LINES * power * next(step for step in STEPS if step * power >= least)


def _label(value: float, lang: str) -> str:
    if value < 10_000:
        return number(value, 2).rstrip("0").rstrip(".") if value % 1 else number(value, 0)
    digits, _, unit = short(Decimal(str(value)), lang).partition(" ")
    return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits} {unit}"


def _values(months: list[dict[str, Any]], column: str) -> list[float]:
    return [float(month[column]) for month in months if month[column] is not None]


def _x(place: int, count: int) -> float:
    return round(100 * place / (count - 1), 2)


def _points(
    months: list[dict[str, Any]], column: str, top: float
) -> list[list[tuple[float, float]]]:
    """Stretches of known points; a month without a value breaks the line."""
    stretches: list[list[tuple[float, float]]] = [[]]
    for place, month in enumerate(months):
        if month[column] is None:
            stretches.append([])
        else:
            height = 100 - 100 * max(float(month[column]), 0.0) / top
            stretches[-1].append((_x(place, len(months)), round(height, 2)))
    return [stretch for stretch in stretches if stretch]


def _line(name: str, css: str, stretches: list[list[tuple[float, float]]]) -> Line:
    path, area = "", ""
    for stretch in stretches:
        drawn = " L".join(f"{x} {y}" for x, y in stretch)
        path += f"M{drawn}"
        area += f"M{stretch[0][0]} 100 L{drawn} L{stretch[-1][0]} 100 Z"
    return Line(name, css, path, area)
