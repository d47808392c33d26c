"""What would lift a company's grade: the smallest feasible changes, found by grading them.

Why this exists: no second formula says what a change would do. Every candidate (a ratio at the
edge of another bin, a better payment score, a public event that has ended) is graded by the same
expression, and only what really reaches a better grade is told.

What a reader would get wrong: a change is feasible up to half of what the model tells apart
(``FEASIBLE``). Where none reaches alone, the best ones are put together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from xindun.engine.additive import AdditiveModel
from xindun.engine.company_grades import graded_briefly
from xindun.engine.grade_policy import CAPS, GradePolicy

FEASIBLE = 0.5
AMOUNT = "_usd"
"""Ends the code of an amount: nobody grows a company to lift its grade."""
STEP = 10_000
"""Ratios are suggested to four decimals, on the side that really reaches the bin."""
Company = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one input; ``effort`` is its share of what the model tells apart."""

    code: str
    from_value: float | bool
    to_value: float | bool
    effort: float


@dataclass(frozen=True, slots=True)
class Lift:
    """Changes that together reach a better grade, and which."""

    changes: tuple[Change, ...]
    reaches_grade: int


def lifts(
    companies: Sequence[Company],
    grades: Sequence[int | None],
    model: AdditiveModel | None,
    policy: GradePolicy,
) -> list[tuple[Lift, ...]]:
    """For each company the changes that reach a better grade, the smallest effort first.

    Args:
        companies: inputs as ``company_grades.graded`` takes them.
        grades: the grade of each; nothing is looked for at 1 or without one.
    """
    tried: list[tuple[int, Change]] = [
        (place, change)
        for place, company in enumerate(companies)
        if (grades[place] or 1) > 1
        for change in _candidates(company, model, policy)
    ]
    results = graded_briefly([_changed(companies[at], [each]) for at, each in tried], model, policy)
    found: list[list[Lift]] = [[] for _ in companies]
    best: list[dict[str, tuple[int, Change]]] = [{} for _ in companies]
    for (place, change), (grade, grains) in zip(tried, results, strict=True):
        if grade < (grades[place] or 0):
            found[place].append(Lift((change,), grade))
        kept = best[place].get(change.code)
        if kept is None or grains < kept[0]:
            best[place][change.code] = (grains, change)
    alone = [place for place, lifted in enumerate(found) if not lifted and len(best[place]) > 1]
    for place, lift in _together(alone, companies, grades, best, model, policy):
        found[place].append(lift)
    return [_smallest(each) for each in found]


def _smallest(found: Sequence[Lift]) -> tuple[Lift, ...]:
    """The least effort of each code."""
    ordered = sorted(found, key=lambda lift: sum(change.effort for change in lift.changes))
    first: dict[tuple[str, ...], Lift] = {}
    for lift in ordered:
        first.setdefault(tuple(change.code for change in lift.changes), lift)
    return tuple(first.values())


def _together(
    places: Sequence[int],
    companies: Sequence[Company],
    grades: Sequence[int | None],
    best: Sequence[Mapping[str, tuple[int, Change]]],
    model: AdditiveModel | None,
    policy: GradePolicy,
) -> Iterator[tuple[int, Lift]]:
    """The best change of each code, one more at a time, until a better grade is reached."""
    chains = [
        (place, [change for _, change in sorted(best[place].values(), key=lambda each: each[0])])
        for place in places
    ]
    sets = [(place, chain[:n]) for place, chain in chains for n in range(2, len(chain) + 1)]
    results = graded_briefly([_changed(companies[at], each) for at, each in sets], model, policy)
    done: set[int] = set()
    for (place, changes), (grade, _) in zip(sets, results, strict=True):
        if place not in done and grade < (grades[place] or 0):
            done.add(place)
            yield place, Lift(tuple(changes), grade)


def _changed(company: Company, changes: Sequence[Change]) -> dict[str, Any]:
    return {**company, **{change.code: change.to_value for change in changes}}


def _candidates(
    company: Company, model: AdditiveModel | None, policy: GradePolicy
) -> Iterator[Change]:
    if model is not None and company.get("statements"):
        yield from _ratios(company, model)
    score = company.get("payment_score")
    if score is not None:
        for aim in range(floor(score) + 1, 101):
            if aim - score <= FEASIBLE * 100:
                yield Change("payment_score", score, float(aim), (aim - score) / 100)
    for code in (*CAPS, *policy.events):
        if company.get(code):
            # Ending an event is not a matter of degree; it is told before a large change.
            yield Change(code, True, False, FEASIBLE / 2)


def _ratios(company: Company, model: AdditiveModel) -> Iterator[Change]:
    edges: dict[str, set[float]] = {}
    for term in model.terms:
        for code, between in zip(term.codes, term.edges, strict=True):
            edges.setdefault(code, set()).update(between)
    for code, bounds in edges.items():
        value = company.get(code)
        span = max(bounds, default=0.0) - min(bounds, default=0.0)
        if value is None or span <= 0 or code.endswith(AMOUNT):
            continue
        for edge in sorted(bounds):
            aim = _beside(edge, above=edge > value)
            effort = abs(aim - value) / span
            if effort <= FEASIBLE and (aim > value) == (edge > value):
                yield Change(code, value, aim, effort)


def _beside(edge: float, *, above: bool) -> float:
    """The nearest value of four decimals that lies in the bin above or below ``edge``."""
    if above:
        return ceil(edge * STEP) / STEP
    aim = floor(edge * STEP) / STEP
    return aim if aim < edge else (floor(edge * STEP) - 1) / STEP
