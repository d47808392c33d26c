"""The invented buyers of a sample ledger: who they are and how each one pays.

What a reader would get wrong: a buyer's behaviour is a row of plain numbers (delay, drift, share
of disputes …), not a class. The types below only say how those numbers are drawn, so that the
simulation of ten million invoices stays arithmetic on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Rng = np.random.Generator

NEVER = np.int64(10**7)
"""A day number that no ledger reaches."""

CURRENCIES = ("CNY", "EUR", "USD", "GBP", "JPY")
DECIMALS = np.array([2, 2, 2, 2, 0], dtype=np.int64)
UNITS_PER_USD = np.array([7.0, 0.9, 1.0, 0.8, 150.0])
"""Rough sizes of a unit, so that amounts look right; no exchange rate is meant."""

# Country, share of buyers, its currency (an index into CURRENCIES), legal form.
COUNTRIES = (
    ("CN", 0.40, 0, "有限公司"),
    ("DE", 0.12, 1, "GmbH"),
    ("FR", 0.06, 1, "SARL"),
    ("NL", 0.04, 1, "B.V."),
    ("IT", 0.04, 1, "S.r.l."),
    ("US", 0.20, 2, "Inc."),
    ("GB", 0.09, 3, "Ltd"),
    ("JP", 0.05, 4, "K.K."),
)

# Type: share, mean delay (days after due), spread, drift a month, share disputed, share in parts.
TYPES: dict[str, tuple[float, float, float, float, float, float]] = {
    "prompt": (0.30, -2.0, 2.5, 0.0, 0.004, 0.005),
    "usual": (0.22, 3.0, 4.0, 0.0, 0.010, 0.010),
    "slow": (0.14, 19.0, 5.0, 0.0, 0.010, 0.020),
    "drifter": (0.08, 1.0, 5.0, 1.3, 0.015, 0.020),
    "improver": (0.04, 30.0, 6.0, -0.9, 0.010, 0.020),
    "seasonal": (0.07, 2.0, 4.0, 0.0, 0.010, 0.010),
    "disputer": (0.05, 6.0, 6.0, 0.0, 0.180, 0.030),
    "in_parts": (0.05, 8.0, 7.0, 0.0, 0.010, 0.450),
    "failing": (0.05, 9.0, 7.0, 1.0, 0.020, 0.060),
}
NAMES_OF_TYPES = tuple(TYPES)

_FIRST = [
    "Ar",
    "Bel",
    "Cor",
    "Dal",
    "El",
    "Far",
    "Gal",
    "Hol",
    "Il",
    "Jor",
    "Kel",
    "Lor",
    "Mar",
    "Nel",
    "Or",
    "Pel",
    "Quel",
    "Ros",
    "Sel",
    "Tor",
]
_MIDDLE = ["va", "ne", "mi", "lo", "ru", "ti", "sa", "do", "ke", "la", "no", "ra"]
_LAST = ["dan", "mar", "vel", "nis", "ron", "tek", "lia", "gard", "mont", "vane", "sen", "dor"]
_TRADES = [
    "Textiles",
    "Tools",
    "Foods",
    "Optics",
    "Metals",
    "Paper",
    "Plastics",
    "Motors",
    "Glass",
    "Timber",
]
_HAN = "澜岱峤珩沅霁骁翎莘瑭岫衍湄砺旸桦蔚昶琮沣"
_HAN_TRADES = ["纺织", "工具", "食品", "光学", "金属", "纸业", "塑料", "电机", "玻璃", "木业"]


@dataclass(frozen=True)
class Population:
    """One array entry a buyer; days are counted from 1970-01-01, amounts in US dollars."""

    names: list[str]
    numbers: list[str]
    country: Ints  # index into COUNTRIES
    currency: Ints  # index into CURRENCIES
    kind: Ints  # index into NAMES_OF_TYPES
    weight: Floats  # share of the seller's invoices
    median_amount: Floats
    terms_days: Ints
    delay: Floats
    spread: Floats
    drift: Floats
    disputed: Floats
    in_parts: Floats
    slow_month: Ints  # 1-12, month in which a seasonal buyer pays late; 0 for the others
    pays_on_fridays: NDArray[np.bool_]
    bill_share: Floats  # 银承 and 商承
    commercial_bills: NDArray[np.bool_]
    retains: NDArray[np.bool_]  # keeps 5 % as 质保金
    active_from: Ints
    stops_paying: Ints
    stops_buying: Ints

    def __len__(self) -> int:
        return len(self.names)


def populate(count: int, seed: int, first_day: int, last_day: int) -> Population:
    """``count`` buyers with their habits; the same arguments give the same buyers."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, 0])))
    country = _draw(rng, [share for _, share, _, _ in COUNTRIES], count)
    currency = np.array([place for _, _, place, _ in COUNTRIES])[country]
    kind = _draw(rng, [row[0] for row in TYPES.values()], count)
    habits = np.array([row[1:] for row in TYPES.values()])[kind]
    chinese = country == 0
    dollars = chinese & (rng.random(count) < 0.12)
    return Population(
        names=_names(rng, country),
        numbers=[f"C{number:06d}" for number in range(1, count + 1)],
        country=country,
        currency=np.where(dollars, 2, currency),
        kind=kind,
        weight=_shares(rng.lognormal(0.0, 1.1, count)),
        median_amount=rng.lognormal(np.log(4000.0), 0.9, count),
        terms_days=np.where(
            chinese, rng.choice([30, 60, 90], count), rng.choice([14, 30, 30, 45, 60], count)
        ),
        **_habits(rng, kind, habits),
        bill_share=np.where(
            chinese & ~dollars & (rng.random(count) < 0.35), rng.uniform(0.2, 0.7, count), 0.0
        ),
        commercial_bills=rng.random(count) < 0.25,
        retains=chinese & (rng.random(count) < 0.12),
        **_lives(rng, kind, first_day, last_day),
    )


