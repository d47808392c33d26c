"""Codes of the order gate as people read them: the one table that list, page and file share.

What a reader would get wrong: a rule has a name (here) and a sentence about its failure, which the
gate owns because the interface says it too (``control.gate.values.SENTENCES``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.control.gate.values import (
    SENTENCES,
    Decision,
    HoldState,
    Line,
    Outcome,
    Remedy,
    RemedyKind,
    StopKind,
    Unit,
    Verdict,
)
from xindun.prevention.credit_policy.values import Backing, Reaction
from xindun.prevention.onboarding.values import Item
from xindun.record.company_file.values import FactKind
from xindun.record.orders.values import OrderKind, OrderState, Verb
from xindun.web import formats
from xindun.web.checks.words import ITEMS
from xindun.web.facts.words import KINDS as FACTS
from xindun.web.policy.words import BACKINGS, REACTIONS, RULES
from xindun.web.templatetags.xindun import country
from xindun.web.words import said

OUTCOMES: dict[Outcome, tuple[Any, str]] = {
    Outcome.RELEASE: (gettext_lazy("Let through"), "good"),
    Outcome.HOLD: (gettext_lazy("Held"), "fair"),
    Outcome.REFUSE: (gettext_lazy("Refused"), "bad"),
}
STATES: dict[HoldState, tuple[Any, str]] = {
    HoldState.WAITING: (gettext_lazy("Waiting"), "fair"),
    HoldState.RELEASED: (gettext_lazy("Released by a person"), "good"),
    HoldState.PASSED: (gettext_lazy("Passed a later check"), "good"),
    HoldState.REFUSED: (gettext_lazy("Refused"), "bad"),
    HoldState.WITHDRAWN: (gettext_lazy("Withdrawn"), "none"),
}
ORDER_STATES: dict[OrderState, tuple[Any, str]] = {
    OrderState.RESERVED: (gettext_lazy("Reserved"), "good"),
    OrderState.CONFIRMED: (gettext_lazy("Confirmed"), "good"),
    OrderState.HELD: (gettext_lazy("Held"), "fair"),
    OrderState.REFUSED: (gettext_lazy("Refused"), "bad"),
    OrderState.EXPIRED: (gettext_lazy("Expired"), "none"),
    OrderState.CANCELLED: (gettext_lazy("Cancelled"), "none"),
    OrderState.CLOSED: (gettext_lazy("Closed"), "none"),
}
VERBS: dict[Verb, Any] = {
    Verb.RESERVE: gettext_lazy("Reserved"),
    Verb.RELEASE: gettext_lazy("Let through"),
    Verb.HOLD: gettext_lazy("Held"),
    Verb.REFUSE: gettext_lazy("Refused"),
    Verb.CONFIRM: gettext_lazy("Confirmed"),
    Verb.DELIVER: gettext_lazy("Goods delivered"),
    Verb.INVOICE: gettext_lazy("Invoiced"),
    Verb.ARRIVE: gettext_lazy("Invoice came into the ledger"),
    Verb.EXPIRE: gettext_lazy("Expired"),
    Verb.CANCEL: gettext_lazy("Cancelled"),
    Verb.CLOSE: gettext_lazy("Closed"),
}
ORDER_KINDS: dict[OrderKind, Any] = {
    OrderKind.ORDER: gettext_lazy("Order"),
    OrderKind.BLANKET: gettext_lazy("Blanket order, called off later"),
    OrderKind.RETURN: gettext_lazy("Return"),
}
STOPS: dict[StopKind, Any] = {
    StopKind.SANCTIONS: gettext_lazy("Sanctions"),
    StopKind.FRAUD: gettext_lazy("Suspicion of fraud"),
    StopKind.LEGAL: gettext_lazy("Legal stop"),
}
NAMES: dict[str, Any] = {
    **{each.value: name for each, name in RULES.items()},
    "no_limit": gettext_lazy("No limit"),
    "group_limit": gettext_lazy("Limit of the group"),
    "rate_missing": gettext_lazy("Exchange rate missing"),
    "knockout": gettext_lazy("Public event"),
    "prepayment_missing": gettext_lazy("Prepayment"),
    "backing_missing": gettext_lazy("Security or cover"),
    **{f"{each.value}_stop": name for each, name in STOPS.items()},
    "return": gettext_lazy("Return"),
    "prepaid": gettext_lazy("Fully prepaid"),
    "within_tolerance": gettext_lazy("Within the tolerance"),
    "none": gettext_lazy("No limit compared"),
}
"""Code of a line, or of what decided → its name."""
LIMITS: dict[str, Any] = {
    "internal": gettext_lazy("Own limit"),
    "starter": gettext_lazy("Starter limit"),
    "group_internal": gettext_lazy("Limit of the group"),
    "insured": gettext_lazy("Insured limit"),
    "secured": gettext_lazy("Secured"),
}
ALWAYS_PASSES = frozenset({"return", "prepaid", "within_tolerance", "none"})


def rule_name(code: str) -> str:
    """A rule's name; the code of one that nobody has named yet."""
    return str(NAMES.get(code, code))


