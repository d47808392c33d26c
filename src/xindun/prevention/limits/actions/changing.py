"""Review, reduce and withdraw limits that stand; record what an insurer covers.

What a reader would get wrong: these act at once and need no request. A reduction and a review need
authority over what stands; a withdrawal may be made by anybody with any authority over limits,
because risk does not wait.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from xindun.kernel.errors import DomainError
from xindun.kernel.money import NO_CURRENCY, UnknownCurrency, quantize
from xindun.prevention.credit_policy.reads import policy_in_force
from xindun.prevention.credit_policy.values import CreditPolicy
from xindun.prevention.limits.actions.deciding import live_requests
from xindun.prevention.limits.actions.requesting import holder_of
from xindun.prevention.limits.actions.writing import (
    Holder,
    advance,
    grade_of,
    in_policy,
    keep,
    note,
)
from xindun.prevention.limits.reads.authority import standing_of
from xindun.prevention.limits.reads.granted import granted_history
from xindun.prevention.limits.rules import (
    BadLimitRequest,
    NotLess,
    authority_used,
    check_any,
    hash_of,
    review_on,
)
from xindun.prevention.limits.values import Change, GrantedLimit, LimitInForce, LimitKind, Step
from xindun.record.evidence.values import Evidence
from xindun.record.tenants.reads import company_day, day_begins
from xindun.record.tenants.values import Actor, Permission, Role


class NothingStands(DomainError):
    """The holder has no such limit to change."""

    code = "no_limit_stands"
    sentence = "There is no such limit to change."


def review(
    actor: Actor,
    buyer: UUID,
    *,
    kind: LimitKind = LimitKind.PERMANENT,
    for_group: bool = False,
    said: str,
    now: datetime,
) -> GrantedLimit:
    """Confirm a limit as it is; the next review is due a cycle of the buyer's tier later.

    Raises:
        NotPermitted, UnknownBuyer, NoGroup, NothingStands, NoAuthority, BeyondAuthority,
        BadLimitRequest: as named.
    """
    return _change(actor, buyer, kind, for_group, Change.REVIEWED, None, said, now)


def reduce(
    actor: Actor,
    buyer: UUID,
    amount: Decimal,
    *,
    kind: LimitKind = LimitKind.PERMANENT,
    for_group: bool = False,
    said: str,
    now: datetime,
) -> GrantedLimit:
    """Reduce a limit at once.

    Raises:
        NotPermitted, UnknownBuyer, NoGroup, NothingStands, NotLess, NoAuthority, BeyondAuthority,
        BadLimitRequest: as named.
    """
    return _change(actor, buyer, kind, for_group, Change.REDUCED, amount, said, now)


def withdraw(
    actor: Actor, buyer: UUID, *, for_group: bool = False, said: str, now: datetime
) -> None:
    """Withdraw every limit of a holder at once, those granted for later too.

    Raises:
        NotPermitted, UnknownBuyer, NoGroup, NothingStands, NoAuthority, BadLimitRequest: as named.
    """
    actor.check(Permission.LIMITS_DECIDE)
    _check_said(said)
    holder = holder_of(buyer, for_group=for_group, as_of=company_day(now), now=now)
    policy = policy_in_force(at=now)
    check_any(policy, standing_of(actor, now))
    with transaction.atomic():
        holder.lock()
        rows = _to_withdraw(holder, now)
        if not rows:
            raise NothingStands
        evidence = note(
            "limit_withdrawn",
            holder,
            actor.name,
            now,
            inputs={"reason_hash": hash_of({"reason": said})},
            result={"kinds": sorted(row.kind.value for row in rows)},
            policy=policy,
        )
        for request in live_requests(holder):
            advance(request, Step.WITHDRAW, evidence, now=now, amount=Decimal(0), said=said)
        for row in rows:
            keep(
                holder,
                Change.WITHDRAWN,
                evidence,
                kind=row.kind,
                currency=row.currency,
                amount=Decimal(0),
                now=now,
                request_id=row.request_id,
                policy_number=policy.number,
            )


def record_insured(
    actor: Actor,
    buyer: UUID,
    *,
    currency: str,
    amount: Decimal,
    ends_on: date | None,
    said: str,
    now: datetime,
) -> None:
    """Record what an insurer covers, as the insurer stated it; 0 when it withdrew.

    Args:
        ends_on: the last day of cover; None for no end.
        said: where that is written, such as the number of the endorsement.

    Raises:
        NotPermitted, UnknownBuyer, BadLimitRequest, UnknownCurrency: as named.
    """
    actor.check(Permission.LIMITS_DECIDE)
    _check_said(said)
    if currency == NO_CURRENCY:
        raise UnknownCurrency(currency=currency)
    today = company_day(now)
    if amount < 0 or amount != quantize(amount, currency) or (ends_on and ends_on < today):
        raise BadLimitRequest
    holder = holder_of(buyer, for_group=False, as_of=today, now=now)
    with transaction.atomic():
        holder.lock()
        evidence = note(
            "insured_limit_recorded",
            holder,
            actor.name,
            now,
            inputs={"reason_hash": hash_of({"reason": said})},
            result={"currency": currency, "amount": amount, "ends_on": ends_on},
        )
        keep(
            holder,
            Change.GRANTED if amount else Change.WITHDRAWN,
            evidence,
            kind=LimitKind.INSURED,
            currency=currency,
            amount=amount,
            now=now,
            valid_until=None if ends_on is None else day_begins(ends_on + timedelta(days=1)),
            conditions=said.strip(),
        )


def _change(
    actor: Actor,
    buyer: UUID,
    kind: LimitKind,
    for_group: bool,
    change: Change,
    amount: Decimal | None,
    said: str,
    now: datetime,
) -> GrantedLimit:
    """Append a changed row of the limit that stands; ``amount`` None keeps it."""
    actor.check(Permission.LIMITS_DECIDE)
    _check_said(said)
    today = company_day(now)
    holder = holder_of(buyer, for_group=for_group, as_of=today, now=now)
    with transaction.atomic():
        holder.lock()
        stands = holder.stands(now)
        row = _own(stands, kind)
        after = row.amount if amount is None else amount
        if amount is not None and (
            not 0 < after < row.amount or after != quantize(after, row.currency)
        ):
            raise NotLess(amount=f"{row.currency} {row.amount.normalize():f}")
        policy = policy_in_force(at=now)
        grade = grade_of(holder.buyer.id, row.currency, as_of=today, now=now)
        role = _authority(actor, policy, stands, grade, today, now)
        due = review_on(policy, grade, today)
        evidence = note(
            f"limit_{change.value}",
            holder,
            actor.name,
            now,
            inputs={"reason_hash": hash_of({"reason": said}), "grade": grade, "authority": role},
            result={
                "kind": kind.value,
                "currency": row.currency,
                "before": row.amount,
                "after": after,
                "next_review_on": due,
            },
            policy=policy,
        )
        _step(holder, kind, change, evidence, after, role, said, now)
        keep(
            holder,
            change,
            evidence,
            kind=kind,
            currency=row.currency,
            amount=after,
            now=now,
            valid_until=row.valid_until,
            next_review_on=due,
            conditions=row.conditions,
            request_id=row.request_id,
            policy_number=policy.number,
        )
        return _own(holder.stands(now), kind)


def _step(
    holder: Holder,
    kind: LimitKind,
    change: Change,
    evidence: Evidence,
    amount: Decimal,
    role: Role,
    said: str,
    now: datetime,
) -> None:
    step = Step.REVIEW if change is Change.REVIEWED else Step.REDUCE
    for request in live_requests(holder, kind):
        if request.state not in ("approved", "partly_approved"):
            advance(request, step, evidence, now=now, amount=amount, role=role, said=said)


def _authority(
    actor: Actor,
    policy: CreditPolicy,
    stands: LimitInForce,
    grade: int | None,
    today: date,
    now: datetime,
) -> Role:
    total = in_policy(policy, stands.amount or Decimal(0), stands.currency or "", on=today)
    return authority_used(policy, standing_of(actor, now), total, grade)


def _own(stands: LimitInForce, kind: LimitKind) -> GrantedLimit:
    row = stands.temporary if kind is LimitKind.TEMPORARY else stands.permanent
    if row is None or row.amount == 0:
        raise NothingStands
    return row


def _to_withdraw(holder: Holder, now: datetime) -> list[GrantedLimit]:
    """The newest decision of each own kind, unless it was a withdrawal or has run out."""
    newest: dict[LimitKind, GrantedLimit] = {}
    for row in granted_history(holder.buyer_id, holder.group_id):
        newest.setdefault(row.kind, row)
    return [
        row
        for kind, row in newest.items()
        if kind is not LimitKind.INSURED
        and row.amount > 0
        and (row.valid_until is None or row.valid_until > now)
    ]


def _check_said(said: str) -> None:
    if not said.strip():
        raise BadLimitRequest
