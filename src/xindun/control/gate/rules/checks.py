"""Each check rule, one function: facts in, a line out.

What a reader would get wrong: a figure that nobody recorded (a dunning level where no dunning is
kept) makes a line that neither passes nor fails. It is shown as not known; a grade or a checklist
that is missing is no such figure, it fails.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from xindun.control.gate.rules.position import Position, converted
from xindun.control.gate.values import Facts, LimitFacts, Line, Unit
from xindun.prevention.credit_policy.values import CheckRule, CreditPolicy, RuleCode, Tier
from xindun.record.orders.values import OrderKind

ZERO = Decimal(0)
SHARE_PLACES = Decimal("0.0001")
Check = Callable[["Case", CheckRule], "Checked"]


class Checked(NamedTuple):
    """What one rule found."""

    passed: bool | None
    figure: Decimal | int | None = None
    bound: Decimal | int | None = None
    items: tuple[str, ...] = ()


class Case:
    """The facts with what several rules need of them, worked out once.

    Attributes:
        limit: the internal limit that counts; None where the buyer has none.
        bound: its amount in the decision's currency; zero without one.
        tier: of the buyer's grade; None without a grade.
    """

    def __init__(
        self,
        facts: Facts,
        policy: CreditPolicy,
        position: Position,
        limit: LimitFacts | None,
    ) -> None:
        self.facts = facts
        self.policy = policy
        self.position = position
        self.limit = limit
        self.bound = converted(facts, limit.amount, limit.currency) if limit else ZERO
        self.tier: Tier | None = policy.tier_of(facts.standing.grade)


def line_of(case: Case, rule: CheckRule) -> Line:
    """The answer of one check rule."""
    unit, check = CHECKS[rule.code]
    found = check(case, rule)
    return Line(
        code=rule.code.value,
        reaction=rule.reaction,
        passed=found.passed,
        unit=unit,
        figure=None if found.figure is None else Decimal(found.figure),
        bound=None if found.bound is None else Decimal(found.bound),
        items=found.items,
    )


def _static(case: Case, _rule: CheckRule) -> Checked:
    return _limit(case, case.position.static)


def _dynamic(case: Case, _rule: CheckRule) -> Checked:
    return _limit(case, case.position.dynamic)


def _limit(case: Case, exposure: Decimal) -> Checked:
    # Without a limit another line says so; a second failure would only repeat it.
    if case.limit is None:
        return Checked(None, exposure)
    return Checked(exposure <= case.bound, exposure, case.bound)


def _document(case: Case, rule: CheckRule) -> Checked:
    amount = converted(case.facts, case.facts.asked.amount, case.facts.asked.currency)
    most = converted(case.facts, rule.amount or ZERO, case.policy.currency)
    return Checked(amount <= most, amount, most)


def _oldest(case: Case, rule: CheckRule) -> Checked:
    oldest = max((each.days for each in case.facts.standing.overdue if each.amount > 0), default=0)
    return Checked(oldest <= (rule.days or 0), oldest, rule.days)


def _share(case: Case, rule: CheckRule) -> Checked:
    total = late = ZERO
    for each in case.facts.standing.overdue:
        amount = converted(case.facts, each.amount, each.currency)
        total += amount
        late += amount if each.days > (rule.days or 0) else ZERO
    share = (late / total).quantize(SHARE_PLACES) if total > 0 else ZERO
    return Checked(late <= (rule.share or ZERO) * total, share, rule.share)


def _dunning(case: Case, rule: CheckRule) -> Checked:
    level = case.facts.standing.dunning_level
    return Checked(None if level is None else level <= (rule.level or 0), level, rule.level)


def _grade(case: Case, rule: CheckRule) -> Checked:
    grade = case.facts.standing.grade
    if grade is None:
        return Checked(case.facts.standing.is_new, None, rule.grade)
    return Checked(grade <= (rule.grade or 0), grade, rule.grade)


def _review(case: Case, rule: CheckRule) -> Checked:
    due = case.limit.next_review_on if case.limit else None
    if due is None:
        return Checked(None, None, rule.days)
    late = max(0, (case.facts.as_of - due).days)
    return Checked(late <= (rule.days or 0), late, rule.days)


def _kyb(case: Case, _rule: CheckRule) -> Checked:
    missing = case.facts.standing.kyb_missing
    return Checked(not missing, items=missing)


def _country(case: Case, rule: CheckRule) -> Checked:
    return _listed(case.facts.standing.country, rule)


def _sector(case: Case, rule: CheckRule) -> Checked:
    return _listed(case.facts.standing.sector, rule)


def _listed(code: str | None, rule: CheckRule) -> Checked:
    return Checked(None) if code is None else Checked(code not in rule.codes, items=(code,))


def _terms(case: Case, rule: CheckRule) -> Checked:
    asked = case.facts.asked.terms_days
    # Without a grade the shortest terms that any tier gives are the bound.
    given = [each.terms_days for each in case.policy.tiers if each.terms_days]
    terms = case.tier.terms_days if case.tier else min(given, default=0)
    most = terms + (rule.days or 0)
    if asked is None:
        return Checked(None, None, most)
    return Checked(asked <= most, asked, most)


CHECKS: dict[RuleCode, tuple[Unit, Check]] = {
    RuleCode.STATIC_LIMIT: (Unit.MONEY, _static),
    RuleCode.DYNAMIC_LIMIT: (Unit.MONEY, _dynamic),
    RuleCode.MAX_DOCUMENT_VALUE: (Unit.MONEY, _document),
    RuleCode.OLDEST_OPEN_ITEM: (Unit.DAYS, _oldest),
    RuleCode.OVERDUE_SHARE: (Unit.SHARE, _share),
    RuleCode.DUNNING_LEVEL: (Unit.LEVEL, _dunning),
    RuleCode.GRADE_FLOOR: (Unit.GRADE, _grade),
    RuleCode.REVIEW_OVERDUE: (Unit.DAYS, _review),
    RuleCode.KYB_MISSING: (Unit.NONE, _kyb),
    RuleCode.COUNTRY_STOP: (Unit.NONE, _country),
    RuleCode.SECTOR_STOP: (Unit.NONE, _sector),
    RuleCode.TERMS_BEYOND_TIER: (Unit.DAYS, _terms),
}
LIMIT_CODES = frozenset({RuleCode.STATIC_LIMIT, RuleCode.DYNAMIC_LIMIT})


def counts_for(rule: CheckRule, kind: OrderKind) -> bool:
    """Whether a rule is asked of this kind of order: a blanket order spends no limit."""
    return kind is not OrderKind.BLANKET or rule.code not in LIMIT_CODES
