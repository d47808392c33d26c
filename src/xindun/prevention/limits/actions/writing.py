"""What every change of a limit writes: the row of the history, the step of the request, evidence.

What a reader would get wrong: the holder is locked first, always. Two decisions on one holder wait
for each other, so the newest row is also the one that was decided last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from xindun.kernel.money import Money
from xindun.kit.events import LIMITS_CHANGED, announce
from xindun.kit.outbox import publish
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy.values import CreditPolicy
from xindun.prevention.limits import models
from xindun.prevention.limits.reads.granted import group_limit_in_force, limit_in_force
from xindun.prevention.limits.rules import UNKNOWN_AMOUNT, after, worse
from xindun.prevention.limits.values import (
    Change,
    GrantedLimit,
    LimitInForce,
    LimitKind,
    RequestState,
    Step,
)
from xindun.prevention.scoring import reads as scoring
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Evidence, Plain, Subject
from xindun.record.parties.values import BuyerValue
from xindun.record.reference.reads import exchange
from xindun.record.reference.values import RateMissing, RateStale
from xindun.record.tenants.values import Role


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose limit it is: a buyer's, or that of the group to which ``buyer`` belongs."""

    buyer: BuyerValue
    group_id: UUID | None = None

    @property
    def buyer_id(self) -> int | None:
        """Of the row of the history; None for a group's."""
        return self.buyer.id if self.group_id is None else None

    def lock(self) -> None:
        """Let nobody else decide on this holder until the transaction ends."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_advisory_xact_lock(hashtextextended(%s, 7))",
                [f"limits {current_tenant_id()} {self.buyer_id} {self.group_id}"],
            )

    def stands(self, at: datetime) -> LimitInForce:
        """The holder's limits at a moment."""
        if self.group_id is None:
            return limit_in_force(self.buyer.id, at=at)
        return group_limit_in_force(self.group_id, at=at)


def grade_of(buyer_id: int, currency: str, *, as_of: date, now: datetime) -> int | None:
    """The worse of the company grade in force and the payment grade; None without either."""
    company = scoring.grade_of(buyer_id, as_of=as_of, known_at=now)
    payment = scoring.latest_score(buyer_id, currency, as_of=as_of, known_at=now)
    return worse(company.in_force if company else None, payment.grade if payment else None)


def in_policy(policy: CreditPolicy, amount: Decimal, currency: str, *, on: date) -> Decimal:
    """An amount in the policy's currency at dated rates; larger than any where none converts it."""
    if currency == policy.currency:
        return amount
    try:
        return exchange(on=on).convert(Money(amount, currency), policy.currency).money.amount
    except (RateMissing, RateStale):
        return UNKNOWN_AMOUNT


def note(
    kind: str,
    holder: Holder,
    actor: str,
    now: datetime,
    *,
    inputs: Mapping[str, Plain],
    result: Mapping[str, Plain],
    policy: CreditPolicy | None = None,
) -> Evidence:
    """The evidence of one change, about the buyer with whom it was made."""
    versions: dict[str, Plain] = {}
    if policy is not None:
        versions = {"policy": policy.number, "policy_hash": policy.content_hash}
    group: dict[str, Plain] = {} if holder.group_id is None else {"group": holder.group_id}
    return append(
        kind=kind,
        subject=Subject("buyer", str(holder.buyer.public_id)),
        actor=actor,
        occurred_at=now,
        inputs=inputs,
        result={**result, **group},
        versions=versions,
    )


def keep(
    holder: Holder,
    change: Change,
    evidence: Evidence,
    *,
    kind: LimitKind,
    currency: str,
    amount: Decimal,
    now: datetime,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    next_review_on: date | None = None,
    conditions: str = "",
    request_id: UUID | None = None,
    policy_number: int | None = None,
) -> models.GrantedLimit:
    """Append a row to the history, and tell those outside that the holder's limits changed."""
    row = models.GrantedLimit.objects.create(
        tenant_id=current_tenant_id(),
        buyer_id=holder.buyer_id,
        group_id=holder.group_id,
        kind=kind.value,
        change=change.value,
        currency=currency,
        amount=amount,
        valid_from=valid_from or now,
        valid_until=valid_until,
        next_review_on=next_review_on,
        conditions=conditions,
        decided_by=evidence.actor,
        decided_at=now,
        request_id=request_id,
        policy_number=policy_number,
        evidence_id=evidence.public_id,
    )
    tell(holder, change.value, kind, now)
    return row


def tell(holder: Holder, change: str, kind: LimitKind, now: datetime) -> None:
    """Say outside and to later contexts that a holder's limits are others now."""
    publish(
        "limit.changed",
        f"buyer:{holder.buyer.public_id}",
        {"change": change, "kind": kind.value, "group": holder.group_id is not None},
        occurred_at=now,
    )
    announce(LIMITS_CHANGED)


def advance(
    row: models.LimitRequest,
    step: Step,
    evidence: Evidence,
    *,
    now: datetime,
    amount: Decimal | None = None,
    role: Role | None = None,
    said: str = "",
) -> None:
    """Take a step: the request's state and the row that remembers it.

    Raises:
        NotPossibleNow: the step does not fit where the request stands.
    """
    row.state = after(RequestState(row.state), step).value
    taken = models.LimitStep.objects.filter(tenant_id=row.tenant_id, request_id=row.pk).count()
    models.LimitStep.objects.create(
        tenant_id=row.tenant_id,
        request_id=row.pk,
        number=taken + 1,
        step=step.value,
        state=row.state,
        actor=evidence.actor,
        at=now,
        amount=amount,
        role=role.value if role else "",
        note=said,
        evidence_id=evidence.public_id,
    )
    row.save(
        update_fields=[
            *("state", "awaiting", "deadline_at", "decided_by", "decided_at"),
            *("decided_amount", "conditions"),
        ]
    )


def own_rows(found: LimitInForce) -> tuple[GrantedLimit, ...]:
    """The company's own limits that are above zero."""
    own = (found.permanent, found.temporary)
    return tuple(each for each in own if each is not None and each.amount > 0)
