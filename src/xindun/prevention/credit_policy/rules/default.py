"""The policy of a company that has not agreed to one: number 0, labelled so wherever it shows.

What a reader would get wrong: none of these numbers is measured. Multipliers, days of lateness and
the step-up are those of the review (engine/parameters.py), the overdue share and the shape of the
rules are common practice, and the rest is a house choice; docs/reference/credit-policy.md says
which is which. Amounts are a round figure of the currency's order of magnitude, not a conversion.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Final

from xindun.engine.parameters import Parameters
from xindun.prevention.credit_policy.rules.stored import hash_of
from xindun.prevention.credit_policy.values import (
    Authority,
    Backing,
    CheckRule,
    CreditPolicy,
    Knockout,
    Reaction,
    RuleCode,
    Segment,
    Starter,
    Tier,
)
from xindun.record.tenants.values import Role

DEFAULT_MOMENT: Final = datetime(1, 1, 1, tzinfo=UTC)
_REVIEW: Final = Parameters()
_MAGNITUDE: Final = {
    **dict.fromkeys(("CNY", "HKD", "MXN", "NOK", "SEK", "DKK", "TRY", "ZAR", "THB", "TWD"), 10),
    **dict.fromkeys(("INR", "JPY", "PHP", "RUB", "HUF"), 100),
    **dict.fromkeys(("KRW", "CLP", "NGN"), 1_000),
    **dict.fromkeys(("IDR", "VND"), 10_000),
}
"""How many units make roughly as much as one euro; 1 for all others."""
NEW: Final = "new"


@cache
def default_policy(currency: str) -> CreditPolicy:
    """The built-in policy with amounts in ``currency``."""
    unit = Decimal(_MAGNITUDE.get(currency, 1))
    policy = CreditPolicy(
        number=0,
        currency=currency,
        effective_from=DEFAULT_MOMENT,
        tiers=_tiers(),
        starter=Starter(
            cap=5_000 * unit,
            step_up_ratio=_REVIEW.step_up,
            after_paid_documents=_REVIEW.min_items,
            after_days=_REVIEW.min_history_days,
        ),
        knockouts=(
            Knockout.DISHONEST_DEBTOR,
            Knockout.INSOLVENCY_FILED,
            Knockout.INSOLVENCY_OPENED,
            Knockout.LIQUIDATION,
            Knockout.STRUCK_OFF,
        ),
        segments=(
            Segment(NEW, _rules(Reaction.HOLD), new_customers=True),
            Segment("", _rules(Reaction.WARN)),
        ),
        tolerance_ratio=Decimal(0),
        horizon_days=30,
        reservation_hours=72,
        hold_hours=48,
        authorities=(
            Authority(Role.ANALYST, 10_000 * unit, 6),
            Authority(Role.CREDIT_MANAGER, 250_000 * unit, 8),
            Authority(Role.OWNER, None, 10),
        ),
        content_hash=b"",
    )
    return replace(policy, content_hash=hash_of(policy))


def _tiers() -> tuple[Tier, ...]:
    """Each tier's multiplier is the review's for its worst grade."""
    rows = (
        ("A", 1, 2, 60, "0", Backing.NONE, 365),
        ("B", 3, 4, 45, "0", Backing.NONE, 365),
        ("C", 5, 6, 30, "0", Backing.NONE, 180),
        ("D", 7, 8, 14, "0.3", Backing.EITHER, 90),
        ("E", 9, 10, 0, "1", Backing.NONE, 90),
    )
    return tuple(
        Tier(
            code=code,
            best_grade=best,
            worst_grade=worst,
            limit_multiplier=_REVIEW.grade_multipliers[worst - 1],
            terms_days=terms,
            prepayment_share=Decimal(prepaid),
            security=security,
            review_days=review,
        )
        for code, best, worst, terms, prepaid, security, review in rows
    )


def _rules(beyond_horizon: Reaction) -> tuple[CheckRule, ...]:
    """The checks; ``beyond_horizon`` is what orders do that only later ones put over the limit."""
    warn, hold, refuse = Reaction.WARN, Reaction.HOLD, Reaction.REFUSE
    return (
        CheckRule(RuleCode.STATIC_LIMIT, beyond_horizon),
        CheckRule(RuleCode.DYNAMIC_LIMIT, hold),
        CheckRule(RuleCode.OLDEST_OPEN_ITEM, warn, days=_REVIEW.call_days),
        CheckRule(RuleCode.OLDEST_OPEN_ITEM, hold, days=_REVIEW.hold_days),
        CheckRule(RuleCode.OLDEST_OPEN_ITEM, refuse, days=_REVIEW.hand_over_days),
        CheckRule(RuleCode.OVERDUE_SHARE, hold, days=45, share=Decimal("0.4")),
        CheckRule(RuleCode.DUNNING_LEVEL, hold, level=2),
        CheckRule(RuleCode.GRADE_FLOOR, hold, grade=8),
        CheckRule(RuleCode.REVIEW_OVERDUE, warn, days=0),
        CheckRule(RuleCode.REVIEW_OVERDUE, hold, days=90),
        CheckRule(RuleCode.KYB_MISSING, hold),
        CheckRule(RuleCode.TERMS_BEYOND_TIER, hold, days=0),
    )
