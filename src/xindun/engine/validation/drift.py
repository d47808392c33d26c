"""Has the population moved: the population stability index.

PSI = Σ (actual − expected) × ln(actual ÷ expected) over bins of the expected population; below
0.10 is quiet, from 0.10 to 0.25 is to be watched, above is to be acted on (mechanics 5.14).

What a reader would get wrong: a large PSI says that other companies are being scored, not that
the model is wrong about them. And few rows alone make it large: by about (bins − 1) ÷ rows where
nothing moved (and the expected population is large), which ``noise`` states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from xindun.engine.validation.metrics import Floats

WATCH: Final = 0.10
ACT: Final = 0.25
BINS: Final = 10
LEAST_SHARE: Final = 0.0001
"""Stands in for an empty bin, whose logarithm would be infinite."""


class DriftState(StrEnum):
    """What a PSI asks for."""

    QUIET = "quiet"
    WATCH = "watch"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Profile:
    """How one column was distributed: inner edges of its bins, and shares (the last: missing)."""

    edges: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """One column's movement."""

    name: str
    psi: float
    rows: int
    noise: float

    @property
    def state(self) -> DriftState:
        """Quiet, watch or act."""
        if self.psi < WATCH:
            return DriftState.QUIET
        return DriftState.WATCH if self.psi <= ACT else DriftState.ACT


def profile(values: Floats, bins: int = BINS) -> Profile:
    """Bins of equal share over the stated values; NaN is missing and has a bin of its own."""
    known = values[~np.isnan(values)]
    inner = np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1]) if len(known) else known
    edges = tuple(float(edge) for edge in np.unique(inner))
    return Profile(edges, _shares(values, edges))


def drift(name: str, expected: Profile, actual: Floats) -> Drift:
    """How far ``actual`` moved from the profile."""
    shares = _shares(actual, expected.edges)
    rows = len(actual)
    return Drift(name, psi(expected.shares, shares), rows, (len(shares) - 1) / max(rows, 1))


def psi(expected: Sequence[float], actual: Sequence[float]) -> float:
    """The index of two lists of shares.

    >>> round(psi([0.5, 0.5], [0.6, 0.4]), 6)
    0.040547
    """
    before = np.maximum(np.asarray(expected), LEAST_SHARE)
    after = np.maximum(np.asarray(actual), LEAST_SHARE)
    return float(((after - before) * np.log(after / before)).sum())


def _shares(values: Floats, edges: Sequence[float]) -> tuple[float, ...]:
    known = values[~np.isnan(values)]
    counts = np.bincount(
        np.searchsorted(np.asarray(edges), known, side="right"), minlength=len(edges) + 1
    )
    total = max(len(values), 1)
    return (*(float(count) / total for count in counts), 1 - len(known) / total)
