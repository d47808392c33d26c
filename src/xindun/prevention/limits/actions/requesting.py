"""Request a limit: the credit application, with the recommendation frozen into it.

What a reader would get wrong: the recommendation that stands with a request is the one of that
moment. A later run changes nothing about what the deciders were shown.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy.reads import policy_in_force
from xindun.prevention.credit_policy.values import CreditPolicy
from xindun.prevention.limits import models
from xindun.prevention.limits.actions.writing import Holder, advance, grade_of, in_policy, note
from xindun.prevention.limits.reads.authority import person_of, roles_held
from xindun.prevention.limits.reads.recommended import latest_recommendation
from xindun.prevention.limits.reads.requests import UnknownLimitRequest, request_value
from xindun.prevention.limits.rules import (
    OwnRequest,
    check_request,
    frozen,
    hash_of,
    next_role,
    stored_references,
    total_with,
)
from xindun.prevention.limits.values import (
    LimitRequest,
    NewRequest,
    RequestState,
    Step,
)
from xindun.record.company_file.reads import document
from xindun.record.parties import reads as parties
from xindun.record.tenants.reads import day_begins
from xindun.record.tenants.values import Actor, Permission


class RequestWaits(DomainError):
    """The same holder has an open request of this kind."""

    code = "limit_request_waits"
    sentence = "A request of this kind waits for a decision already; decide or take it back first."


class NoGroup(DomainError):
    """The buyer's company is not known, so neither is its group."""

    code = "no_group_known"
    sentence = "It is not known which company this buyer is, so neither is its group."


def request_limit(
    actor: Actor, buyer: UUID, new: NewRequest, *, today: date, now: datetime
) -> LimitRequest:
    """Request a limit; it waits for the least authority that covers it.

    Args:
        today: the tenant's day at ``now``.

    Raises:
        NotPermitted, UnknownBuyer, NoGroup, UnknownDocument, BadLimitRequest, UnknownCurrency,
        TemporaryNeedsEnd, OtherCurrency, RequestWaits: as named.
    """
    actor.check(Permission.LIMITS_REQUEST)
    holder = holder_of(buyer, for_group=new.for_group, as_of=today, now=now)
    for each in new.documents:
        document(each)
    with transaction.atomic():
        holder.lock()
        stands = holder.stands(now)
        check_request(new, stands, today)
        _check_none_waits(holder, new)
        policy = policy_in_force(at=now)
        grade = grade_of(holder.buyer.id, new.currency, as_of=today, now=now)
        total = total_with(new.kind, new.amount, stands)
        shown = frozen(
            None
            if new.for_group
            else latest_recommendation(holder.buyer.id, new.currency, as_of=today, known_at=now)
        )
        measured = in_policy(policy, total, new.currency, on=today)
        held = roles_held(apart_from=person_of(actor))
        awaiting = next_role(policy, measured, grade, None, held)
        row = models.LimitRequest(
            tenant_id=current_tenant_id(),
            buyer_id=holder.buyer.id,
            group_id=holder.group_id,
            kind=new.kind.value,
            currency=new.currency,
            amount=new.amount,
            starts_at=midnight(new.starts_on, today=today),
            ends_at=None if new.ends_on is None else day_begins(new.ends_on + timedelta(days=1)),
            reason=new.reason.strip(),
            settlement_currency=new.settlement_currency,
            references=stored_references(new.references),
            documents=list(new.documents),
            recommendation=None if shown is None else dict(shown.body),
            recommendation_hash="" if shown is None else shown.content_hash,
            current_amount=stands.amount,
            total=total,
            grade=grade,
            policy_number=policy.number,
            requester=person_of(actor),
            requested_at=now,
            state=RequestState.REQUESTED.value,
            awaiting=awaiting.value if awaiting else "",
            deadline_at=deadline(policy, now) if awaiting else None,
        )
        _keep(row, holder, policy, actor, now)
    return request_value(row)


