"""Segments and their check rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import pycountry

from xindun.prevention.credit_policy.rules.checking.bounds import amount, code, count, ratio, twice
from xindun.prevention.credit_policy.rules.parameters import FIELDS, PARAMETERS
from xindun.prevention.credit_policy.rules.problems import Problem
from xindun.prevention.credit_policy.values import (
    BEST_GRADE,
    WORST_GRADE,
    CheckRule,
    Reaction,
    RuleCode,
    Segment,
)

SECTIONS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTU")
LONGEST_DAYS: Final = 3_650
HIGHEST_LEVEL: Final = 9
_UNIT: Final = {"country_stop": "unknown_country", "sector_stop": "unknown_sector"}


def of_segments(segments: Sequence[Segment], currency: str) -> Iterator[Problem]:
    """The last one fits everybody, and no earlier one hides a later one."""
    for place, segment in enumerate(segments):
        path = ("segments", str(place))
        last = place == len(segments) - 1
        if not last:
            yield from code((*path, "code"), segment.code)
        elif segment.code or not _fits_all(segment):
            yield Problem(path, "no_last_segment")
        hiding = next((each for each in segments[:place] if _covers(each, segment)), None)
        if hiding is not None:
            yield Problem(path, "segment_unreachable", {"earlier": hiding.code})
        yield from _of_codes((*path, "countries"), segment.countries, "unknown_country")
        yield from _of_codes((*path, "sectors"), segment.sectors, "unknown_sector")
        yield from _of_rules(path, segment.rules, currency)
    if not segments:
        yield Problem(("segments",), "no_last_segment")
    yield from twice(("segments",), [each.code for each in segments])


def _fits_all(segment: Segment) -> bool:
    return not segment.countries and not segment.sectors and segment.new_customers is None


def _covers(earlier: Segment, later: Segment) -> bool:
    """Whether everybody whom ``later`` fits is taken by ``earlier``."""
    return (
        _within(later.countries, earlier.countries)
        and _within(later.sectors, earlier.sectors)
        and earlier.new_customers in (None, later.new_customers)
    )


def _within(inner: Sequence[str], outer: Sequence[str]) -> bool:
    """Whether all that ``inner`` names, ``outer`` does too; empty names all."""
    return not outer or (bool(inner) and set(inner) <= set(outer))


def _of_rules(
    path: tuple[str, ...], rules: Sequence[CheckRule], currency: str
) -> Iterator[Problem]:
    for place, rule in enumerate(rules):
        yield from _of_rule((*path, "rules", str(place)), rule, currency)
    yield from twice(
        (*path, "rules"), [f"{each.code.value} ({each.reaction.value})" for each in rules]
    )
    for rule_code in RuleCode:
        same = [each for each in rules if each.code is rule_code]
        yield from _of_ladder((*path, "rules"), same)


def _of_rule(path: tuple[str, ...], rule: CheckRule, currency: str) -> Iterator[Problem]:
    if rule.reaction is Reaction.NONE:
        yield Problem((*path, "reaction"), "reaction_none")
    told = {name for name in FIELDS if getattr(rule, name) not in (None, ())}
    wanted = set(PARAMETERS[rule.code])
    for name in FIELDS:
        if name in wanted - told:
            yield Problem((*path, name), "needs", {"field": name})
        elif name in told - wanted:
            yield Problem((*path, name), "has_no", {"field": name})
    if rule.amount is not None:
        yield from amount((*path, "amount"), rule.amount, currency)
    if rule.days is not None:
        yield from count((*path, "days"), rule.days, 0, LONGEST_DAYS)
    if rule.share is not None:
        yield from ratio((*path, "share"), rule.share)
    if rule.level is not None:
        yield from count((*path, "level"), rule.level, 0, HIGHEST_LEVEL)
    if rule.grade is not None:
        yield from count((*path, "grade"), rule.grade, BEST_GRADE, WORST_GRADE)
    yield from _of_codes((*path, "codes"), rule.codes, _UNIT.get(rule.code, "unknown_country"))


def _of_codes(path: tuple[str, ...], codes: Sequence[str], which: str) -> Iterator[Problem]:
    for each in codes:
        known = (
            each in SECTIONS
            if which == "unknown_sector"
            else pycountry.countries.get(alpha_2=each) is not None and each.isupper()
        )
        if not known:
            yield Problem(path, which, {"code": each[:20]})
    yield from twice(path, codes)


def _of_ladder(path: tuple[str, ...], same: Sequence[CheckRule]) -> Iterator[Problem]:
    """Of two reactions the harder one is looser: a hold at 3 days makes a warning at 15 useless."""
    reactions = list(Reaction)
    steps = sorted(same, key=lambda each: reactions.index(each.reaction))
    for milder, harder in pairwise(steps):
        names = [name for name in PARAMETERS[milder.code] if name != "codes"]
        pairs = [(getattr(milder, name), getattr(harder, name)) for name in names]
        known = all(mild is not None and hard is not None for mild, hard in pairs)
        if pairs and known and not any(hard > mild for mild, hard in pairs):
            params = {"hard": harder.reaction.value, "mild": milder.reaction.value}
            yield Problem((*path, milder.code.value), "milder_is_stricter", params)
