"""Decisions as they were given."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from xindun.control.gate.models import GateDecision
from xindun.control.gate.rules.stored import value_of
from xindun.control.gate.values import Decision, Facts, Verdict
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id

MAX_PAGE = 500


class UnknownDecision(DomainError):
    """No such decision in this tenant."""

    code = "unknown_decision"
    sentence = "There is no credit check {decision}."


def decision(public_id: UUID) -> Decision:
    """One decision.

    Raises:
        UnknownDecision: as the name says.
    """
    return decision_value(decision_row(public_id))


def facts_of(public_id: UUID) -> Facts:
    """All that a decision rests on.

    Raises:
        UnknownDecision: as the name says.
    """
    return value_of(Facts, decision_row(public_id).facts)


def decisions_of_order(order_id: int) -> list[Decision]:
    """Every check of an order, the newest first."""
    return [decision_value(row) for row in _rows().filter(order_id=order_id)[:MAX_PAGE]]


def decisions_after(
    buyer_id: int, *, after: int | None = None, limit: int = 50
) -> list[tuple[int, Decision]]:
    """Checks for a buyer with their row ids, the newest first, from behind row ``after`` on."""
    rows = _rows().filter(buyer_id=buyer_id)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return [(row.id, decision_value(row)) for row in rows[: min(limit, MAX_PAGE + 1)]]


def decision_row(public_id: UUID) -> GateDecision:
    """The row of a decision, for this context only.

    Raises:
        UnknownDecision: as the name says.
    """
    row = _rows().filter(public_id=public_id).first()
    if row is None:
        raise UnknownDecision(decision=public_id)
    return row


def decision_value(row: GateDecision) -> Decision:
    """A row as the value other contexts see."""
    facts = value_of(Facts, row.facts)
    return Decision(
        public_id=row.public_id,
        buyer_id=row.buyer_id,
        order_id=row.order.public_id if row.order else None,
        order_number=row.order_number,
        amount=facts.asked.amount,
        amount_currency=facts.asked.currency,
        verdict=value_of(Verdict, row.verdict),
        as_of=facts.as_of,
        decided_at=row.decided_at,
        policy_number=row.policy_number,
        policy_hash=row.policy_hash,
        prepared_at=facts.standing.prepared_at,
        evidence_id=row.evidence_id,
        reserved_until=row.reserved_until,
    )


def _rows() -> QuerySet[GateDecision]:
    rows = GateDecision.objects.filter(tenant_id=current_tenant_id())
    return rows.select_related("order").order_by("-id")
