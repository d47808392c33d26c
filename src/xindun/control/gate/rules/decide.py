"""The decision: stops first, then what is never held, then the policy's rules.

What a reader would get wrong: a person's release does not pass through here. The gate answers what
the rules say; who may let an order through all the same is the worklist's question.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from xindun.control.gate.rules.checks import Case, counts_for, line_of
from xindun.control.gate.rules.position import (
    Position,
    account_sums,
    converted,
    missing_rates,
    position_of,
)
from xindun.control.gate.rules.remedies import remedies_for
from xindun.control.gate.values import (
    AskedFacts,
    Facts,
    LimitFacts,
    LimitView,
    Line,
    Outcome,
    Unit,
    Verdict,
)
from xindun.prevention.credit_policy.values import Backing, CreditPolicy, Reaction
from xindun.record.orders.values import OrderKind

ZERO = Decimal(0)
SEVERITY = (Reaction.NONE, Reaction.WARN, Reaction.HOLD, Reaction.REFUSE)
OUTCOMES = {
    Reaction.NONE: Outcome.RELEASE,
    Reaction.WARN: Outcome.RELEASE,
    Reaction.HOLD: Outcome.HOLD,
    Reaction.REFUSE: Outcome.REFUSE,
}
INTERNAL, STARTER, INSURED = "internal", "starter", "insured"
NO_LIMIT, GROUP_LIMIT, RATE_MISSING, KNOCKOUT, PREPAYMENT, BACKING = (
    *("no_limit", "group_limit", "rate_missing"),
    *("knockout", "prepayment_missing", "backing_missing"),
)
FREE = {OrderKind.RETURN: "return"}
PREPAID, WITHIN_TOLERANCE = "prepaid", "within_tolerance"


def decide(facts: Facts, policy: CreditPolicy) -> Verdict:
    """Answer one check; the same facts and policy always give the same verdict.

    Sanctions, fraud and legal stops hold whatever else is true. Returns and fully prepaid orders
    pass everything else. A missing rate holds, because nothing can be compared. Otherwise the
    hardest reaction of a failed line is the outcome; an order that a person released stays released
    while it rises by no more than the policy's tolerance.
    """
    stops = tuple(Line(f"{each.value}_stop", Reaction.HOLD, False) for each in facts.stops)
    if stops:
        return _bare(facts, Outcome.HOLD, stops[0].code, stops)
    free = _free(facts)
    if free is not None:
        return _bare(facts, Outcome.RELEASE, free, (Line(free, Reaction.NONE, True),))
    missing = missing_rates(facts)
    if missing:
        line = Line(RATE_MISSING, Reaction.HOLD, False, items=missing)
        return _bare(facts, Outcome.HOLD, RATE_MISSING, (line,))
    position = position_of(facts, policy.horizon_days)
    case = Case(facts, policy, position, internal_limit(facts.limits))
    lines = _lines(case)
    outcome, binding = _outcome(lines)
    if outcome is not Outcome.RELEASE and within_tolerance(facts.asked, policy):
        outcome, binding = Outcome.RELEASE, WITHIN_TOLERANCE
    return Verdict(
        outcome=outcome,
        binding=binding,
        currency=facts.currency,
        lines=lines,
        limits=_views(case),
        exposure=position.static,
        room=_room(case, outcome),
        remedies=remedies_for(case, lines) if outcome is not Outcome.RELEASE else (),
    )


def within_tolerance(asked: AskedFacts, policy: CreditPolicy) -> bool:
    """Whether a person released this order and it has hardly risen since (mechanics 5.6)."""
    most = asked.released * (1 + policy.tolerance_ratio)
    return asked.by_person and ZERO < asked.amount <= most


def internal_limit(limits: tuple[LimitFacts, ...]) -> LimitFacts | None:
    """The buyer's own limit; the starter's where nobody has granted one."""
    own = {each.kind: each for each in limits if not each.of_group}
    return own.get(INTERNAL) or own.get(STARTER)


def _free(facts: Facts) -> str | None:
    """Why the order is never held; None where it may be."""
    asked = facts.asked
    if asked.kind in FREE:
        return FREE[asked.kind]
    return PREPAID if ZERO < asked.amount <= asked.prepaid else None


def _lines(case: Case) -> tuple[Line, ...]:
    facts, policy, standing = case.facts, case.policy, case.facts.standing
    segment = policy.segment_of(standing.country, standing.sector, standing.is_new)
    lines = [line_of(case, rule) for rule in segment.rules if counts_for(rule, facts.asked.kind)]
    if case.limit is None and facts.asked.kind is OrderKind.ORDER:
        lines.append(Line(NO_LIMIT, Reaction.HOLD, False))
    lines += _group(case)
    if standing.knockouts:
        lines.append(Line(KNOCKOUT, Reaction.HOLD, False, items=standing.knockouts))
    return (*lines, *_backing(case))


def _group(case: Case) -> list[Line]:
    """The line of the group's limit, where it has one."""
    facts = case.facts
    limit = next((each for each in facts.limits if each.of_group), None)
    if limit is None or facts.asked.kind is OrderKind.BLANKET:
        return []
    bound = converted(facts, limit.amount, limit.currency)
    exposure = _group_exposure(case)
    return [Line(GROUP_LIMIT, Reaction.HOLD, exposure <= bound, Unit.MONEY, exposure, bound)]


