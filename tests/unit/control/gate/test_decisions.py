"""What the gate answers, rule by rule, and that nothing turns credit into room."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.control.gate.cases import (
    DAY,
    LIMITS,
    asked,
    facts,
    limit,
    owes,
    policy,
    promised,
    rule,
    standing,
    tier,
)
from xindun.control.gate.rules import decide, neutral
from xindun.control.gate.rules.stored import json_of, value_of
from xindun.control.gate.values import (
    Account,
    Facts,
    LimitFacts,
    Outcome,
    Overdue,
    RemedyKind,
    SecurityFacts,
    StopKind,
    Verdict,
)
from xindun.prevention.credit_policy.values import (
    Backing,
    CheckRule,
    CreditPolicy,
    Reaction,
    RuleCode,
)
from xindun.record.orders.values import OrderKind

ZERO = Decimal(0)
FAR = DAY + timedelta(days=31)


def outcome(
    given_facts: Facts, *rules: CheckRule, used: CreditPolicy | None = None
) -> tuple[str, str]:
    verdict = decide(given_facts, used or policy(*rules))
    return verdict.outcome.value, verdict.binding


def test_existing_plus_this_document_must_not_exceed_the_limit() -> None:
    assert outcome(facts(asked("400"), owes("600")))[0] == "release"
    assert outcome(facts(asked("400.01"), owes("600"))) == ("hold", "static_limit")


def test_an_advance_does_not_hide_a_big_order() -> None:
    ledger = owes("0", credits=Decimal(500))
    assert outcome(facts(asked("1000"), ledger))[0] == "release"
    assert outcome(facts(asked("1000.01"), ledger))[0] == "hold"


def test_orders_beyond_the_horizon_count_in_the_static_check_alone() -> None:
    other = Account(7, (), (promised("900", FAR),))
    assert outcome(facts(asked("200"), other)) == ("hold", "static_limit")
    assert outcome(facts(asked("200"), other), LIMITS[1])[0] == "release"
    later = facts(asked("2000", deliver_on=FAR))
    assert outcome(later, LIMITS[1])[0] == "release"


def test_a_person_stop_holds_whatever_is_true_otherwise() -> None:
    for order in (asked("1"), asked("1", kind=OrderKind.RETURN), asked("1", prepaid=Decimal(1))):
        for stop in StopKind:
            held = outcome(facts(order, stops=(stop,)))
            assert held == ("hold", f"{stop.value}_stop")


def test_returns_and_prepaid_orders_are_never_held_by_rules() -> None:
    bad = {
        "limits": (),
        "standing": standing(kyb_missing=("identity",), knockouts=("liquidation",)),
    }
    back = asked("9999", kind=OrderKind.RETURN)
    assert outcome(facts(back, owes("5000"), **bad)) == ("release", "return")
    paid = asked("9999", prepaid=Decimal(9999))
    assert outcome(facts(paid, owes("5000"), **bad)) == ("release", "prepaid")
    nearly = asked("9999", prepaid=Decimal("9998.99"))
    assert outcome(facts(nearly, owes("5000"), **bad))[0] == "hold"


def test_a_blanket_order_spends_no_limit_but_meets_the_other_rules() -> None:
    blanket = asked("99999", kind=OrderKind.BLANKET)
    assert outcome(facts(blanket))[0] == "release"
    kyb = rule(RuleCode.KYB_MISSING)
    known = standing(kyb_missing=("identity",))
    assert outcome(facts(blanket, standing=known), *LIMITS, kyb) == ("hold", "kyb_missing")


def test_a_missing_rate_holds() -> None:
    order = asked("1", currency="USD")
    assert outcome(facts(order, rates=(("USD", None),))) == ("hold", "rate_missing")


def test_amounts_are_converted_then_rounded_then_added() -> None:
    order = asked("100", currency="USD")
    verdict = decide(facts(order, owes("900"), rates=(("USD", Decimal("0.92345")),)), policy())
    assert verdict.exposure == Decimal("992.34")  # 92.345 rounds half-even to 92.34
    assert verdict.room == Decimal("7.66")


def test_without_a_limit_an_order_is_held_and_a_zero_limit_holds_as_well() -> None:
    assert outcome(facts(limits=())) == ("hold", "no_limit")
    assert outcome(facts(limits=(limit("0"),))) == ("hold", "static_limit")


def test_a_starter_limit_serves_until_somebody_grants_one() -> None:
    starter = LimitFacts("starter", Decimal(500), "EUR")
    assert outcome(facts(asked("500"), limits=(starter,)))[0] == "release"
    assert outcome(facts(asked("500"), limits=(starter, limit("400"))))[0] == "hold"


def test_a_group_shares_one_limit() -> None:
    group = (limit("1000"), replace(limit("1500"), of_group=True))
    sister = replace(owes("1200"), buyer_id=8)
    assert outcome(facts(asked("300"), Account(7), sister, limits=group))[0] == "release"
    assert outcome(facts(asked("301"), Account(7), sister, limits=group)) == ("hold", "group_limit")


def test_one_members_credit_does_not_help_another() -> None:
    group = (limit("1000"), replace(limit("1000"), of_group=True))
    sister = replace(owes("0", credits=Decimal(900)), buyer_id=8)
    assert outcome(facts(asked("1000.01"), Account(7), sister, limits=group))[0] == "hold"


def test_security_widens_the_room_and_an_advance_only_for_its_contract() -> None:
    bank = SecurityFacts("s", "guarantee", "EUR", Decimal(300))
    assert outcome(facts(asked("1300"), securities=(bank,)))[0] == "release"
    advance = SecurityFacts("s", "prepayment", "EUR", Decimal(300), contract="C-1")
    assert outcome(facts(asked("1300"), securities=(advance,)))[0] == "hold"
    assert outcome(facts(asked("1300", contract="C-1"), securities=(advance,)))[0] == "release"


def test_an_insured_limit_stands_beside_and_is_not_divided() -> None:
    insured = LimitFacts("insured", Decimal(450), "EUR")
    verdict = decide(facts(asked("900"), limits=(limit("1000"), insured)), policy())
    views = {each.kind: (each.amount, each.used, each.room) for each in verdict.limits}
    assert views == {
        "internal": (1000, 900, 100),
        "insured": (450, 900, 0),
    }
    assert verdict.outcome is Outcome.RELEASE


def test_what_a_person_released_may_rise_by_the_tolerance() -> None:
    released = {"released": Decimal(2000), "by_person": True}
    assert outcome(facts(asked("2200", **released))) == ("release", "within_tolerance")
    assert outcome(facts(asked("2200.01", **released)))[0] == "hold"
    assert outcome(facts(asked("2200", released=Decimal(2000))))[0] == "hold"


@pytest.mark.parametrize(
    ("used", "changed", "passes"),
    [
        (rule(RuleCode.MAX_DOCUMENT_VALUE, amount=Decimal(100)), {}, True),
        (rule(RuleCode.MAX_DOCUMENT_VALUE, amount=Decimal("99.99")), {}, False),
        (
            rule(RuleCode.OLDEST_OPEN_ITEM, days=30),
            {"overdue": (Overdue("EUR", 30, Decimal(1)),)},
            True,
        ),
        (
            rule(RuleCode.OLDEST_OPEN_ITEM, days=30),
            {"overdue": (Overdue("EUR", 31, Decimal(1)),)},
            False,
        ),
        (
            rule(RuleCode.OVERDUE_SHARE, days=45, share=Decimal("0.4")),
            {"overdue": (Overdue("EUR", 46, Decimal(40)), Overdue("EUR", 0, Decimal(60)))},
            True,
        ),
        (
            rule(RuleCode.OVERDUE_SHARE, days=45, share=Decimal("0.4")),
            {"overdue": (Overdue("EUR", 46, Decimal(41)), Overdue("EUR", 45, Decimal(60)))},
            False,
        ),
        (rule(RuleCode.DUNNING_LEVEL, level=2), {}, None),
        (rule(RuleCode.DUNNING_LEVEL, level=2), {"dunning_level": 3}, False),
        (rule(RuleCode.GRADE_FLOOR, grade=4), {}, True),
        (rule(RuleCode.GRADE_FLOOR, grade=3), {}, False),
        (rule(RuleCode.GRADE_FLOOR, grade=3), {"grade": None}, False),
        (rule(RuleCode.GRADE_FLOOR, grade=3), {"grade": None, "is_new": True}, True),
        (rule(RuleCode.KYB_MISSING), {"kyb_missing": ("identity",)}, False),
        (rule(RuleCode.COUNTRY_STOP, codes=("RU",)), {"country": "RU"}, False),
        (rule(RuleCode.COUNTRY_STOP, codes=("RU",)), {"country": "DE"}, True),
        (rule(RuleCode.COUNTRY_STOP, codes=("RU",)), {}, None),
        (rule(RuleCode.SECTOR_STOP, codes=("F",)), {"sector": "F"}, False),
        (rule(RuleCode.TERMS_BEYOND_TIER, days=0), {}, True),
    ],
)
def test_each_rule_has_its_figure(used: CheckRule, changed: dict, passes: bool | None) -> None:
    verdict = decide(facts(standing=standing(**changed)), policy(used))
    line = next(each for each in verdict.lines if each.code == used.code.value)
    assert line.passed is passes
    assert (verdict.outcome is Outcome.HOLD) is (passes is False)


def test_a_late_review_and_long_terms_are_seen() -> None:
    late = (limit("1000", next_review_on=DAY - timedelta(days=11)),)
    assert outcome(facts(limits=late), rule(RuleCode.REVIEW_OVERDUE, days=10))[0] == "hold"
    long = asked(terms_days=61)
    held = decide(facts(long), policy(rule(RuleCode.TERMS_BEYOND_TIER, days=0)))
    assert [(r.kind, r.days) for r in held.remedies] == [(RemedyKind.TERMS, 60)]
    unrated = facts(long, standing=standing(grade=None, is_new=True))
    assert outcome(unrated, rule(RuleCode.TERMS_BEYOND_TIER, days=0))[0] == "hold"


def test_the_hardest_reaction_decides_and_a_warning_releases() -> None:
    warn = rule(RuleCode.GRADE_FLOOR, Reaction.WARN, grade=3)
    refuse = rule(RuleCode.COUNTRY_STOP, Reaction.REFUSE, codes=("RU",))
    assert outcome(facts(), *LIMITS, warn)[0] == "release"
    both = facts(asked("9999"), standing=standing(country="RU"))
    assert outcome(both, *LIMITS, warn, refuse) == ("refuse", "country_stop")


def test_a_tier_asks_for_prepayment_and_backing() -> None:
    half = policy(tiers=(tier(prepayment_share=Decimal("0.5")),))
    assert outcome(facts(asked("100")), used=half) == ("hold", "prepayment_missing")
    assert outcome(facts(asked("100", prepaid=Decimal(50))), used=half)[0] == "release"
    backed = policy(tiers=(tier(security=Backing.EITHER),))
    assert outcome(facts(), used=backed) == ("hold", "backing_missing")
    insured = (limit("1000"), LimitFacts("insured", Decimal(1), "EUR"))
    assert outcome(facts(limits=insured), used=backed)[0] == "release"


amounts = st.decimals(0, 3000, places=2)


@given(amounts, amounts, amounts, amounts, st.booleans())
def test_a_release_never_exceeds_the_limit(
    owed: Decimal, free: Decimal, ordered: Decimal, order: Decimal, in_dollars: bool
) -> None:
    account = Account(7, owes(str(owed), unapplied=free).ledger, (promised(str(ordered)),))
    question = asked(str(max(order, Decimal("0.01"))), currency="USD" if in_dollars else "EUR")
    rates = (("USD", Decimal("0.9137")),)
    verdict = decide(facts(question, account, rates=rates), policy())
    worth = question.amount * (Decimal("0.9137") if in_dollars else 1)
    cent = Decimal("0.01")
    if verdict.outcome is Outcome.RELEASE:
        assert max(ZERO, owed - free) + ordered + worth <= 1000 + cent
    else:
        assert max(ZERO, owed - free) + ordered + worth > 1000 - cent


@given(amounts, amounts, amounts, st.booleans())
def test_each_remedy_alone_makes_the_order_pass(
    owed: Decimal, ordered: Decimal, order: Decimal, in_dollars: bool
) -> None:
    account = Account(7, owes(str(owed)).ledger, (promised(str(ordered)),))
    question = asked(str(max(order, Decimal("0.01"))), currency="USD" if in_dollars else "EUR")
    held = facts(question, account, rates=(("USD", Decimal("0.9137")),))
    for remedy in decide(held, policy()).remedies:
        amount = remedy.amount or ZERO
        if remedy.kind is RemedyKind.PREPAYMENT:
            better = replace(held, asked=replace(question, prepaid=amount))
        elif remedy.kind is RemedyKind.SMALLER:
            better = replace(held, asked=replace(question, amount=amount))
        else:
            assert remedy.kind is RemedyKind.SECURITY
            bank = SecurityFacts("s", "guarantee", remedy.currency or "", amount)
            better = replace(held, securities=(bank,))
        assert decide(better, policy()).outcome is Outcome.RELEASE


def test_facts_and_verdict_come_back_as_they_were_stored() -> None:
    given_facts = facts(
        asked("100", currency="USD"),
        owes("5"),
        rates=(("USD", Decimal("0.92345")),),
        stops=(),
        standing=standing(overdue=(Overdue("EUR", 3, Decimal("1.50")),), members=(8, 9)),
    )
    assert value_of(Facts, json_of(given_facts)) == given_facts
    verdict = decide(given_facts, policy(*LIMITS, rule(RuleCode.KYB_MISSING)))
    again = value_of(Verdict, json_of(verdict))
    assert json_of(again) == json_of(verdict)
    assert (
        decide(value_of(Facts, json_of(given_facts)), policy(*LIMITS, rule(RuleCode.KYB_MISSING)))
        == verdict
    )


def test_a_shop_learns_whether_and_never_why() -> None:
    assert {neutral(each).value for each in Outcome} == {
        "accepted",
        "in_review",
        "other_payment_method",
    }
