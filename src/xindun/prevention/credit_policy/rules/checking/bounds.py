"""Bounds of single numbers and words; each yields what is wrong at its path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from xindun.kernel.money import is_currency, minor_units
from xindun.prevention.credit_policy.rules.problems import Problem

Path = tuple[str, ...]
LARGEST_AMOUNT: Final = Decimal("999999999999999")
FINEST_RATIO: Final = 6
CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,20}")
CODE_LENGTH: Final = 20


def count(path: Path, value: int, least: int, most: int) -> Iterator[Problem]:
    """A whole number from ``least`` to ``most``."""
    if not least <= value <= most:
        yield Problem(path, "out_of_bounds", {"least": least, "most": most})


def ratio(path: Path, value: Decimal, least: int = 0, most: int = 1) -> Iterator[Problem]:
    """A share from ``least`` to ``most``, not finer than anybody means."""
    if not least <= value <= most:
        yield Problem(path, "out_of_bounds", {"least": least, "most": most})
    elif _decimals(value) > FINEST_RATIO:
        yield Problem(path, "too_fine", {"digits": FINEST_RATIO})


def amount(path: Path, value: Decimal, currency: str) -> Iterator[Problem]:
    """Zero or more, in the decimals that the currency has."""
    digits = minor_units(currency) if is_currency(currency) else FINEST_RATIO
    if value < 0:
        yield Problem(path, "below_zero")
    elif value > LARGEST_AMOUNT:
        yield Problem(path, "out_of_bounds", {"least": 0, "most": LARGEST_AMOUNT})
    elif _decimals(value) > digits:
        yield Problem(path, "too_fine", {"digits": digits})


def code(path: Path, value: str) -> Iterator[Problem]:
    """A name that files, addresses and logs can carry."""
    if not CODE.fullmatch(value):
        yield Problem(path, "not_a_code", {"length": CODE_LENGTH})


def twice(path: Path, values: Iterable[str]) -> Iterator[Problem]:
    """Each value once."""
    for name, times in Counter(values).items():
        if times > 1:
            yield Problem(path, "twice", {"name": name})


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
