"""Let a held order through, or turn it down; and try again when something has changed.

What a reader would get wrong: a person's release may go beyond the limit, within that person's
authority, and says so in the evidence. It never lifts a stop: sanctions, fraud and law are not a
question of amounts.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from xindun.control.gate.actions.check import answer, ask
from xindun.control.gate.actions.gathering import Question, Ready, get_ready, lock
from xindun.control.gate.actions.keeping import close_hold, tell_decided
from xindun.control.gate.models import GateHold
from xindun.control.gate.reads.holds import hold_row, sender_of
from xindun.control.gate.rules import decide, release_comes_to
from xindun.control.gate.values import HoldState, Outcome, Verdict
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Plain, Subject
from xindun.record.orders import actions as orders
from xindun.record.orders import reads
from xindun.record.orders.values import Asked, Order, Prepayment
from xindun.record.parties.reads import buyers_by_id
from xindun.record.tenants.reads import roles_behind
from xindun.record.tenants.values import Actor, Permission

LONGEST = 2000
AT_ONCE = 500
ZERO = Decimal(0)


class ReleaseReasonMissing(DomainError):
    """A decision about a held order without a reason."""

    code = "release_reason_missing"
    sentence = "Say why, in 1 to {length} characters."


class NotInAuthority(DomainError):
    """The amount or the grade is beyond what the actor's role may decide."""

    code = "not_in_authority"
    sentence = "The credit policy does not let your role decide on {amount} {currency} here."


class OwnOrder(DomainError):
    """Whoever sent the order may not release it."""

    code = "own_order"
    sentence = "Somebody else has to decide about an order that you sent."


class StopInForce(DomainError):
    """A stop holds the order; only lifting it helps."""

    code = "stop_in_force"
    sentence = "A stop holds this order ({kinds}); it has to be lifted first."


class BadRelease(DomainError):
    """Part of an order is released that it does not have."""

    code = "bad_release"
    sentence = "Release an amount above zero and at most {amount}."


def release_hold(
    actor: Actor,
    hold_id: UUID,
    *,
    reason: str,
    amount: Decimal | None = None,
    condition: str = "",
    now: datetime,
) -> Order:
    """Let a held order through on a person's word.

    Args:
        amount: up to how much of the order; None for all of it.
        condition: what the release depends on, in words; it binds people and stands in the
            order's history.

    Raises:
        NotPermitted, UnknownHold, ReleaseReasonMissing, OwnOrder, NotInAuthority, StopInForce,
        BadRelease: as named.
    """
    actor.check(Permission.ORDERS_RELEASE)
    said = _reason(reason)
    row, ready, order = _locked(hold_id, now=now)
    question = ask(ready, asked_of(order), now=now)
    if question.facts.stops:
        raise StopInForce(kinds=", ".join(x.value for x in question.facts.stops))
    part = order.amount if amount is None else amount
    if not ZERO < part <= order.amount or part < order.released:
        raise BadRelease(amount=f"{order.amount:f}")
    verdict = decide(question.facts, ready.policy)
    _check_authority(actor, question, verdict, now=now)
    after = orders.let_through(
        order,
        question.order,
        part,
        expires_at=now + timedelta(hours=ready.policy.reservation_hours),
        by_person=True,
        actor=actor.name,
        now=now,
    )
    _note(
        actor,
        row,
        after,
        said,
        now,
        {
            "rules_said": verdict.outcome.value,
            "binding": verdict.binding,
            "released": f"{part:f}",
            "exposure": None if verdict.exposure is None else f"{verdict.exposure:f}",
            "exposure_currency": verdict.currency,
            "condition_hash": _hash(condition) if condition else None,
        },
    )
    text = f"{said}\n{condition}".strip()
    close_hold(order.id, HoldState.RELEASED, actor=actor.name, now=now, reason=text)
    tell_decided(after, HoldState.RELEASED, now=now)
    return after


def refuse_hold(actor: Actor, hold_id: UUID, *, reason: str, now: datetime) -> Order:
    """Turn a held order down; what was released of it before stays released.

    Raises:
        NotPermitted, UnknownHold, ReleaseReasonMissing: as named.
    """
    actor.check(Permission.ORDERS_RELEASE)
    said = _reason(reason)
    row, _ready, order = _locked(hold_id, now=now)
    after = orders.refuse(order, order, actor=actor.name, now=now)
    _note(actor, row, after, said, now, {})
    close_hold(order.id, HoldState.REFUSED, actor=actor.name, now=now, reason=said)
    tell_decided(after, HoldState.REFUSED, now=now)
    return after


def recheck_waiting(*, now: datetime) -> int:
    """Check every waiting order again, oldest first; how many passed.

    For after a payment, a new limit or a new grade. Those that still fail stay as
    they are, with the figures of their last check.
    """
    rows = GateHold.objects.filter(tenant_id=current_tenant_id(), state=HoldState.WAITING.value)
    passed = 0
    for hold_id in list(rows.order_by("opened_at").values_list("public_id", flat=True)[:AT_ONCE]):
        _row, ready, order = _locked(hold_id, now=now)
        question = ask(ready, asked_of(order), now=now)
        verdict = decide(question.facts, ready.policy)
        if verdict.outcome is Outcome.RELEASE:
            answer(question, verdict, actor="system:gate", reserve=True, now=now)
            tell_decided(reads.order(order.public_id), HoldState.PASSED, now=now)
            passed += 1
    return passed


def asked_of(order: Order) -> Asked:
    """The order as its sender last stated it."""
    cash: tuple[Prepayment, ...] = reads.prepayments_of(order.id)
    return Asked(
        order.source,
        order.number,
        order.currency,
        order.amount,
        order.kind,
        order.deliver_on,
        order.terms_days,
        order.contract,
        cash,
    )


def _locked(hold_id: UUID, *, now: datetime) -> tuple[GateHold, Ready, Order]:
    """The waiting entry with its order, read again under the buyer's lock."""
    row = hold_row(hold_id)
    ready = get_ready(buyers_by_id([row.buyer_id])[row.buyer_id], now=now)
    lock(ready)
    row = hold_row(hold_id)
    return row, ready, reads.orders_by_id([row.order_id])[row.order_id]


def _check_authority(actor: Actor, question: Question, verdict: Verdict, *, now: datetime) -> None:
    """The exposure that the release would make must lie within the actor's authority."""
    order, facts, policy = question.order, question.facts, question.ready.policy
    if sender_of(order.id) == actor.name:
        raise OwnOrder
    roles = roles_behind(actor, Permission.ORDERS_RELEASE, now=now)
    amount, currency = release_comes_to(facts, verdict, policy), policy.currency
    if policy.may_decide(roles, amount, facts.standing.grade):
        return
    if not amount.is_finite():
        amount, currency = order.amount, order.currency
    raise NotInAuthority(amount=f"{amount:f}", currency=currency)


def _reason(text: str) -> str:
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST:
        raise ReleaseReasonMissing(length=LONGEST)
    return said


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _note(
    actor: Actor, row: GateHold, order: Order, reason: str, now: datetime, said: dict[str, Plain]
) -> None:
    """Evidence of a person's decision; words may name people, so they enter as hashes."""
    append(
        kind="order_changed",
        subject=Subject("order", str(order.public_id)),
        actor=actor.name,
        occurred_at=now,
        inputs={"hold": str(row.public_id), "reason_hash": _hash(reason)},
        result={"verb": "decide", "state": order.state.value, **said},
        versions={},
    )
