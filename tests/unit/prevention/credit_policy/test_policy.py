"""A credit policy answers what a grade gets, which checks an order meets, and who decides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from xindun.engine.parameters import Parameters
from xindun.prevention.credit_policy.rules import default_policy, problems
from xindun.prevention.credit_policy.values import (
    Authority,
    Reaction,
    RuleCode,
    Segment,
)
from xindun.record.tenants.values import Role

POLICY = default_policy("EUR")


@pytest.mark.parametrize(
    ("grade", "tier", "terms"), [(1, "A", 60), (4, "B", 45), (8, "D", 14), (10, "E", 0)]
)
def test_a_grade_has_one_tier(grade: int, tier: str, terms: int) -> None:
    found = POLICY.tier_of(grade)
    assert found is not None
    assert (found.code, found.terms_days) == (tier, terms)


def test_without_a_grade_there_is_no_tier() -> None:
    assert POLICY.tier_of(None) is None


def test_the_first_segment_that_fits_counts_and_what_is_unknown_fits_no_list() -> None:
    policy = replace(
        POLICY,
        segments=(
            Segment("builders", (), countries=("CN", "DE"), sectors=("F",)),
            Segment("china", (), countries=("CN",)),
            *POLICY.segments,
        ),
    )
    assert problems(policy) == []
    assert policy.segment_of("CN", "F", new=True).code == "builders"
    assert policy.segment_of("CN", None, new=True).code == "china"
    assert policy.segment_of(None, "F", new=True).code == "new"
    assert policy.segment_of("FR", "F", new=False).code == ""


def test_authority_is_by_role_amount_and_grade() -> None:
    policy = replace(
        POLICY,
        authorities=(
            Authority(Role.ANALYST, Decimal(10_000), 5),
            Authority(Role.ANALYST, Decimal(1_000), 8),
            Authority(Role.OWNER, None, 10),
        ),
    )

    def may(role: Role, amount: str, grade: int | None) -> bool:
        return policy.may_decide({role}, Decimal(amount), grade)

    assert may(Role.ANALYST, "10000", 5)
    assert not may(Role.ANALYST, "10000.01", 5)
    assert not may(Role.ANALYST, "10000", 6)
    assert may(Role.ANALYST, "1000", 8)
    assert not may(Role.ANALYST, "1", None)
    assert not may(Role.SALES, "1", 1)
    assert may(Role.OWNER, "1e12", None)


def test_the_default_says_what_the_review_says() -> None:
    review = Parameters()
    for grade, multiplier in enumerate(review.grade_multipliers, start=1):
        tier = POLICY.tier_of(grade)
        assert tier is not None
        assert tier.limit_multiplier == review.grade_multipliers[tier.worst_grade - 1]
        assert tier.limit_multiplier <= multiplier
    days = {
        rule.reaction: rule.days
        for rule in POLICY.segment_of(None, None, new=False).rules
        if rule.code is RuleCode.OLDEST_OPEN_ITEM
    }
    assert days == {
        Reaction.WARN: review.call_days,
        Reaction.HOLD: review.hold_days,
        Reaction.REFUSE: review.hand_over_days,
    }


@pytest.mark.parametrize(
    ("currency", "cap"), [("EUR", "5000"), ("CNY", "50000"), ("JPY", "500000")]
)
def test_the_default_is_sound_in_any_currency(currency: str, cap: str) -> None:
    policy = default_policy(currency)
    assert problems(policy) == []
    assert (policy.number, policy.currency, policy.starter.cap) == (0, currency, Decimal(cap))
