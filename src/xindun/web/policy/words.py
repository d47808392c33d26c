"""The parts of a credit policy as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.prevention.credit_policy.values import (
    Authority,
    Backing,
    CheckRule,
    Knockout,
    Reaction,
    RuleCode,
    Tier,
    VersionState,
)
from xindun.record.company_file.values import FactKind
from xindun.record.reference.reads.tables import public_sectors
from xindun.web import formats
from xindun.web.facts.words import KINDS
from xindun.web.granting import ROLES
from xindun.web.risks.shown import sector_row
from xindun.web.templatetags.xindun import country

STATES: dict[VersionState, tuple[Any, str]] = {
    VersionState.COMING: (gettext_lazy("Coming"), "fair"),
    VersionState.IN_FORCE: (gettext_lazy("In force"), "good"),
    VersionState.SUPERSEDED: (gettext_lazy("Superseded"), "none"),
    VersionState.NEVER: (gettext_lazy("Never came into force"), "none"),
}
REACTIONS: dict[Reaction, Any] = {
    Reaction.NONE: gettext_lazy("Nothing"),
    Reaction.WARN: gettext_lazy("Warn"),
    Reaction.HOLD: gettext_lazy("Hold"),
    Reaction.REFUSE: gettext_lazy("Refuse"),
}
RULES: dict[RuleCode, Any] = {
    RuleCode.STATIC_LIMIT: gettext_lazy("Limit, all open orders"),
    RuleCode.DYNAMIC_LIMIT: gettext_lazy("Limit, orders within the horizon"),
    RuleCode.MAX_DOCUMENT_VALUE: gettext_lazy("Largest document"),
    RuleCode.OLDEST_OPEN_ITEM: gettext_lazy("Oldest open item"),
    RuleCode.OVERDUE_SHARE: gettext_lazy("Overdue share"),
    RuleCode.DUNNING_LEVEL: gettext_lazy("Dunning level"),
    RuleCode.GRADE_FLOOR: gettext_lazy("Worst grade"),
    RuleCode.REVIEW_OVERDUE: gettext_lazy("Review overdue"),
    RuleCode.KYB_MISSING: gettext_lazy("Checklist not complete"),
    RuleCode.COUNTRY_STOP: gettext_lazy("Country stop"),
    RuleCode.SECTOR_STOP: gettext_lazy("Sector stop"),
    RuleCode.TERMS_BEYOND_TIER: gettext_lazy("Terms beyond the tier's"),
}
FAILS_WHEN: dict[RuleCode, Any] = {
    RuleCode.STATIC_LIMIT: gettext_lazy(
        "Open items, deliveries and all open orders with this one exceed the limit."
    ),
    RuleCode.DYNAMIC_LIMIT: gettext_lazy(
        "The same, without orders to be delivered after the credit horizon."
    ),
    RuleCode.MAX_DOCUMENT_VALUE: gettext_lazy("The document is worth more than this."),
    RuleCode.OLDEST_OPEN_ITEM: gettext_lazy("An item is overdue by more than these days."),
    RuleCode.OVERDUE_SHARE: gettext_lazy(
        "More than this share of the balance is overdue by more than these days."
    ),
    RuleCode.DUNNING_LEVEL: gettext_lazy("An item has reached a higher dunning level."),
    RuleCode.GRADE_FLOOR: gettext_lazy("The grade is worse, or an established buyer has none."),
    RuleCode.REVIEW_OVERDUE: gettext_lazy(
        "The limit should have been reviewed more than these days ago."
    ),
    RuleCode.KYB_MISSING: gettext_lazy("Something of the checklist is missing and not waived."),
    RuleCode.COUNTRY_STOP: gettext_lazy("The buyer's country is one of these."),
    RuleCode.SECTOR_STOP: gettext_lazy("The buyer's sector is one of these."),
    RuleCode.TERMS_BEYOND_TIER: gettext_lazy(
        "The order's terms are longer than the tier's by more than these days."
    ),
}
BACKINGS: dict[Backing, Any] = {
    Backing.NONE: gettext_lazy("none"),
    Backing.SECURITY: gettext_lazy("a security"),
    Backing.COVER: gettext_lazy("insurance cover"),
    Backing.EITHER: gettext_lazy("a security or insurance cover"),
}
KNOCKOUTS: dict[Knockout, Any] = {each: KINDS[FactKind(each.value)] for each in Knockout}
FIELDS: dict[str, Any] = {
    "code": gettext_lazy("Short name"),
    "best_grade": gettext_lazy("Best grade"),
    "worst_grade": gettext_lazy("Worst grade"),
    "limit_multiplier": gettext_lazy("Limit, in ordinary balances"),
    "terms_days": gettext_lazy("Payment terms, days"),
    "prepayment_share": gettext_lazy("Prepayment"),
    "security": gettext_lazy("Needs"),
    "review_days": gettext_lazy("Review after days"),
    "discount_percent": gettext_lazy("Early-payment discount, per cent"),
    "discount_days": gettext_lazy("Discount within days"),
    "cap": gettext_lazy("Starter cap"),
    "step_up_ratio": gettext_lazy("Step-up factor"),
    "after_paid_documents": gettext_lazy("After documents paid in time"),
    "after_days": gettext_lazy("After days since the first document"),
    "currency": gettext_lazy("Currency"),
    "tolerance_ratio": gettext_lazy("Tolerance of released orders"),
    "horizon_days": gettext_lazy("Credit horizon, days"),
    "reservation_hours": gettext_lazy("A reservation lasts, hours"),
    "hold_hours": gettext_lazy("A held order waits, hours"),
    "knockouts": gettext_lazy("Knock-outs"),
    "countries": gettext_lazy("Countries"),
    "sectors": gettext_lazy("Sectors"),
    "new_customers": gettext_lazy("New customers"),
    "rules": gettext_lazy("Check rules"),
    "role": gettext_lazy("Role"),
    "up_to": gettext_lazy("Up to"),
    "amount": gettext_lazy("Amount"),
    "days": gettext_lazy("Days"),
    "share": gettext_lazy("Share"),
    "level": gettext_lazy("Dunning level"),
    "grade": gettext_lazy("Worst grade"),
    "codes": gettext_lazy("Codes"),
    "reaction": gettext_lazy("Reaction"),
}
PARTS: dict[str, Any] = {
    "tiers": gettext_lazy("Tiers"),
    "starter": gettext_lazy("New customers"),
    "segments": gettext_lazy("Segments"),
    "authorities": gettext_lazy("Authority"),
}
PERCENT = frozenset({"prepayment_share", "tolerance_ratio", "share"})
MONEY = frozenset({"cap", "up_to", "amount"})


def segment_name(code: str) -> str:
    """A segment's code; the last one has none."""
    return code or _("everybody else")