def sentence(code: str) -> str:
    """What a rule's failure means; empty for a code without a sentence."""
    found = SENTENCES.get(code)
    return said(found) if found else ""


def why(verdict: Verdict) -> str:
    """Why the gate answered as it did, in one sentence."""
    if verdict.outcome is not Outcome.RELEASE or verdict.binding in ALWAYS_PASSES:
        return sentence(verdict.binding) or rule_name(verdict.binding)
    return _("Every rule lets it through. The one with the least room left: {rule}.").format(
        rule=rule_name(verdict.binding)
    )


def remedy_text(remedy: Remedy) -> str:
    """One way to let the order pass, as something to do."""
    amount = formats.money_with_code(remedy.amount, remedy.currency or "")
    texts = {
        RemedyKind.PREPAYMENT: _("a prepayment of {amount}"),
        RemedyKind.SECURITY: _("a security that counts {amount}"),
        RemedyKind.TERMS: _("payment terms of {days} days"),
        RemedyKind.PAYMENT: _("payment of the {amount} overdue"),
        RemedyKind.SMALLER: _("an order of at most {amount}"),
    }
    if remedy.kind is RemedyKind.TERMS and not remedy.days:
        return _("payment before delivery")
    return texts[remedy.kind].format(amount=amount, days=remedy.days)


def remedies_text(verdict: Verdict) -> str:
    """All ways, each alone; empty where no amount and no terms would do."""
    return _(", or ").join(remedy_text(each) for each in verdict.remedies)


def reaction_name(reaction: Reaction) -> str:
    """What the policy does when a rule fails."""
    return str(REACTIONS[reaction])


def figure_text(line: Line, decision: Decision, value: Decimal | None) -> str:
    """A line's figure or bound in its unit; a dash where there is none."""
    match line.unit:
        case Unit.MONEY:
            return formats.money_with_code(value, decision.verdict.currency)
        case Unit.ORDER_MONEY:
            return formats.money_with_code(value, decision.amount_currency)
        case Unit.SHARE:
            return formats.share(value)
        case Unit.DAYS if value is not None:
            return _("{days} days").format(days=formats.number(value, 0))
    return formats.number(value, 0)


def items_text(line: Line) -> str:
    """What a line is about: places, what is not on file, events, currencies."""
    return ", ".join(_item(line.code, each) for each in line.items)


def _item(code: str, item: str) -> str:
    match code:
        case "kyb_missing":
            return str(ITEMS[Item(item)])
        case "knockout":
            return str(FACTS[FactKind(item)])
        case "backing_missing":
            return str(BACKINGS[Backing(item)])
        case "country_stop":
            return country(item)
    return item
