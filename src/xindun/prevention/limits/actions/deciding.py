"""Approve or refuse a request, by authority and never by whoever made it.

What a reader would get wrong: amount and grade are judged again at the decision. A limit that was
granted meanwhile, or a grade that fell, counts; what the requester saw stays with the request.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from xindun.kernel.money import quantize
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy.reads import policy_in_force
from xindun.prevention.limits import models
from xindun.prevention.limits.actions.requesting import about, locked, tell_request
from xindun.prevention.limits.actions.writing import (
    Holder,
    advance,
    grade_of,
    in_policy,
    keep,
    note,
)
from xindun.prevention.limits.reads.authority import standing_of
from xindun.prevention.limits.reads.requests import request_value
from xindun.prevention.limits.rules import (
    BadLimitRequest,
    MoreThanRequested,
    after,
    authority_used,
    check_any,
    check_currency,
    decides_alone,
    review_on,
    total_with,
)
from xindun.prevention.limits.values import (
    Change,
    LimitKind,
    LimitRequest,
    RequestState,
    Standing,
    Step,
)
from xindun.record.evidence.values import Evidence
from xindun.record.tenants.reads import company_day, four_eyes, second_person_exists
from xindun.record.tenants.values import Actor, Permission, Role

LIVE = (
    *(RequestState.APPROVED, RequestState.PARTLY_APPROVED, RequestState.EFFECTIVE),
    *(RequestState.REVIEWED, RequestState.REDUCED),
)
"""States of a request whose limit stands or is going to."""


def approve(
    actor: Actor,
    public_id: UUID,
    *,
    amount: Decimal | None = None,
    conditions: str = "",
    said: str = "",
    now: datetime,
) -> LimitRequest:
    """Grant what was requested, or a part of it; it counts at once or from the day asked for.

    Args:
        amount: None for all of it.
        conditions: in words; they bind people.
        said: the reason, in the decider's words.

    Raises:
        NotPermitted, UnknownLimitRequest, NotPossibleNow, OwnRequest, AloneTooEarly, NoAuthority,
        BeyondAuthority, MoreThanRequested, BadLimitRequest, OtherCurrency: as named.
    """
    actor.check(Permission.LIMITS_DECIDE)
    with transaction.atomic():
        row, holder = locked(public_id)
        found = request_value(row)
        granted = found.amount if amount is None else amount
        step = Step.APPROVE if granted == found.amount else Step.APPROVE_PART
        after(found.state, step)
        _check_amount(found, granted, now)
        granted = quantize(granted, found.currency)
        stands = holder.stands(now)
        check_currency(found.kind, found.currency, stands)
        today = company_day(now)
        policy, standing = policy_in_force(at=now), standing_of(actor, now)
        grade = grade_of(holder.buyer.id, found.currency, as_of=today, now=now)
        total = total_with(found.kind, granted, stands)
        role = authority_used(
            policy, standing, in_policy(policy, total, found.currency, on=today), grade
        )
        alone = _alone(found, actor, standing, role, now)
        valid_from = max(now, found.starts_at or now)
        review = review_on(policy, grade, today)
        evidence = note(
            "limit_granted",
            holder,
            actor.name,
            now,
            inputs={
                "recommendation_hash": row.recommendation_hash,
                "grade": grade,
                "requester": found.requester,
                **_by(standing, role),
            },
            result={
                **about(row),
                "granted": granted,
                "total": total,
                "valid_from": valid_from,
                "valid_until": found.ends_at,
                "next_review_on": review,
                "sole_user": alone,
            },
            policy=policy,
        )
        row.awaiting, row.deadline_at = "", None
        row.decided_by, row.decided_at = actor.name, now
        row.decided_amount, row.conditions = granted, conditions.strip()
        advance(row, step, evidence, now=now, amount=granted, role=role, said=said.strip())
        keep(
            holder,
            Change.GRANTED,
            evidence,
            kind=found.kind,
            currency=found.currency,
            amount=granted,
            now=now,
            valid_from=valid_from,
            valid_until=found.ends_at,
            next_review_on=review,
            conditions=row.conditions,
            request_id=found.public_id,
            policy_number=policy.number,
        )
        if valid_from == now:
            take_effect(row, holder, evidence, now=now)
        tell_request("limit.decided", row, now)
    return request_value(row)


def refuse(actor: Actor, public_id: UUID, *, said: str, now: datetime) -> LimitRequest:
    """Refuse a request; any authority over limits is enough.

    Raises:
        NotPermitted, UnknownLimitRequest, NotPossibleNow, OwnRequest, NoAuthority: as named.
    """
    actor.check(Permission.LIMITS_DECIDE)
    with transaction.atomic():
        row, holder = locked(public_id)
        found = request_value(row)
        after(found.state, Step.REFUSE)
        policy, standing = policy_in_force(at=now), standing_of(actor, now)
        check_any(policy, standing)
        _alone(found, actor, standing, None, now)
        evidence = note(
            "limit_request_refused",
            holder,
            actor.name,
            now,
            inputs={"recommendation_hash": row.recommendation_hash, "grade": found.grade},
            result=about(row),
            policy=policy,
        )
        row.awaiting, row.deadline_at = "", None
        row.decided_by, row.decided_at = actor.name, now
        advance(row, Step.REFUSE, evidence, now=now, said=said.strip())
        tell_request("limit.decided", row, now)
    return request_value(row)


def take_effect(
    row: models.LimitRequest, holder: Holder, evidence: Evidence, *, now: datetime
) -> None:
    """The granted limit counts from now on, in place of an earlier one of its kind."""
    advance(row, Step.TAKE_EFFECT, evidence, now=now)
    for other in live_requests(holder, LimitKind(row.kind)):
        if other.pk < row.pk:
            advance(other, Step.REPLACE, evidence, now=now)


def live_requests(holder: Holder, kind: LimitKind | None = None) -> list[models.LimitRequest]:
    """Requests of a holder whose limit stands or is going to, locked."""
    rows = models.LimitRequest.objects.select_for_update().filter(
        tenant_id=current_tenant_id(), group_id=holder.group_id, state__in=LIVE
    )
    if holder.group_id is None:
        rows = rows.filter(buyer_id=holder.buyer.id)
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    return list(rows.order_by("id"))


def _check_amount(found: LimitRequest, granted: Decimal, now: datetime) -> None:
    if granted > found.amount:
        raise MoreThanRequested(amount=f"{found.currency} {found.amount.normalize():f}")
    over = found.ends_at is not None and found.ends_at <= now
    if granted <= 0 or granted != quantize(granted, found.currency) or over:
        raise BadLimitRequest


def _alone(
    found: LimitRequest, actor: Actor, standing: Standing, role: Role | None, now: datetime
) -> bool:
    own = standing.person == found.requester
    others = own and second_person_exists(actor, Permission.LIMITS_DECIDE, now)
    return decides_alone(found, standing, role, others=others, rule=four_eyes(), now=now)


def _by(standing: Standing, role: Role) -> dict[str, str]:
    """By whose authority, for the evidence."""
    if role == standing.own:
        return {"authority": role.value}
    giver = next(giver for lent, giver in standing.lent if lent == role)
    return {"authority": role.value, "on_behalf_of": giver}
