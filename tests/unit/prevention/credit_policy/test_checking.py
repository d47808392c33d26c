"""A policy that cannot be meant is refused with every problem at its place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from xindun.kernel.words import translate
from xindun.prevention.credit_policy.rules import (
    PARAMETERS,
    SENTENCES,
    UnsoundCreditPolicy,
    check,
    default_policy,
    problems,
)
from xindun.prevention.credit_policy.values import (
    Authority,
    CheckRule,
    CreditPolicy,
    Knockout,
    Reaction,
    RuleCode,
    Segment,
)
from xindun.record.tenants.values import Role

POLICY = default_policy("EUR")
HOLD, WARN = Reaction.HOLD, Reaction.WARN


def tiers(place: int, **changes: Any) -> CreditPolicy:
    found = list(POLICY.tiers)
    found[place] = replace(found[place], **changes)
    return replace(POLICY, tiers=tuple(found))


def with_rules(*rules: CheckRule) -> CreditPolicy:
    return replace(POLICY, segments=(Segment("", rules),))


def segments(*found: Segment) -> CreditPolicy:
    return replace(POLICY, segments=found)


LAST = POLICY.segments[-1]
CASES: list[tuple[CreditPolicy, str, str]] = [
    (replace(POLICY, currency="EUX"), "currency", "unknown_currency"),
    (replace(POLICY, currency="XXX"), "currency", "unknown_currency"),
    (replace(POLICY, tiers=()), "tiers", "no_tier"),
    (tiers(0, worst_grade=3), "tiers", "grade_in_two_tiers"),
    (tiers(0, worst_grade=1), "tiers", "grade_in_no_tier"),
    (tiers(1, best_grade=4, worst_grade=3), "tiers.1.worst_grade", "range_turned"),
    (tiers(4, worst_grade=11), "tiers.4.worst_grade", "out_of_bounds"),
    (tiers(1, code="A"), "tiers", "twice"),
    (tiers(1, code="a b"), "tiers.1.code", "not_a_code"),
    (tiers(0, terms_days=30), "tiers.0.terms_days", "better_gets_less"),
    (tiers(0, limit_multiplier=Decimal(1)), "tiers.0.limit_multiplier", "better_gets_less"),
    (tiers(0, prepayment_share=Decimal("0.1")), "tiers.0.prepayment_share", "better_gets_less"),
    (tiers(4, prepayment_share=Decimal("1.01")), "tiers.4.prepayment_share", "out_of_bounds"),
    (tiers(4, prepayment_share=Decimal("-1")), "tiers.4.prepayment_share", "out_of_bounds"),
    (tiers(0, limit_multiplier=Decimal("2.5000001")), "tiers.0.limit_multiplier", "too_fine"),
    (tiers(0, discount_percent=Decimal(2)), "tiers.0.discount_days", "half_a_discount"),
    (
        tiers(0, discount_percent=Decimal(2), discount_days=60),
        "tiers.0.discount_days",
        "discount_too_late",
    ),
    (tiers(0, review_days=0), "tiers.0.review_days", "out_of_bounds"),
    (
        replace(POLICY, starter=replace(POLICY.starter, cap=Decimal(-1))),
        "starter.cap",
        "below_zero",
    ),
    (
        replace(POLICY, starter=replace(POLICY.starter, cap=Decimal("1.001"))),
        "starter.cap",
        "too_fine",
    ),
    (
        replace(POLICY, starter=replace(POLICY.starter, cap=Decimal("1e400"))),
        "starter.cap",
        "out_of_bounds",
    ),
    (
        replace(POLICY, starter=replace(POLICY.starter, step_up_ratio=Decimal("0.9"))),
        "starter.step_up_ratio",
        "out_of_bounds",
    ),
    (replace(POLICY, knockouts=(Knockout.LIQUIDATION,) * 2), "knockouts", "twice"),
    (segments(), "segments", "no_last_segment"),
    (segments(Segment("x", ())), "segments.0", "no_last_segment"),
    (segments(Segment("", (), countries=("DE",))), "segments.0", "no_last_segment"),
    (segments(Segment("", ()), LAST), "segments.0.code", "not_a_code"),
    (segments(Segment("all", ()), LAST), "segments.1", "segment_unreachable"),
    (
        segments(Segment("eu", (), countries=("DE", "FR")), Segment("fr", (), ("FR",)), LAST),
        "segments.1",
        "segment_unreachable",
    ),
    (segments(Segment("x", (), ("DE",)), Segment("x", (), ("FR",)), LAST), "segments", "twice"),
    (segments(Segment("x", (), ("XX",)), LAST), "segments.0.countries", "unknown_country"),
    (segments(Segment("x", (), ("de",)), LAST), "segments.0.countries", "unknown_country"),
    (segments(Segment("x", (), (), ("V",)), LAST), "segments.0.sectors", "unknown_sector"),
    (
        with_rules(CheckRule(RuleCode.MAX_DOCUMENT_VALUE, HOLD)),
        "segments.0.rules.0.amount",
        "needs",
    ),
    (
        with_rules(CheckRule(RuleCode.STATIC_LIMIT, HOLD, days=3)),
        "segments.0.rules.0.days",
        "has_no",
    ),
    (with_rules(CheckRule(RuleCode.COUNTRY_STOP, HOLD)), "segments.0.rules.0.codes", "needs"),
    (
        with_rules(CheckRule(RuleCode.SECTOR_STOP, HOLD, codes=("DE",))),
        "segments.0.rules.0.codes",
        "unknown_sector",
    ),
    (
        with_rules(CheckRule(RuleCode.STATIC_LIMIT, Reaction.NONE)),
        "segments.0.rules.0.reaction",
        "reaction_none",
    ),
    (
        with_rules(CheckRule(RuleCode.STATIC_LIMIT, HOLD), CheckRule(RuleCode.STATIC_LIMIT, HOLD)),
        "segments.0.rules",
        "twice",
    ),
    (
        with_rules(
            CheckRule(RuleCode.OLDEST_OPEN_ITEM, HOLD, days=3),
            CheckRule(RuleCode.OLDEST_OPEN_ITEM, WARN, days=15),
        ),
        "segments.0.rules.oldest_open_item",
        "milder_is_stricter",
    ),
    (
        with_rules(CheckRule(RuleCode.DUNNING_LEVEL, HOLD, level=10)),
        "segments.0.rules.0.level",
        "out_of_bounds",
    ),
    (
        with_rules(CheckRule(RuleCode.OVERDUE_SHARE, HOLD, days=-1, share=Decimal(2))),
        "segments.0.rules.0.share",
        "out_of_bounds",
    ),
    (
        with_rules(CheckRule(RuleCode.MAX_DOCUMENT_VALUE, HOLD, amount=Decimal("-0.01"))),
        "segments.0.rules.0.amount",
        "below_zero",
    ),
    (replace(POLICY, tolerance_ratio=Decimal(2)), "tolerance_ratio", "out_of_bounds"),
    (replace(POLICY, horizon_days=-1), "horizon_days", "out_of_bounds"),
    (replace(POLICY, hold_hours=0), "hold_hours", "out_of_bounds"),
    (replace(POLICY, authorities=()), "authorities", "nobody_decides"),
    (
        replace(POLICY, authorities=(Authority(Role.OWNER, Decimal(-1), 10),)),
        "authorities.0.up_to",
        "below_zero",
    ),
    (replace(POLICY, authorities=(Authority(Role.OWNER, None, 9),) * 2), "authorities", "twice"),
]


@pytest.mark.parametrize(("policy", "path", "code"), CASES)
def test_a_policy_that_cannot_be_meant_has_a_problem(
    policy: CreditPolicy, path: str, code: str
) -> None:
    found = {(".".join(each.path), each.code) for each in problems(policy)}
    assert (path, code) in found
    with pytest.raises(UnsoundCreditPolicy):
        check(policy)


def test_all_problems_are_said_at_once_in_both_languages() -> None:
    wrong = replace(POLICY, horizon_days=-1, authorities=())
    with pytest.raises(UnsoundCreditPolicy) as refused:
        check(wrong)
    assert str(refused.value) == (
        "The credit policy is not sound. horizon_days: Use 0 to 730. authorities: Nobody may decide"
        " on limits; name at least one role."
    )
    assert refused.value.say(translate("zh")) == (
        "信用政策不成立。horizon_days: 请使用 0 至 730。"
        " authorities: 无人可以决定限额;请至少指定一个角色。"
    )


def test_every_problem_is_provoked_here_or_by_a_file() -> None:
    reading = {"missing", "unknown_field", "unknown_word", "not_a_number", "not_whole"}
    reading |= {"not_yes_or_no", "not_readable"}
    assert {code for _, _, code in CASES} | reading == set(SENTENCES)


def test_every_rule_says_which_fields_it_is_told() -> None:
    assert set(PARAMETERS) == set(RuleCode)
