"""A credit policy as it is answered and asked: the same form both ways.

What a reader would get wrong: what was read can be changed and put back as it is. Numbers are text,
ratios are 0 to 1, and every amount is in the policy's own currency.
"""

from __future__ import annotations

from pydantic import Field

from xindun.api.v1.shapes import Amount, Asked, Currency, Figure
from xindun.prevention.credit_policy.values import Backing, Knockout, Reaction, RuleCode


class TierShape(Asked):
    """What buyers of a range of grades get."""

    code: str
    best_grade: int
    worst_grade: int
    limit_multiplier: Figure = Field(description="How many ordinary balances they may owe.")
    terms_days: int = Field(description="0 for no open account.")
    prepayment_share: Figure
    security: Backing = Field(description="What has to stand behind the credit.")
    review_days: int
    discount_percent: Figure | None = Field(None, description="2 for 2/10 net 30.")
    discount_days: int | None = None


class StarterShape(Asked):
    """Credit for a buyer without a granted limit."""

    cap: Amount
    step_up_ratio: Figure
    after_paid_documents: int
    after_days: int


class CheckRuleShape(Asked):
    """One check of an order, with the figures that its code has and no others."""

    code: RuleCode
    reaction: Reaction
    amount: Amount | None = None
    days: int | None = None
    share: Figure | None = None
    level: int | None = None
    grade: int | None = None
    codes: list[str] = []


class SegmentShape(Asked):
    """Buyers who meet the same check rules; the first that fits counts."""

    code: str = Field(description="Empty for the last one, which fits everybody.")
    countries: list[str] = []
    sectors: list[str] = []
    new_customers: bool | None = None
    rules: list[CheckRuleShape]


class AuthorityShape(Asked):
    """How much a role may decide on."""

    role: str = Field(description="A role of the company, such as credit_manager.")
    up_to: Amount | None = Field(None, description="Null for any amount.")
    worst_grade: int


class PolicyShape(Asked):
    """The rules for granting credit."""

    currency: Currency
    tiers: list[TierShape]
    starter: StarterShape
    knockouts: list[Knockout]
    segments: list[SegmentShape]
    tolerance_ratio: Figure
    horizon_days: int
    reservation_hours: int
    hold_hours: int
    authorities: list[AuthorityShape]
