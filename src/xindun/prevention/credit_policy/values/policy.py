"""A credit policy as values that cross the border of this context.

What a reader would get wrong: every amount is in the policy's own ``currency``, and every ratio and
share is 0 to 1; only ``discount_percent`` is a percentage, as people say it (2 for 2/10 net 30).
``None`` in an amount of authority means any amount, never zero.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from xindun.record.tenants.values import Role

BEST_GRADE, WORST_GRADE = 1, 10


class _Exact:
    """Read from a stored form without any field too many; see ``rules/stored.py``."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid"}


class Reaction(StrEnum):
    """What a failed check rule does to an order, from nothing to the hardest."""

    NONE = "none"
    WARN = "warn"
    HOLD = "hold"
    REFUSE = "refuse"


class RuleCode(StrEnum):
    """What an order is checked for."""

    STATIC_LIMIT = "static_limit"
    DYNAMIC_LIMIT = "dynamic_limit"
    MAX_DOCUMENT_VALUE = "max_document_value"
    OLDEST_OPEN_ITEM = "oldest_open_item"
    OVERDUE_SHARE = "overdue_share"
    DUNNING_LEVEL = "dunning_level"
    GRADE_FLOOR = "grade_floor"
    REVIEW_OVERDUE = "review_overdue"
    KYB_MISSING = "kyb_missing"
    COUNTRY_STOP = "country_stop"
    SECTOR_STOP = "sector_stop"
    TERMS_BEYOND_TIER = "terms_beyond_tier"


class Backing(StrEnum):
    """What has to stand behind the credit of a tier."""

    NONE = "none"
    SECURITY = "security"
    COVER = "cover"
    EITHER = "either"


class Knockout(StrEnum):
    """Public events that may end credit at once."""

    ENFORCEMENT = "enforcement"
    DISHONEST_DEBTOR = "dishonest_debtor"
    CONSUMPTION_RESTRICTION = "consumption_restriction"
    ENFORCEMENT_ENDED = "enforcement_ended"
    INSOLVENCY_FILED = "insolvency_filed"
    INSOLVENCY_OPENED = "insolvency_opened"
    LIQUIDATION = "liquidation"
    STRUCK_OFF = "struck_off"


@dataclass(frozen=True, slots=True)
class CheckRule(_Exact):
    """One check of an order, and what its failure does.

    A code may stand in a segment once a reaction (warn at 3 days, hold at 15); the hardest failed
    one counts. A code that a segment does not name is not checked there.

    Attributes:
        amount: of the document, tax included.
        days: past due, past the review's day, or beyond the tier's terms.
        share: overdue by more than ``days``, of the balance.
        level: the highest dunning level that still passes.
        grade: the worst grade that still passes; without a grade only a new buyer does.
        codes: ISO 3166-1 alpha-2 countries, or NACE sections A to U.
    """

    code: RuleCode
    reaction: Reaction
    amount: Decimal | None = None
    days: int | None = None
    share: Decimal | None = None
    level: int | None = None
    grade: int | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tier(_Exact):
    """What buyers of grades ``best_grade`` to ``worst_grade``, both included, get.

    Attributes:
        limit_multiplier: how many ordinary balances (monthly sales × terms ÷ 30) they may owe.
        prepayment_share: of every order, before it ships; 1 means no open account.
        review_days: how long after a limit's decision it is looked at again.
        discount_percent, discount_days: for paying within so many days; both or neither.
    """

    code: str
    best_grade: int
    worst_grade: int
    limit_multiplier: Decimal
    terms_days: int
    prepayment_share: Decimal
    security: Backing
    review_days: int
    discount_percent: Decimal | None = None
    discount_days: int | None = None


@dataclass(frozen=True, slots=True)
class Starter(_Exact):
    """Credit for a buyer without a granted limit, and how it grows on performance.

    A buyer is new until it has paid ``after_paid_documents`` in time and ``after_days`` have passed
    since its first document; then its limit may rise by ``step_up_ratio`` at once.
    """

    cap: Decimal
    step_up_ratio: Decimal
    after_paid_documents: int
    after_days: int


@dataclass(frozen=True, slots=True)
class Segment(_Exact):
    """Buyers who meet the same check rules; the first segment that fits counts.

    Attributes:
        countries, sectors: empty for all; a buyer of whom it is not known fits no list.
        new_customers: only new ones, only others, or None for both.
    """

    code: str
    rules: tuple[CheckRule, ...]
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    new_customers: bool | None = None


@dataclass(frozen=True, slots=True)
class Authority(_Exact):
    """How much credit a role may decide on, for buyers up to a grade.

    Attributes:
        up_to: None for any amount.
        worst_grade: a buyer without a grade counts as the worst.
    """

    role: Role
    up_to: Decimal | None
    worst_grade: int


@dataclass(frozen=True, slots=True)
class CreditPolicy(_Exact):
    """One whole set of rules.

    Attributes:
        number: 0 is the built-in default, which nobody has agreed to.
        effective_from: in force from then on, until another version is.
        segments: the last one has no code and fits every buyer.
        tolerance_ratio: how far an order that a person released may rise without being held again,
            as a share of what was released.
        horizon_days: open orders to be delivered later do not count in the dynamic limit.
        reservation_hours: how long a released order keeps its room without being confirmed.
        hold_hours: how long a held order waits for somebody's decision.
        content_hash: SHA-256 over everything but number, moment and itself.
    """

    number: int
    currency: str
    effective_from: datetime
    tiers: tuple[Tier, ...]
    starter: Starter
    knockouts: tuple[Knockout, ...]
    segments: tuple[Segment, ...]
    tolerance_ratio: Decimal
    horizon_days: int
    reservation_hours: int
    hold_hours: int
    authorities: tuple[Authority, ...]
    content_hash: bytes

    def tier_of(self, grade: int | None) -> Tier | None:
        """The tier of a grade; None for a buyer without a grade."""
        if grade is None:
            return None
        return next((t for t in self.tiers if t.best_grade <= grade <= t.worst_grade), None)

    def segment_of(self, country: str | None, sector: str | None, new: bool) -> Segment:
        """The first segment that fits a buyer.

        Args:
            country: ISO 3166-1 alpha-2; None where it is not known.
            sector: NACE section A to U; None where it is not known.
            new: whether the buyer is new by the starter rule.
        """
        return next(
            each
            for each in self.segments
            if (not each.countries or country in each.countries)
            and (not each.sectors or sector in each.sectors)
            and each.new_customers in (None, new)
        )

    def may_decide(self, roles: Collection[Role], amount: Decimal, grade: int | None) -> bool:
        """Whether somebody in one of ``roles`` may grant ``amount``, in the policy's currency."""
        worst = WORST_GRADE if grade is None else grade
        return any(
            each.role in roles
            and worst <= each.worst_grade
            and (each.up_to is None or amount <= each.up_to)
            for each in self.authorities
        )