def places(codes: Iterable[str]) -> str:
    """Countries and sectors by name, each with its code."""
    return ", ".join(f"{_place(code)} ({code})" for code in codes)


def _place(code: str) -> str:
    if len(code) == 2:
        return country(code)
    slot = public_sectors().get(code)
    return sector_row(slot).name if slot else code


def percent(value: Decimal) -> str:
    """A ratio as per cent, with as many decimals as it has: 0.125 is ``12.5%``."""
    exact = (value * 100).normalize()
    return f"{exact:f}%"


def plain(value: Decimal) -> str:
    """A factor with as many decimals as it has."""
    return f"{value.normalize():f}"


def value_text(name: str, value: Any, currency: str) -> str:
    """One value of a policy in words; ``name`` says of which field."""
    match value:
        case None:
            return _("both") if name == "new_customers" else formats.DASH
        case bool():
            return _("only new ones") if value else _("only established ones")
        case Tier():
            return tier_text(value)
        case CheckRule():
            return rule_text(value, currency) or str(REACTIONS[value.reaction])
        case Authority():
            return authority_text(value, currency)
        case tuple() if name == "knockouts":
            return ", ".join(str(KNOCKOUTS[each]) for each in value) or formats.DASH
        case tuple() if name == "segments":
            return " → ".join(segment_name(each) for each in value)
        case tuple():
            return places(value) or _("all")
        case Backing():
            return str(BACKINGS[value])
        case Decimal() if name in PERCENT:
            return percent(value)
        case Decimal() if name in MONEY:
            return formats.money_with_code(value, currency)
        case Decimal():
            return plain(value)
    return str(value)


def tier_text(tier: Tier) -> str:
    """A tier in one line."""
    return _("grades {best}–{worst}, {multiplier} × ordinary balance, {days} days").format(
        best=tier.best_grade,
        worst=tier.worst_grade,
        multiplier=plain(tier.limit_multiplier),
        days=tier.terms_days,
    )


def authority_text(authority: Authority, currency: str) -> str:
    """A line of authority in words."""
    amount = (
        _("any amount")
        if authority.up_to is None
        else _("up to {amount}").format(amount=formats.money_with_code(authority.up_to, currency))
    )
    return _("{role}: {amount}, grades up to {grade}").format(
        role=ROLES[authority.role], amount=amount, grade=authority.worst_grade
    )


def rule_text(rule: CheckRule, currency: str) -> str:
    """What a rule is told, in a few words; empty for a rule that is told nothing."""
    match rule.code:
        case RuleCode.MAX_DOCUMENT_VALUE:
            return _("above {amount}").format(amount=value_text("amount", rule.amount, currency))
        case RuleCode.OLDEST_OPEN_ITEM | RuleCode.REVIEW_OVERDUE | RuleCode.TERMS_BEYOND_TIER:
            return _("more than {days} days").format(days=rule.days)
        case RuleCode.OVERDUE_SHARE:
            share = value_text("share", rule.share, currency)
            return _("above {share}, by more than {days} days").format(share=share, days=rule.days)
        case RuleCode.DUNNING_LEVEL:
            return _("above level {level}").format(level=rule.level)
        case RuleCode.GRADE_FLOOR:
            return _("worse than {grade}").format(grade=rule.grade)
        case RuleCode.COUNTRY_STOP | RuleCode.SECTOR_STOP:
            return places(rule.codes)
    return ""
