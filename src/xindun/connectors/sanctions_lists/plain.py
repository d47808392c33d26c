"""Countries, days and texts as the publishers write them, made plain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import pycountry

LONGEST = 2_000
"""A text is cut here; publishers' longest names have some hundred characters."""
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_SLASHED = re.compile(r"\b(\d{1,2}|dd)/(\d{1,2}|mm)/(\d{4})\b", re.IGNORECASE)
_WORDED = re.compile(r"\b(?:(\d{1,2}) )?([A-Za-z]{3})[a-z]* (\d{4})\b")
_YEAR = re.compile(r"\b(1[89]\d{2}|20\d{2})\b")
# As the publishers write them, where ISO 3166 has another name and pycountry finds none.
_COUNTRIES = {
    "burma": "MM",
    "congo, democratic republic of the": "CD",
    "democratic republic of the congo": "CD",
    "korea, north": "KP",
    "north korea": "KP",
    "democratic people's republic of korea": "KP",
    "korea, south": "KR",
    "south korea": "KR",
    "republic of korea": "KR",
    "russia": "RU",
    "turkey": "TR",
    "ivory coast": "CI",
    "palestinian": "PS",
    "occupied palestinian territories": "PS",
    "west bank": "PS",
    "region: gaza": "PS",
    "cape verde": "CV",
    "the gambia": "GM",
    "macau": "MO",
    "kosovo": "XK",
}


def text(value: str | None) -> str:
    """White space collapsed, cut to a sane length; ``-0-`` is OFAC's nothing."""
    plain = " ".join((value or "").split())[:LONGEST]
    return "" if plain == "-0-" else plain


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Each text once, in the order they came, without empty ones."""
    return tuple(dict.fromkeys(filter(None, values)))


@lru_cache(maxsize=1_024)
def country(name: str) -> str:
    """ISO 3166-1 alpha-2 of a publisher's country; empty where it names none.

    >>> country("Korea, North"), country("Iran"), country("Undetermined")
    ('KP', 'IR', '')
    """
    plain = text(name).casefold()
    if not plain:
        return ""
    if plain in _COUNTRIES:
        return _COUNTRIES[plain]
    try:
        return str(pycountry.countries.lookup(plain).alpha_2)
    except LookupError:
        return ""


def day(value: str) -> str:
    """A day as ISO, cut to what is known; empty where there is none.

    >>> day("07 Oct 1952"), day("circa 1960"), day("dd/mm/1971"), day("Mar 1980")
    ('1952-10-07', '1960', '1971', '1980-03')
    """
    plain = text(value)
    if found := _ISO.search(plain):
        return "-".join(part for part in found.groups() if part)
    if found := _SLASHED.search(plain):
        dated, month, year = found.groups()
        return _cut(year, month, dated)
    if found := _WORDED.search(plain):
        dated, name, year = found.groups()
        return _cut(year, _MONTHS.get(name.casefold(), ""), dated or "")
    if found := _YEAR.search(plain):
        return found.group(1)
    return ""


def whole_day(value: str) -> date | None:
    """A day that is known to the day; None otherwise."""
    try:
        return date.fromisoformat(day(value))
    except ValueError:
        return None


def _cut(year: str, month: str, dated: str) -> str:
    """Year, month and day as far as each is a number and not zero."""
    if not month.isdigit() or not int(month):
        return year
    if not dated.isdigit() or not int(dated):
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(dated):02}"
