"""Change how alike is a hit, and how long a screening counts; former settings stay."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from xindun.kit.tenancy import current_tenant_id
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.screening.models import ScreeningSetting
from xindun.record.screening.reads.standing import thresholds
from xindun.record.screening.rules.standing import check_thresholds
from xindun.record.screening.values import Thresholds
from xindun.record.tenants.reads import current_tenant
from xindun.record.tenants.values import Actor, Permission


def change_settings(actor: Actor, wanted: Thresholds, *, now: datetime) -> None:
    """Let ``wanted`` count from now on; what was found before stays as it is.

    Raises:
        NotPermitted, BadThresholds: as named.
    """
    actor.check(Permission.FILES_APPROVE)
    check_thresholds(wanted)
    before = thresholds()
    if wanted == before:
        return
    with transaction.atomic():
        row = ScreeningSetting.objects.create(
            tenant_id=current_tenant_id(), thresholds=asdict(wanted)
        )
        append(
            kind="screening_settings_changed",
            subject=Subject("tenant", str(current_tenant().public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"before": asdict(before)},
            result={"after": asdict(wanted)},
            versions={"settings": row.id},
        )
