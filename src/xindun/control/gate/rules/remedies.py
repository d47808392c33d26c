"""What would make a held order pass: each way alone, worked out from the lines that failed.

What a reader would get wrong: a remedy answers the amounts and the terms. Where another line fails
as well (a missing checklist, an old debt) no prepayment helps short of the whole, and none is
named; what is overdue and has to be paid is named always.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_UP, Decimal

from xindun.control.gate.rules.checks import Case
from xindun.control.gate.rules.position import rate_of
from xindun.control.gate.values import Line, Remedy, RemedyKind
from xindun.kernel.money import minor_units, quantize
from xindun.prevention.credit_policy.values import RuleCode

ZERO = Decimal(0)
BY_AMOUNT = frozenset({"static_limit", "dynamic_limit", "group_limit"})
BY_PREPAYMENT = "prepayment_missing"
BY_TERMS = RuleCode.TERMS_BEYOND_TIER.value
BY_PAYMENT = frozenset({"oldest_open_item", "overdue_share"})
STOPPING = ("hold", "refuse")


def remedies_for(case: Case, lines: tuple[Line, ...]) -> tuple[Remedy, ...]:
    """The remedies, the cheapest kind of effort first."""
    failed = [x for x in lines if x.passed is False and x.reaction.value in STOPPING]
    codes = {line.code for line in failed}
    found: list[Remedy] = []
    if codes == {BY_TERMS}:
        days = failed[0].bound
        if days is not None:
            found.append(Remedy(RemedyKind.TERMS, days=int(days)))
    if codes and codes <= BY_AMOUNT | {BY_PREPAYMENT}:
        found += _amounts(case, failed)
    if codes & BY_PAYMENT:
        found += _payments(case)
    return tuple(found)


def _amounts(case: Case, failed: list[Line]) -> list[Remedy]:
    """Prepay, secure, or order less by the largest excess."""
    facts, asked = case.facts, case.facts.asked
    gaps = {
        x.code: x.figure - x.bound for x in failed if x.figure is not None and x.bound is not None
    }
    excess = max((gap for code, gap in gaps.items() if code in BY_AMOUNT), default=ZERO)
    short = -gaps.get(BY_PREPAYMENT, ZERO)
    in_document = _in_document(case, excess)
    found = []
    prepaid = max(short, in_document)
    # More cash than the order is worth pays for something else.
    if asked.prepaid + prepaid <= asked.amount:
        rounded = quantize(prepaid, asked.currency, ROUND_UP)
        found.append(Remedy(RemedyKind.PREPAYMENT, rounded, asked.currency))
    if short == ZERO and excess > ZERO:
        # A group's excess is not cured by what secures one member beyond its own debt.
        if all(line.code != "group_limit" for line in failed):
            found.append(Remedy(RemedyKind.SECURITY, excess, facts.currency))
        smaller = quantize(asked.amount - in_document, asked.currency, ROUND_DOWN)
        if smaller > max(ZERO, asked.delivered):
            found.append(Remedy(RemedyKind.SMALLER, smaller, asked.currency))
    return found


def _in_document(case: Case, excess: Decimal) -> Decimal:
    """An excess in the order's currency, rounded up so that it suffices after rounding back."""
    facts, asked = case.facts, case.facts.asked
    if excess == ZERO or asked.currency == facts.currency:
        return excess
    rate = rate_of(facts, asked.currency)
    step = Decimal(1).scaleb(-minor_units(facts.currency))
    # Up to half a minor unit of rounding a currency lies between the sums; one unit covers it.
    return quantize((excess + step) / rate, asked.currency, ROUND_UP)


def _payments(case: Case) -> list[Remedy]:
    """What is overdue by currency: paying it answers the rules on overdue items."""
    sums: dict[str, Decimal] = {}
    for each in case.facts.standing.overdue:
        if each.days > 0 and each.amount > ZERO:
            sums[each.currency] = sums.get(each.currency, ZERO) + each.amount
    return [
        Remedy(RemedyKind.PAYMENT, quantize(amount, currency), currency)
        for currency, amount in sorted(sums.items())
    ]
