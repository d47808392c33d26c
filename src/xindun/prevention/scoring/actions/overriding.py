"""Put a grade over the model's: one person proposes, another approves.

What a reader would get wrong: the model goes on grading. Its grade stays beside the override, so
that the report can say what overrides did to outcomes.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring.models import GradeOverride
from xindun.prevention.scoring.reads.company import grade_of
from xindun.prevention.scoring.rules import check_override
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.parties import reads as parties
from xindun.record.tenants.actions import propose
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Actor, Permission, Proposal

KIND = "grade_overridden"


def propose_override(
    actor: Actor,
    buyer: UUID,
    grade: int,
    *,
    reason: str,
    expires_on: date,
    today: date,
    now: datetime,
) -> Proposal:
    """Ask a second person to let another grade count.

    Raises:
        NotPermitted, UnknownBuyer, BadGradeOverride, BadGradeOverrideDay, AlreadyProposed: as
            named.
    """
    actor.check(Permission.GRADES_OVERRIDE)
    parties.buyer(buyer)
    said = check_override(grade, reason, expires_on, today)
    return propose(
        actor,
        KIND,
        str(buyer),
        {
            "buyer": str(buyer),
            "grade": grade,
            "reason": said,
            "expires_on": expires_on.isoformat(),
        },
        needed=Permission.FILES_APPROVE,
        proposing=Permission.GRADES_OVERRIDE,
        now=now,
    )


def override_approved(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved proposal: the grade counts from today on."""
    said = proposal.payload
    today = company_day(now)
    expires_on = date.fromisoformat(said["expires_on"])
    check_override(said["grade"], said["reason"], expires_on, today)
    _append(
        UUID(said["buyer"]),
        said["grade"],
        said["reason"],
        today,
        expires_on,
        proposal.proposer,
        actor,
        now,
    )


def end_override(actor: Actor, buyer: UUID, *, today: date, now: datetime) -> None:
    """Let the model's grade count again; one person may, because it needs no trust.

    Raises:
        NotPermitted, UnknownBuyer: as named.
    """
    actor.check(Permission.GRADES_OVERRIDE)
    _append(buyer, None, "", today, today, actor.name, actor, now)


def _append(
    buyer: UUID,
    grade: int | None,
    reason: str,
    starts_on: date,
    expires_on: date,
    proposed_by: str,
    actor: Actor,
    now: datetime,
) -> None:
    found = parties.buyer(buyer)
    latest = grade_of(found.id, as_of=starts_on, known_at=now)
    model_grade = latest.grade if latest else None
    with transaction.atomic():
        GradeOverride.objects.create(
            tenant_id=current_tenant_id(),
            buyer_id=found.id,
            grade=grade,
            model_grade=model_grade,
            reason=reason,
            starts_on=starts_on,
            expires_on=expires_on,
            proposed_by=proposed_by,
            approved_by=actor.name,
        )
        append(
            kind=KIND if grade else "grade_override_ended",
            subject=Subject("buyer", str(buyer)),
            actor=actor.name,
            occurred_at=now,
            inputs={"model_grade": model_grade, "proposed_by": proposed_by},
            result={"grade": grade, "reason": reason, "expires_on": expires_on},
            versions={},
        )
