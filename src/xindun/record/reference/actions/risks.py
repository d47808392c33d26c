"""Set a label of the company's own over a public one, and end it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from xindun.kit.events import FILE_CHANGED, announce
from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.reference.models import RiskOverride
from xindun.record.reference.reads.tables import edition, public_countries, public_sectors
from xindun.record.reference.rules import check_known, check_override
from xindun.record.reference.values import RiskKind, RiskLabel
from xindun.record.tenants.values import Actor, Permission


def override_risk(
    actor: Actor,
    kind: RiskKind,
    code: str,
    label: RiskLabel,
    *,
    reason: str,
    expires_on: date,
    today: date,
    now: datetime,
) -> None:
    """Let another label count from today on; an earlier override stays in the history.

    Raises:
        NotPermitted, NoSuchRisk, BadOverride, BadOverrideDay: as named.
    """
    actor.check(Permission.GRADES_OVERRIDE)
    public = _public(kind, code)
    said = check_override(reason, expires_on, today)
    with transaction.atomic():
        _append(kind, code, label.value, said, today, expires_on)
        append(
            kind="risk_overridden",
            subject=Subject(kind.value, code),
            actor=actor.name,
            occurred_at=now,
            inputs={"public_label": public.value if public else None},
            result={
                "label": label.value,
                "reason": said,
                "starts_on": today,
                "expires_on": expires_on,
            },
            versions={"reference": edition()},
        )


def end_override(actor: Actor, kind: RiskKind, code: str, *, today: date, now: datetime) -> None:
    """Let the public label count again from today on.

    Raises:
        NotPermitted, NoSuchRisk: as named.
    """
    actor.check(Permission.GRADES_OVERRIDE)
    public = _public(kind, code)
    with transaction.atomic():
        _append(kind, code, "", "", today, today)
        append(
            kind="risk_override_ended",
            subject=Subject(kind.value, code),
            actor=actor.name,
            occurred_at=now,
            inputs={},
            result={"label": public.value if public else None},
            versions={"reference": edition()},
        )


def _public(kind: RiskKind, code: str) -> RiskLabel | None:
    tables = public_countries() if kind is RiskKind.COUNTRY else public_sectors()
    check_known(kind, code, tables)
    return tables[code].label


def _append(
    kind: RiskKind, code: str, label: str, reason: str, starts_on: date, expires_on: date
) -> None:
    RiskOverride.objects.create(
        tenant_id=current_tenant_id(),
        kind=kind.value,
        code=code,
        label=label,
        reason=reason,
        starts_on=starts_on,
        expires_on=expires_on,
    )
    announce(FILE_CHANGED)
