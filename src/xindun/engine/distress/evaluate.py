"""The models' word on one statement, part by part, and where they part company."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist
from typing import Final

from xindun.engine.distress.models import (
    MODELS,
    PRICE_INDEX,
    USD_RATE,
    Indicator,
    Link,
    Model,
    Part,
    Zone,
)
from xindun.engine.figures import Figures
from xindun.engine.ratios import RATIOS, Undefined, inputs_of, ratio_of

_SIX: Final = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class PartValue:
    """One part of a score: ``coefficient × value``, and the lines the value came from."""

    part: Part
    value: Decimal
    inputs: dict[str, Decimal]

    @property
    def contribution(self) -> Decimal:
        """What it adds to the score."""
        return self.part.coefficient * self.value


@dataclass(frozen=True, slots=True)
class DistressValue:
    """A model's word on one statement; ``why_not`` is empty or ``score`` is None.

    Attributes:
        probability: the authors', to six decimals; None for a model without one.
        parts: those that could be worked out.
        why_not: input → why it has no value.
    """

    model: Model
    score: Decimal | None
    probability: Decimal | None
    zone: Zone | None
    parts: tuple[PartValue, ...]
    why_not: dict[str, Undefined]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Models that see the same company differently.

    Attributes:
        opposite: whether one says safe and another distress.
        by_zone: the models' codes.
    """

    opposite: bool
    by_zone: dict[Zone, tuple[str, ...]]


def distress_of(
    figures: Figures,
    before: Figures | None = None,
    *,
    months: int,
    usd_rate: Decimal | None = None,
    index: Decimal | None = None,
) -> dict[str, DistressValue]:
    """Every model's word on a statement.

    Args:
        figures, before, months: as in ``ratios.inputs_of``.
        usd_rate: US dollars for one unit of the currency; None: Ohlson's has no score.
        index: US prices, 1968 = 100; see ``price_index``.
    """
    inputs = dict(inputs_of(figures, before, months=months))
    inputs |= {USD_RATE: usd_rate} if usd_rate is not None else {}
    inputs |= {PRICE_INDEX: index} if index is not None else {}
    return {code: _value(model, inputs) for code, model in MODELS.items()}


def disagreement(values: Mapping[str, DistressValue]) -> Disagreement | None:
    """Where the models part; None when all that have a score give the same zone."""
    by_zone: dict[Zone, tuple[str, ...]] = {}
    for code, value in values.items():
        if value.zone is not None:
            by_zone[value.zone] = (*by_zone.get(value.zone, ()), code)
    if len(by_zone) < 2:
        return None
    return Disagreement(Zone.SAFE in by_zone and Zone.DISTRESS in by_zone, by_zone)


def _value(model: Model, inputs: Mapping[str, Decimal]) -> DistressValue:
    parts: list[PartValue] = []
    why_not: dict[str, Undefined] = {}
    for part in model.parts:
        value, why, used = _input(part.input, inputs)
        if value is not None:
            parts.append(PartValue(part, value, used))
        elif why is not None:
            why_not[part.input] = why
    if why_not:
        return DistressValue(model, None, None, None, tuple(parts), why_not)
    score = model.constant + sum((each.contribution for each in parts), Decimal(0))
    chance = _probability(model.link, score)
    return DistressValue(model, score, chance, model.zone(score), tuple(parts), {})


def _input(
    name: str, inputs: Mapping[str, Decimal]
) -> tuple[Decimal | None, Undefined | None, dict[str, Decimal]]:
    if name in RATIOS:
        found = ratio_of(RATIOS[name], inputs)
        return found.value, found.why, found.inputs
    needed = {
        Indicator.OHLSON_SIZE: ("total_assets", USD_RATE, PRICE_INDEX),
        Indicator.LIABILITIES_ABOVE_ASSETS: ("total_liabilities", "total_assets"),
        Indicator.LOSSES_TWO_YEARS: ("net_income", "net_income_before"),
    }[Indicator(name)]
    used = {each: inputs[each] for each in needed if each in inputs}
    missing = tuple(each for each in needed if each not in inputs)
    if missing:
        return None, Undefined("missing_line", missing), used
    if Indicator(name) is Indicator.OHLSON_SIZE:
        size = used["total_assets"] * used[USD_RATE] / used[PRICE_INDEX]
        if size <= 0:
            return None, Undefined("not_positive", ("total_assets",)), used
        return size.ln(), None, used
    if Indicator(name) is Indicator.LIABILITIES_ABOVE_ASSETS:
        return Decimal(used["total_liabilities"] > used["total_assets"]), None, used
    return Decimal(all(each < 0 for each in used.values())), None, used


def _probability(link: Link, score: Decimal) -> Decimal | None:
    if link is Link.NONE:
        return None
    if link is Link.NORMAL:
        chance = NormalDist().cdf(float(score))
    else:
        # Either form overflows at the other end.
        power = math.exp(-abs(float(score)))
        chance = (1 if score >= 0 else power) / (1 + power)
    return Decimal(chance).quantize(_SIX)
