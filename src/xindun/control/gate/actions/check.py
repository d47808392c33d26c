"""Check an order and reserve its room: the one verb that an ERP calls before it takes an order on.

What a reader would get wrong: the same call serves a new order, an amendment and an order that is
opened again. Each is checked in full, so none of them slips past a hold, and an order never counts
twice: what stood of it before is left out of the comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from xindun.control.gate.actions.gathering import Question, Ready, gather, get_ready, lock
from xindun.control.gate.actions.keeping import close_hold, keep_decision, open_hold
from xindun.control.gate.rules import decide
from xindun.control.gate.values import Decision, HoldState, Outcome, Verdict
from xindun.record.orders import actions as orders
from xindun.record.orders import reads
from xindun.record.orders.values import Asked, Order, Prepayment, Verb
from xindun.record.parties.reads import buyer as buyer_of
from xindun.record.tenants.values import Actor, Permission

ZERO = Decimal(0)


def check(
    actor: Actor,
    buyer: UUID,
    asked: Asked,
    *,
    reserve: bool = True,
    needed: Permission = Permission.ORDERS_CHECK,
    now: datetime,
) -> Decision:
    """Answer whether the order may go ahead, and reserve its room if it may.

    Runs in the caller's transaction, which holds the buyer (and its group) until it ends.

    Args:
        buyer: public id of the customer.
        reserve: False only asks; nothing is written but the decision.
        needed: a shop's key has a permission of its own, for this alone.

    Raises:
        NotPermitted, UnknownBuyer, BadOrder, NumberTaken, PrepaymentUsed: as named.
    """
    actor.check(needed)
    ready = get_ready(buyer_of(buyer), now=now)
    lock(ready)
    question = ask(ready, asked, now=now)
    verdict = decide(question.facts, ready.policy)
    return answer(question, verdict, actor=actor.name, reserve=reserve, now=now)


def ask(ready: Ready, asked: Asked, *, now: datetime) -> Question:
    """Gather everything about one order; the holders are locked."""
    before = _before(ready, asked, now)
    if before is not None and before.buyer_id != ready.buyer.id:
        raise orders.NumberTaken(number=asked.number, source=asked.source)
    known = reads.prepayments_of(before.id) if before else ()
    cash = _new_cash(known, asked.prepayments, ready.as_of)
    prepaid = sum((each.amount for each in (*known, *cash)), ZERO)
    order = orders.described(
        before, asked, buyer_id=ready.buyer.id, prepaid=prepaid, as_of=ready.as_of
    )
    facts = gather(ready, asked, before, prepaid, now=now)
    return Question(ready, asked, before, order, facts, cash)


def answer(
    question: Question, verdict: Verdict, *, actor: str, reserve: bool, now: datetime
) -> Decision:
    """Write what follows from a verdict: order, exposure, worklist, decision, evidence."""
    if not reserve:
        return keep_decision(question, verdict, None, actor=actor, now=now)[1]
    order = _write(question, verdict, actor=actor, now=now)
    decision_id, decision = keep_decision(question, verdict, order, actor=actor, now=now)
    if verdict.outcome is Outcome.HOLD:
        open_hold(question, order, decision_id, verdict, now=now)
    elif question.before is not None:
        passed = verdict.outcome is Outcome.RELEASE
        close_hold(
            order.id,
            HoldState.PASSED if passed else HoldState.REFUSED,
            actor=actor,
            now=now,
        )
    return decision


def _write(question: Question, verdict: Verdict, *, actor: str, now: datetime) -> Order:
    before, order, policy = question.before, question.order, question.ready.policy
    if verdict.outcome is Outcome.RELEASE:
        stored = orders.let_through(
            before,
            order,
            order.amount,
            expires_at=now + timedelta(hours=policy.reservation_hours),
            by_person=question.facts.asked.by_person,
            actor=actor,
            now=now,
        )
    elif verdict.outcome is Outcome.HOLD:
        stored = orders.hold(before, order, actor=actor, now=now)
    else:
        stored = orders.refuse(before, order, actor=actor, now=now)
    if question.cash:
        orders.designate(stored, question.cash, now=now)
    return stored


def _new_cash(
    known: Sequence[Prepayment], told: Sequence[Prepayment], as_of: date
) -> tuple[Prepayment, ...]:
    """Cash that was not told before and has cleared; what clears later does not count yet."""
    references = {each.reference for each in known}
    return tuple(x for x in told if x.reference not in references and x.cleared_on <= as_of)


def _before(ready: Ready, asked: Asked, now: datetime) -> Order | None:
    """The order as it stands, after giving back the room of reservations whose time is over."""
    holders, before = (ready.buyer.id, *ready.prepared.standing.members), None
    for order in reads.orders_at_hand(asked.source, asked.number, holders, now=now):
        stands = order
        if order.buyer_id in holders and reads.is_expired(order, now):
            stands = orders.move(order, Verb.EXPIRE, actor="system:gate", now=now)
        if (order.source, order.number) == (asked.source, asked.number):
            before = stands
    return before
