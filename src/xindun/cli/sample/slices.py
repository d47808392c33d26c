"""A sample ledger as a stream of slices, each a stretch of at most a month.

What a reader would get wrong: ``invoices`` counts invoices exactly; credit notes, receipts and
part payments come on top of them. Every buyer issues at least one invoice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from xindun.cli.sample.behaviour import Slice, simulate, weights_in, working
from xindun.cli.sample.buyers import Ints, Population, populate
from xindun.kernel.errors import DomainError

EPOCH = date(1970, 1, 1)
HISTORY_DAYS = 3 * 365
SLICE_ROWS = 200_000
"""Invoices drawn at once: small enough for bounded memory, large enough for fast arithmetic."""


class SampleTooSmall(DomainError):
    """Fewer invoices than buyers."""

    code = "sample_too_small"
    sentence = (
        "{invoices} invoices are too few for {buyers} buyers: "
        "give --invoices at least as large as --buyers, and both at least 1."
    )


@dataclass(frozen=True)
class SampleSpec:
    """Everything a sample ledger depends on."""

    buyers: int
    invoices: int
    seed: int
    as_of: date = date(2025, 9, 30)

    def __post_init__(self) -> None:
        if not 1 <= self.buyers <= self.invoices:
            raise SampleTooSmall(buyers=self.buyers, invoices=self.invoices)

    @property
    def first_day(self) -> int:
        """The first day of the ledger's history, counted from 1970-01-01."""
        return self.last_day - HISTORY_DAYS + 1

    @property
    def last_day(self) -> int:
        """The last day anything is known of, counted from 1970-01-01."""
        return (self.as_of - EPOCH).days


DEMO = SampleSpec(buyers=120, invoices=6000, seed=2025)
"""The bundled sample ledger: made on the fly, reviewed as of ``DEMO.as_of``."""


def population_of(spec: SampleSpec) -> Population:
    """The buyers of the sample."""
    return populate(spec.buyers, spec.seed, spec.first_day, spec.last_day)


def slices(spec: SampleSpec, people: Population) -> Iterator[Slice]:
    """The sample in the order of its days; equal specs give equal slices."""
    stretches = _stretches(spec)
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([spec.seed, 1])))
    firsts = _first_invoices(rng, people, stretches)
    counts = _counts(spec, stretches)
    number, part = 1, 0
    for (first, last), wanted, newcomers in zip(stretches, counts, firsts, strict=True):
        share = weights_in(people, first, last)
        rest = wanted
        for start in range(0, max(wanted + len(newcomers), 1), SLICE_ROWS):
            part += 1
            rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([spec.seed, 2, part])))
            fixed = newcomers[start : start + SLICE_ROWS]
            drawn = min(SLICE_ROWS - len(fixed), rest)
            rest -= drawn
            chosen = rng.choice(len(people), drawn, p=share / share.sum()) if drawn else fixed[:0]
            buyer = np.concatenate([fixed, chosen]).astype(np.int64)
            issued = _issue_days(rng, people, buyer, first, last)
            order = np.argsort(issued, kind="stable")
            yield simulate(people, buyer[order], issued[order], number, spec.last_day, rng)
            number += len(buyer)


def _stretches(spec: SampleSpec) -> list[tuple[int, int]]:
    """Stretches of up to 30 days, both ends included, up to the last day.

    A large ledger gets shorter ones, so that the invoices of one slice stay close in time.
    """
    per_day = spec.invoices / HISTORY_DAYS
    days = max(1, min(30, int(SLICE_ROWS / per_day)))
    return [
        (first, min(first + days - 1, spec.last_day))
        for first in range(spec.first_day, spec.last_day + 1, days)
    ]


def _counts(spec: SampleSpec, stretches: list[tuple[int, int]]) -> list[int]:
    """Invoices a stretch beside each buyer's first: sales grow, and dip in February and August."""
    middle = np.array([(first + last) // 2 for first, last in stretches])
    month = middle.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    length = np.array([last - first + 1 for first, last in stretches])
    season = np.where(month == 2, 0.75, np.where(month == 8, 0.85, np.where(month == 12, 1.2, 1.0)))
    share = length * season * 1.08 ** ((middle - middle[0]) / 365.0)
    total = spec.invoices - spec.buyers
    edges = np.rint(np.cumsum(share) / share.sum() * total).astype(np.int64)
    return [int(step) for step in np.diff(edges, prepend=0)]


def _first_invoices(
    rng: np.random.Generator, people: Population, stretches: list[tuple[int, int]]
) -> list[Ints]:
    """The buyers whose first invoice falls into each stretch: soon after they begin."""
    begin = np.array([first for first, _ in stretches])
    day = people.active_from + rng.integers(0, 25, len(people))
    day = np.minimum(day, stretches[-1][1])
    where = np.searchsorted(begin, day, side="right") - 1
    return [np.flatnonzero(where == place) for place in range(len(stretches))]


def _issue_days(
    rng: np.random.Generator, people: Population, buyer: Ints, first: int, last: int
) -> Ints:
    """Working days in [first, last]; a weekend at the very end goes back to its Friday."""
    day = rng.integers(first, last + 1, len(buyer))
    day = np.maximum(day, np.minimum(people.active_from[buyer], last))
    rolled = working(day)
    weekday = (day + 3) % 7
    return np.where(rolled > last, day - np.maximum(weekday - 4, 0), rolled)


def day_of(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=number)