def _group_exposure(case: Case) -> Decimal:
    """What all members owe with the order, orders beyond the horizon left out."""
    ends_on = case.facts.as_of + timedelta(days=case.policy.horizon_days)
    others = ZERO
    for account in case.facts.accounts[1:]:
        ledger, in_hand, due, _later = account_sums(case.facts, account, ends_on)
        others += ledger + in_hand + due
    return case.position.dynamic + others


def _backing(case: Case) -> list[Line]:
    """What the buyer's tier asks for besides a limit."""
    tier, asked = case.tier, case.facts.asked
    if tier is None or asked.kind is not OrderKind.ORDER:
        return []
    lines = []
    if tier.prepayment_share > ZERO:
        wanted = tier.prepayment_share * asked.amount
        lines.append(
            Line(
                PREPAYMENT,
                Reaction.HOLD,
                asked.prepaid >= wanted,
                Unit.ORDER_MONEY,
                asked.prepaid,
                wanted,
            )
        )
    if tier.security is not Backing.NONE:
        secured = any(each.eligible > ZERO for each in case.facts.securities)
        insured = any(each.kind == INSURED and each.amount > ZERO for each in case.facts.limits)
        held = {Backing.SECURITY: secured, Backing.COVER: insured}
        passed = held.get(tier.security, secured or insured)
        lines.append(Line(BACKING, Reaction.HOLD, passed, items=(tier.security.value,)))
    return lines


def _outcome(lines: tuple[Line, ...]) -> tuple[Outcome, str]:
    """The hardest reaction that failed; for a release the limit line with the least room."""
    failed = [line for line in lines if line.passed is False]
    worst = max((SEVERITY.index(line.reaction) for line in failed), default=0)
    outcome = OUTCOMES[SEVERITY[worst]]
    if outcome is not Outcome.RELEASE:
        return outcome, next(x.code for x in failed if x.reaction is SEVERITY[worst])
    amounts = [
        (line.bound - line.figure, line.code)
        for line in lines
        if line.passed and line.code.endswith("_limit")
        if line.bound is not None and line.figure is not None
    ]
    return outcome, min(amounts)[1] if amounts else "none"


def _views(case: Case) -> tuple[LimitView, ...]:
    """Internal, group and insured limits side by side."""
    views = []
    for limit in case.facts.limits:
        if limit is not case.limit and not limit.of_group and limit.kind != INSURED:
            continue
        amount = converted(case.facts, limit.amount, limit.currency)
        used = _group_exposure(case) if limit.of_group else case.position.dynamic
        kind = f"group_{limit.kind}" if limit.of_group else limit.kind
        views.append(LimitView(kind, case.facts.currency, amount, used, max(ZERO, amount - used)))
    if case.position.security > ZERO:
        secured = case.position.security
        owed = case.position.before + case.position.document
        views.append(LimitView("secured", case.facts.currency, secured, min(owed, secured), ZERO))
    return tuple(views)


def _room(case: Case, outcome: Outcome) -> Decimal | None:
    if case.limit is None:
        return None
    used = case.position.dynamic
    if outcome is not Outcome.RELEASE:
        used = max(ZERO, _without(case.position))
    return max(ZERO, case.bound - used)


def _without(position: Position) -> Decimal:
    return position.ledger + position.in_hand + position.due - position.security


def _bare(facts: Facts, outcome: Outcome, code: str, lines: tuple[Line, ...]) -> Verdict:
    """A verdict that compared no amounts."""
    return Verdict(outcome, code, facts.currency, lines, (), None, None)