def _habits(rng: Rng, kind: Ints, habits: Floats) -> dict[str, Any]:
    """How each buyer pays, around the values of its type."""
    count = len(kind)
    seasonal = kind == NAMES_OF_TYPES.index("seasonal")
    return {
        "delay": habits[:, 0] + rng.normal(0.0, 1.5, count),
        "spread": habits[:, 1] * rng.uniform(0.7, 1.4, count),
        "drift": habits[:, 2] * rng.uniform(0.6, 1.3, count),
        "disputed": habits[:, 3],
        "in_parts": habits[:, 4],
        "slow_month": np.where(seasonal, rng.integers(1, 13, count), 0),
        "pays_on_fridays": rng.random(count) < 0.2,
    }


def _lives(rng: Rng, kind: Ints, first_day: int, last_day: int) -> dict[str, Any]:
    """When each buyer begins to buy, and when a failing one stops to pay and to buy."""
    count, span = len(kind), last_day - first_day
    fails = kind == NAMES_OF_TYPES.index("failing")
    late_start = rng.random(count) < 0.3
    starts = first_day + np.where(late_start, rng.integers(0, span * 2 // 3 + 1, count), 0)
    new = (rng.random(count) < 0.06) & ~fails
    starts = np.where(new, last_day - rng.integers(20, 80, count), starts)
    stops_paying = np.where(fails, last_day - rng.integers(45, 420, count), NEVER)
    starts = np.where(fails, np.minimum(starts, first_day + span // 3), starts)
    stops_buying = np.where(fails, stops_paying + rng.integers(20, 80, count), NEVER)
    return {
        "active_from": np.maximum(starts, first_day),
        "stops_paying": stops_paying,
        "stops_buying": stops_buying,
    }


def _draw(rng: Rng, shares: list[float], count: int) -> Ints:
    """Indices by share, the shares normalised; at least one of each where there is room."""
    drawn = rng.choice(len(shares), count, p=_shares(np.array(shares)))
    if count >= 4 * len(shares):
        drawn[rng.permutation(count)[: len(shares)]] = np.arange(len(shares))
    return drawn.astype(np.int64)


def _shares(values: Floats) -> Floats:
    result: Floats = values / values.sum()
    return result


def _names(rng: Rng, country: Ints) -> list[str]:
    """Invented names, each once, each ending in (sample) or (样例): no real company is meant."""
    latin = len(_FIRST) * len(_MIDDLE) * len(_LAST) * len(_TRADES)
    han = len(_HAN) ** 3 * len(_HAN_TRADES)
    latin_order, han_order = rng.permutation(latin), rng.permutation(han)
    names = []
    for place, where in enumerate(country):
        form = COUNTRIES[where][3]
        if where == 0:
            turn, pick = divmod(place, han)
            names.append(f"{_han(int(han_order[pick]))}{form}{turn or ''}(样例)")
        else:
            turn, pick = divmod(place, latin)
            name = f"{_latin(int(latin_order[pick]))} {form}"
            names.append(f"{name} {turn} (sample)" if turn else f"{name} (sample)")
    return names


def _latin(pick: int) -> str:
    pick, trade = divmod(pick, len(_TRADES))
    pick, last = divmod(pick, len(_LAST))
    first, middle = divmod(pick, len(_MIDDLE))
    return f"{_FIRST[first]}{_MIDDLE[middle]}{_LAST[last]} {_TRADES[trade]}"


def _han(pick: int) -> str:
    pick, trade = divmod(pick, len(_HAN_TRADES))
    pick, third = divmod(pick, len(_HAN))
    first, second = divmod(pick, len(_HAN))
    return f"{_HAN[first]}{_HAN[second]}{_HAN[third]}{_HAN_TRADES[trade]}"