def take_back(actor: Actor, public_id: UUID, *, now: datetime) -> LimitRequest:
    """Take one's own request back.

    Raises:
        NotPermitted, UnknownLimitRequest, OwnRequest, NotPossibleNow: as named; ``OwnRequest`` for
            somebody else's, which is refused instead.
    """
    actor.check(Permission.LIMITS_REQUEST)
    with transaction.atomic():
        row, holder = locked(public_id)
        if person_of(actor) != row.requester:
            raise OwnRequest
        evidence = note(
            "limit_request_taken_back", holder, actor.name, now, inputs={}, result=about(row)
        )
        row.awaiting, row.deadline_at = "", None
        advance(row, Step.TAKE_BACK, evidence, now=now)
        tell_request("limit.decided", row, now)
    return request_value(row)


def holder_of(buyer: UUID, *, for_group: bool, as_of: date, now: datetime) -> Holder:
    """A buyer, or its group, as the holder of limits.

    Raises:
        UnknownBuyer, NoGroup: as named.
    """
    found = parties.buyer(buyer)
    if not for_group:
        return Holder(found)
    head = parties.groups_of_buyers([found.id], as_of=as_of, known_at=now).get(found.id)
    group_id = None if head is None else head.party.public_id if head.party else head.entity
    if group_id is None:
        raise NoGroup
    return Holder(found, group_id)


def locked(public_id: UUID) -> tuple[models.LimitRequest, Holder]:
    """A request and its holder, both held until the transaction ends.

    Raises:
        UnknownLimitRequest: as the name says.
    """
    rows = models.LimitRequest.objects.filter(tenant_id=current_tenant_id(), public_id=public_id)
    seen = rows.first()
    if seen is None:
        raise UnknownLimitRequest
    holder = Holder(parties.buyers_by_id([seen.buyer_id])[seen.buyer_id], seen.group_id)
    holder.lock()
    return rows.select_for_update().get(), holder


def deadline(policy: CreditPolicy, now: datetime) -> datetime:
    """When a request moves on: as long as the policy lets a held order wait."""
    return now + timedelta(hours=policy.hold_hours)


def about(row: models.LimitRequest) -> dict[str, str]:
    """What evidence says of a request in every one of its steps."""
    return {
        "request": str(row.public_id),
        "kind": row.kind,
        "currency": row.currency,
        "requested": str(row.amount),
    }


def _keep(
    row: models.LimitRequest, holder: Holder, policy: CreditPolicy, actor: Actor, now: datetime
) -> None:
    evidence = note(
        "limit_requested",
        holder,
        actor.name,
        now,
        inputs={
            "recommendation_hash": row.recommendation_hash,
            "reason_hash": hash_of({"reason": row.reason}),
            "references_hash": hash_of({"references": row.references}),
            "documents": list(row.documents),
            "grade": row.grade,
        },
        result={
            **about(row),
            "total": row.total,
            "settlement_currency": row.settlement_currency,
            "awaiting": row.awaiting,
            "deadline_at": row.deadline_at,
        },
        policy=policy,
    )
    row.save(force_insert=True)
    if row.recommendation is not None:
        shown = row.recommendation
        amount = None if shown["amount"] is None else Decimal(shown["amount"])
        advance(row, Step.RECOMMEND, evidence, now=now, amount=amount, said=shown["binding"] or "")
    tell_request("limit.requested", row, now)


def _check_none_waits(holder: Holder, new: NewRequest) -> None:
    rows = models.LimitRequest.objects.filter(
        tenant_id=current_tenant_id(), kind=new.kind.value, group_id=holder.group_id
    )
    if holder.group_id is None:
        rows = rows.filter(buyer_id=holder.buyer.id)
    if rows.filter(state__in=[RequestState.REQUESTED, RequestState.RECOMMENDED]).exists():
        raise RequestWaits


def tell_request(topic: str, row: models.LimitRequest, now: datetime) -> None:
    """Say outside what became of a request, in codes."""
    publish(
        topic,
        f"limit_request:{row.public_id}",
        {"state": row.state, "awaiting": row.awaiting},
        occurred_at=now,
    )


def midnight(day: date | None, *, today: date) -> datetime | None:
    """The beginning of a day of the tenant's; None for today or no day, which begin at once."""
    if day is None or day <= today:
        return None
    return day_begins(day)
