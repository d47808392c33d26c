"""Keep a decision with its facts and evidence, and the worklist in step with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from xindun.control.gate.actions.gathering import Question
from xindun.control.gate.models import GateHold
from xindun.control.gate.rules.stored import digest, json_of
from xindun.control.gate.values import Decision, HoldState, Outcome, Verdict
from xindun.kernel.identifiers import new_public_id
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.orders.values import Order

RULES_VERSION = "gate-1"
ZERO = Decimal(0)
_DECISION = """
insert into gate_decision (tenant_id, public_id, buyer_id, order_id, order_number, outcome,
    binding, facts, verdict, policy_number, policy_hash, evidence_id, reserved_until, actor,
    decided_at)
values (%(tenant)s, %(public_id)s, %(buyer)s, %(order)s, %(number)s, %(outcome)s, %(binding)s,
    %(facts)s, %(verdict)s, %(policy)s, %(policy_hash)s, %(evidence)s, %(until)s, %(actor)s,
    %(at)s)
returning id
"""


def keep_decision(
    question: Question, verdict: Verdict, order: Order | None, *, actor: str, now: datetime
) -> tuple[int, Decision]:
    """Append the decision and its evidence; a held order is told to those who listen.

    Returns:
        The row id, which the worklist points to, and the decision.
    """
    facts, said, policy = json_of(question.facts), json_of(verdict), question.ready.policy
    public_id, policy_hash = new_public_id(), policy.content_hash.hex()
    evidence = append(
        kind="order_checked",
        subject=Subject("credit_check", str(public_id)),
        actor=actor,
        occurred_at=now,
        inputs={
            "buyer": str(question.ready.buyer.public_id),
            "order": str(order.public_id) if order else None,
            "number_sha256": digest(question.asked.number),
            "facts_sha256": digest(facts),
        },
        result={
            "outcome": verdict.outcome.value,
            "binding": verdict.binding,
            "verdict_sha256": digest(said),
            "amount": f"{question.asked.amount:f}",
            "currency": question.asked.currency,
        },
        versions={"rules": RULES_VERSION, "policy": policy.number, "policy_sha256": policy_hash},
    )
    until = order.expires_at if order and verdict.outcome is Outcome.RELEASE else None
    with connection.cursor() as cursor:
        cursor.execute(
            _DECISION,
            {
                "tenant": current_tenant_id(),
                "public_id": public_id,
                "buyer": question.ready.buyer.id,
                "order": order.id if order else None,
                "number": question.asked.number,
                "outcome": verdict.outcome.value,
                "binding": verdict.binding,
                "facts": facts,
                "verdict": said,
                "policy": policy.number,
                "policy_hash": policy_hash,
                "evidence": evidence.public_id,
                "until": until,
                "actor": actor,
                "at": now,
            },
        )
        row_id: int = cursor.fetchone()[0]
    if order is not None and verdict.outcome is not Outcome.RELEASE:
        tell_checked(order, verdict.outcome, now=now)
    return row_id, Decision(
        public_id=public_id,
        buyer_id=question.ready.buyer.id,
        order_id=order.public_id if order else None,
        order_number=question.asked.number,
        amount=question.asked.amount,
        amount_currency=question.asked.currency,
        verdict=verdict,
        as_of=question.facts.as_of,
        decided_at=now,
        policy_number=policy.number,
        policy_hash=policy_hash,
        prepared_at=question.facts.standing.prepared_at,
        evidence_id=evidence.public_id,
        reserved_until=until,
    )


def open_hold(
    question: Question, order: Order, decision_id: int, verdict: Verdict, *, now: datetime
) -> None:
    """Put an order into the worklist, or bring its entry up to date; the deadline stays."""
    row = GateHold.objects.filter(
        tenant_id=current_tenant_id(), order_id=order.id, state=HoldState.WAITING.value
    ).first() or GateHold(
        tenant_id=current_tenant_id(),
        buyer_id=order.buyer_id,
        order_id=order.id,
        state=HoldState.WAITING.value,
        opened_at=now,
        due_at=now + timedelta(hours=question.ready.policy.hold_hours),
    )
    row.decision_id = decision_id
    row.binding, row.currency = verdict.binding, order.currency
    row.at_risk = max(ZERO, order.amount - order.delivered)
    row.save()


def close_hold(
    order_id: int, state: HoldState, *, actor: str, now: datetime, reason: str = ""
) -> None:
    """Take an order out of the worklist, if it is in it."""
    GateHold.objects.filter(
        tenant_id=current_tenant_id(), order_id=order_id, state=HoldState.WAITING.value
    ).update(state=state.value, decided_by=actor, decided_at=now, reason=reason)


def tell_checked(order: Order, outcome: Outcome, *, now: datetime) -> None:
    """Tell those outside that the rules held or refused an order; ids and codes only."""
    if outcome is Outcome.HOLD:
        publish("order.held", *_message(order), occurred_at=now)
    elif outcome is Outcome.REFUSE:
        publish("order.refused", *_message(order), occurred_at=now)


def tell_decided(order: Order, state: HoldState, *, now: datetime) -> None:
    """Tell those outside what became of a held order; ids and codes only."""
    if state in (HoldState.RELEASED, HoldState.PASSED):
        publish("order.released", *_message(order), occurred_at=now)
    else:
        publish("order.declined", *_message(order), occurred_at=now)


def _message(order: Order) -> tuple[str, dict[str, str | int]]:
    """Subject and payload of everything that is told of an order."""
    said = {"order": str(order.public_id), "state": order.state.value, "version": order.version}
    return f"order:{order.public_id}", said
