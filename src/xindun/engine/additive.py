"""An additive model as a file: terms over ratios whose log-odds add to a default probability.

Why this exists: such a model is a table, so its reasons are exact and any SQL engine applies it
(``expressions/additive.py``). What a reader would get wrong: bins are half-open, closed below.
``edges`` e1 … en make n + 1 bins; a value equal to an edge lies in the bin above it. The log-odds
as applied are rounded to four decimals, once, after weight and calibration.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from math import isfinite
from typing import Any

from xindun.kernel.errors import DomainError

GRAIN = 10_000
"""Log-odds are counted in ten-thousandths, as whole numbers, so that sums are exact."""


class UnsoundModel(DomainError):
    """A file that is no additive model."""

    code = "unsound_model"
    sentence = "This is no usable model: {why}"


@dataclass(frozen=True, slots=True)
class Term:
    """One term over one ratio or two.

    Attributes:
        codes: the ratios, one or two.
        edges: the bounds between bins, rising, for each ratio.
        log_odds: one value a bin; for two ratios a row for each bin of the first.
        missing: where a ratio is not known.
    """

    codes: tuple[str, ...]
    edges: tuple[tuple[float, ...], ...]
    log_odds: tuple[Any, ...]
    missing: float

    @property
    def name(self) -> str:
        """How reasons name the term."""
        return "*".join(self.codes)


@dataclass(frozen=True, slots=True)
class AdditiveModel:
    """A default-risk model; probability = sigmoid(offset + slope × (intercept + Σ terms)).

    Attributes:
        body: the file's content, which :attr:`digest` names.
        countries: where it is calibrated, ISO codes; elsewhere it is *uncalibrated*.
    """

    model_id: str
    version: str
    intercept: float
    terms: tuple[Term, ...]
    slope: float
    offset: float
    horizon_days: int
    base_rate: float
    population: str
    countries: tuple[str, ...]
    body: Mapping[str, Any]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every ratio that the model reads, in the order of its terms."""
        return tuple(dict.fromkeys(code for term in self.terms for code in term.codes))

    @property
    def digest(self) -> str:
        """SHA-256 of the content in one form (sorted keys, no spaces)."""
        return hashlib.sha256(canonical(self.body).encode()).hexdigest()


def canonical(body: Any) -> str:
    """JSON in one form, so that equal contents have equal hashes."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def grains(log_odds: float) -> int:
    """Log-odds in ten-thousandths, the nearest one (ties to even).

    >>> grains(-3.89182)
    -38918
    """
    scaled = Decimal(repr(log_odds)) * GRAIN
    return int(scaled.quantize(Decimal(1), ROUND_HALF_EVEN))


def model_of(body: Mapping[str, Any]) -> AdditiveModel:
    """Read a model from its file's content.

    Raises:
        UnsoundModel: it is none, or contradicts itself.
    """
    try:
        if (body["kind"], body["link"]) != ("additive", "logit"):
            raise UnsoundModel(why="kind and link must be additive and logit")
        model = AdditiveModel(
            model_id=str(body["id"]),
            version=str(body["version"]),
            intercept=float(body["intercept"]),
            terms=tuple(_term(each) for each in body["terms"]),
            slope=float(body["calibration"]["slope"]),
            offset=float(body["calibration"]["offset"]),
            horizon_days=int(body["horizon_days"]),
            base_rate=float(body["base_rate"]),
            population=str(body["population"]),
            countries=tuple(body.get("countries", ())),
            body=body,
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UnsoundModel(why=f"{type(error).__name__} {error}") from error
    _check(model)
    return model


def _term(body: Mapping[str, Any]) -> Term:
    return Term(
        codes=tuple(body["codes"]),
        edges=tuple(tuple(map(float, edges)) for edges in body["edges"]),
        log_odds=_frozen(body["log_odds"]),
        missing=float(body["missing"]),
    )


def _frozen(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(
        _frozen(each) if isinstance(each, list | tuple) else float(each) for each in values
    )


def _check(model: AdditiveModel) -> None:
    if not 0 < model.base_rate < 1 or not model.terms:
        raise UnsoundModel(why="a base rate between 0 and 1 and at least one term are needed")
    for term in model.terms:
        shape = [len(edges) + 1 for edges in term.edges]
        rows = [term.log_odds] if len(shape) == 1 else list(term.log_odds)
        fits = len(shape) == len(term.codes) in (1, 2) and all(len(r) == shape[-1] for r in rows)
        if not fits or (len(shape) == 2 and len(rows) != shape[0]):
            raise UnsoundModel(why=f"the bins of {term.name} do not fit its edges")
        rising = all(a < b for edges in term.edges for a, b in pairwise(edges))
        numbers = [*(x for row in rows for x in row), term.missing, *(sum(term.edges, ()))]
        if not rising or not all(map(isfinite, numbers)):
            raise UnsoundModel(why=f"the numbers of {term.name} are not finite and rising")
