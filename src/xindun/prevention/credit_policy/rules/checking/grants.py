"""Tiers, the starter rule and authority: what buyers get and who decides it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from xindun.prevention.credit_policy.rules.checking.bounds import amount, code, count, ratio, twice
from xindun.prevention.credit_policy.rules.problems import Problem
from xindun.prevention.credit_policy.values import (
    BEST_GRADE,
    WORST_GRADE,
    Authority,
    Starter,
    Tier,
)

LARGEST_MULTIPLIER = 100
LONGEST_TERMS_DAYS = 730
LONGEST_REVIEW_DAYS = 1_096
LARGEST_DISCOUNT = 50
LARGEST_STEP = 10
MOST_DOCUMENTS = 1_000


def of_tiers(tiers: Sequence[Tier]) -> Iterator[Problem]:
    """Each grade stands in one tier, and no tier gets less than a worse one."""
    if not tiers:
        yield Problem(("tiers",), "no_tier")
        return
    for place, tier in enumerate(tiers):
        yield from _of_tier(("tiers", str(place)), tier)
    yield from twice(("tiers",), [tier.code for tier in tiers])
    for grade in range(BEST_GRADE, WORST_GRADE + 1):
        holding = sum(tier.best_grade <= grade <= tier.worst_grade for tier in tiers)
        if holding != 1:
            which = "grade_in_two_tiers" if holding else "grade_in_no_tier"
            yield Problem(("tiers",), which, {"grade": grade})
    yield from _of_order(tiers)


def _of_order(tiers: Sequence[Tier]) -> Iterator[Problem]:
    places = sorted(range(len(tiers)), key=lambda place: tiers[place].best_grade)
    for better, worse in pairwise(places):
        for name in ("limit_multiplier", "terms_days"):
            if getattr(tiers[better], name) < getattr(tiers[worse], name):
                path = ("tiers", str(better), name)
                yield Problem(path, "better_gets_less", {"worse": tiers[worse].code})
        if tiers[better].prepayment_share > tiers[worse].prepayment_share:
            path = ("tiers", str(better), "prepayment_share")
            yield Problem(path, "better_gets_less", {"worse": tiers[worse].code})


def _of_tier(path: tuple[str, ...], tier: Tier) -> Iterator[Problem]:
    yield from code((*path, "code"), tier.code)
    for name in ("best_grade", "worst_grade"):
        yield from count((*path, name), getattr(tier, name), BEST_GRADE, WORST_GRADE)
    if tier.best_grade > tier.worst_grade:
        yield Problem((*path, "worst_grade"), "range_turned")
    multiplier = (*path, "limit_multiplier")
    yield from ratio(multiplier, tier.limit_multiplier, most=LARGEST_MULTIPLIER)
    yield from count((*path, "terms_days"), tier.terms_days, 0, LONGEST_TERMS_DAYS)
    yield from ratio((*path, "prepayment_share"), tier.prepayment_share)
    yield from count((*path, "review_days"), tier.review_days, 1, LONGEST_REVIEW_DAYS)
    yield from _of_discount(path, tier)


def _of_discount(path: tuple[str, ...], tier: Tier) -> Iterator[Problem]:
    percent, days = tier.discount_percent, tier.discount_days
    if percent is None and days is None:
        return
    if percent is None or days is None:
        missing = "discount_percent" if percent is None else "discount_days"
        yield Problem((*path, missing), "half_a_discount")
        return
    yield from ratio((*path, "discount_percent"), percent, most=LARGEST_DISCOUNT)
    yield from count((*path, "discount_days"), days, 0, LONGEST_TERMS_DAYS)
    if days >= tier.terms_days:
        yield Problem((*path, "discount_days"), "discount_too_late")


def of_starter(starter: Starter, currency: str) -> Iterator[Problem]:
    """A cap of 0 or more, and a step that does not lower."""
    path = ("starter",)
    yield from amount((*path, "cap"), starter.cap, currency)
    yield from ratio((*path, "step_up_ratio"), starter.step_up_ratio, 1, LARGEST_STEP)
    documents = (*path, "after_paid_documents")
    yield from count(documents, starter.after_paid_documents, 0, MOST_DOCUMENTS)
    yield from count((*path, "after_days"), starter.after_days, 0, LONGEST_REVIEW_DAYS)


def of_authorities(authorities: Sequence[Authority], currency: str) -> Iterator[Problem]:
    """Somebody decides, and each line of a role adds something."""
    if not authorities:
        yield Problem(("authorities",), "nobody_decides")
    for place, each in enumerate(authorities):
        path = ("authorities", str(place))
        yield from amount((*path, "up_to"), each.up_to or Decimal(0), currency)
        yield from count((*path, "worst_grade"), each.worst_grade, BEST_GRADE, WORST_GRADE)
    yield from twice(
        ("authorities",), [f"{each.role.value} ({each.worst_grade})" for each in authorities]
    )
