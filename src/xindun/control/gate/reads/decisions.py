"""Decisions as they were given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet

from xindun.control.gate.models import GateDecision
from xindun.control.gate.rules import Position, position_of, release_comes_to
from xindun.control.gate.rules.stored import value_of
from xindun.control.gate.values import Decision, DecisionsPage, Facts, Outcome, Verdict
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy.reads import policy_numbered
from xindun.record.tenants.values import Role

MAX_PAGE, PAGE_SIZE = 500, 20
CHECK_SORTS = {
    "decided": "id",
    "order": "order_number",
    "outcome": "outcome",
    "rule": "binding",
}
"""What a buyer's checks can be ordered by; ``-`` in front turns it round."""
NEWEST_FIRST = "-decided"


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


def composition_of(public_id: UUID) -> Position | None:
    """What the exposure of a decision is made of; None where it compared no amounts."""
    row = decision_row(public_id)
    if value_of(Verdict, row.verdict).exposure is None:
        return None
    policy = policy_numbered(row.policy_number)
    return position_of(value_of(Facts, row.facts), policy.horizon_days)


def roles_that_may_release(public_id: UUID) -> tuple[Role, ...]:
    """Roles whose authority covers letting the order through, by the facts of this decision.

    What a reader would get wrong: the release itself judges anew, by the facts of its moment.
    """
    row = decision_row(public_id)
    policy, facts = policy_numbered(row.policy_number), value_of(Facts, row.facts)
    amount = release_comes_to(facts, value_of(Verdict, row.verdict), policy)
    return tuple(role for role in Role if policy.may_decide({role}, amount, facts.standing.grade))


def decisions_by_id(public_ids: Iterable[UUID]) -> dict[UUID, Decision]:
    """Decisions by their public id; unknown ones are left out."""
    rows = _rows().filter(public_id__in=list(public_ids))
    return {row.public_id: decision_value(row) for row in rows}


def newest_checks(order_ids: Iterable[int]) -> dict[int, UUID]:
    """Public id of the newest check of each order (row ids)."""
    rows = _rows().filter(order_id__in=list(order_ids)).order_by("order_id", "-id")
    return dict(rows.distinct("order_id").values_list("order_id", "public_id"))


def checks_page(
    buyer_id: int,
    *,
    query: str = "",
    outcome: Outcome | None = None,
    sort: str = NEWEST_FIRST,
    page: int = 1,
) -> DecisionsPage:
    """One page of a buyer's checks; ``query`` looks in the numbers of orders."""
    found = Paginator(_narrowed(buyer_id, query, outcome, sort), PAGE_SIZE)
    shown = found.get_page(page)
    return DecisionsPage(
        tuple(map(decision_value, shown)), found.count, shown.number, found.num_pages
    )


def iter_checks(
    buyer_id: int, *, query: str = "", outcome: Outcome | None = None, sort: str = NEWEST_FIRST
) -> Iterator[Decision]:
    """All of them in the same order."""
    rows = _narrowed(buyer_id, query, outcome, sort)
    yield from map(decision_value, rows.iterator(chunk_size=MAX_PAGE))


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


def _narrowed(
    buyer_id: int, query: str, outcome: Outcome | None, sort: str
) -> QuerySet[GateDecision, Any]:
    rows = _rows().filter(buyer_id=buyer_id)
    if query.strip():
        rows = rows.filter(order_number__icontains=query.strip())
    if outcome is not None:
        rows = rows.filter(outcome=outcome.value)
    sign = "-" if sort.startswith("-") else ""
    name = CHECK_SORTS.get(sort.removeprefix("-"))
    return rows.order_by("-id") if name is None else rows.order_by(sign + name, "-id")
