"""What overrides did to outcomes: each with what became of the buyer since.

What a reader would get wrong: an override is judged by what happened after its first day, whether
or not it still counts. One younger than a month is too early to judge.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from django.db.models import Min

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring import models
from xindun.prevention.scoring.reads.company import override_value
from xindun.prevention.scoring.rules import outcome
from xindun.prevention.scoring.values import GradeOverride, OverrideOutcome
from xindun.record.parties.reads import buyers_by_id


def override_outcomes(as_of: date) -> tuple[OverrideOutcome, ...]:
    """Every override that ever counted, the newest first."""
    rows = models.GradeOverride.objects.filter(
        tenant_id=current_tenant_id(), grade__isnull=False, starts_on__lte=as_of
    )
    found = [override_value(row) for row in rows.order_by("-id")]
    buyers = buyers_by_id({each.buyer_id for each in found})
    return tuple(
        OverrideOutcome(
            override=each,
            buyer_name=buyers[each.buyer_id].name,
            buyer_public_id=buyers[each.buyer_id].public_id,
            outcome=outcome(
                _capped_since(each, as_of),
                since := _payment_since(each, as_of),
                each.starts_on,
                as_of,
            ),
            payment_before=_payment_before(each),
            payment_since=since,
        )
        for each in found
    )


def _capped_since(override: GradeOverride, as_of: date) -> bool:
    rows = models.CompanyGrade.objects.filter(
        tenant_id=current_tenant_id(),
        buyer_id=override.buyer_id,
        as_of__gt=override.starts_on,
        as_of__lte=as_of,
    )
    outputs = rows.values_list("outputs", flat=True)
    return any(json.loads(each)["cap"] for each in outputs)


def _payment_since(override: GradeOverride, as_of: date) -> Decimal | None:
    rows = models.Score.objects.filter(
        tenant_id=current_tenant_id(),
        buyer_id=override.buyer_id,
        as_of__gt=override.starts_on,
        as_of__lte=as_of,
    )
    worst: Decimal | None = rows.aggregate(worst=Min("health_score"))["worst"]
    return worst


def _payment_before(override: GradeOverride) -> Decimal | None:
    rows = models.Score.objects.filter(
        tenant_id=current_tenant_id(),
        buyer_id=override.buyer_id,
        as_of__lte=override.starts_on,
        health_score__isnull=False,
    )
    newest = rows.order_by("-as_of", "-known_at", "-id").values_list("health_score", flat=True)
    return newest.first()
