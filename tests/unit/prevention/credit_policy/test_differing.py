"""Two policies differ by name, not by position."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from xindun.prevention.credit_policy.rules import default_policy, differences
from xindun.prevention.credit_policy.values import (
    Authority,
    CheckRule,
    Difference,
    Reaction,
    RuleCode,
    Segment,
)
from xindun.record.tenants.values import Role

POLICY = default_policy("EUR")


def test_a_policy_does_not_differ_from_itself_or_from_its_tiers_in_another_order() -> None:
    assert differences(POLICY, POLICY) == []
    assert differences(POLICY, replace(POLICY, tiers=POLICY.tiers[::-1])) == []


def test_each_difference_is_a_row() -> None:
    a, *rest = POLICY.tiers
    new, last = POLICY.segments
    stricter = CheckRule(RuleCode.OLDEST_OPEN_ITEM, Reaction.HOLD, days=5)
    rules = tuple(
        stricter if (each.code, each.reaction) == (stricter.code, stricter.reaction) else each
        for each in last.rules
    )
    after = replace(
        POLICY,
        tiers=(replace(a, terms_days=90), *rest[:-1], replace(rest[-1], code="Z")),
        tolerance_ratio=Decimal("0.05"),
        segments=(Segment("de", (), ("DE",)), new, replace(last, rules=rules)),
        authorities=(*POLICY.authorities, Authority(Role.OWNER, Decimal(1), 9)),
    )
    found = differences(POLICY, after)
    assert Difference(("tiers", "A", "terms_days"), 60, 90) in found
    assert Difference(("tiers", "E"), rest[-1], None) in found
    assert Difference(("tiers", "Z"), None, after.tiers[-1]) in found
    assert Difference(("tolerance_ratio",), Decimal(0), Decimal("0.05")) in found
    assert Difference(("segments",), ("new", ""), ("de", "new", "")) in found
    assert Difference(("segments", "de", "countries"), None, ("DE",)) in found
    was = next(each for each in last.rules if each.days == 15)
    path = ("segments", "", "oldest_open_item", "hold")
    assert Difference(path, was, stricter) in found
    assert Difference(("authorities", "owner", "2"), None, after.authorities[-1]) in found
    assert len(found) == 9


def test_the_order_of_segments_is_a_difference() -> None:
    german, french = Segment("de", (), ("DE",)), Segment("fr", (), ("FR",))
    one = replace(POLICY, segments=(german, french, POLICY.segments[-1]))
    other = replace(POLICY, segments=(french, german, POLICY.segments[-1]))
    assert differences(one, other) == [
        Difference(("segments",), ("de", "fr", ""), ("fr", "de", ""))
    ]
