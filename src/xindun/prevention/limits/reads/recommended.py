"""Questions about recommended limits: the one that stood on a day, and all that came before."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db.models import QuerySet

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.limits import models
from xindun.prevention.limits.values import LimitRecommendation, formulas_of
from xindun.prevention.scoring.values import Stamp

HISTORY = 400
"""More changes than anybody looks at: over a year of daily ones."""


def latest_recommendation(
    buyer_id: int,
    currency: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> LimitRecommendation | None:
    """The account's recommended limit on ``as_of`` as known at ``known_at`` (None: newest)."""
    row = _recommendations(buyer_id, currency, as_of, known_at).first()
    return None if row is None else _value(row)


def history(
    buyer_id: int,
    currency: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    limit: int = HISTORY,
) -> tuple[LimitRecommendation, ...]:
    """The account's recommendations up to ``as_of``, newest first, at most ``limit``."""
    rows = _recommendations(buyer_id, currency, as_of, known_at)
    return tuple(map(_value, rows[:limit]))


def _recommendations(
    buyer_id: int,
    currency: str,
    as_of: date | None,
    known_at: datetime | None,
) -> QuerySet[models.LimitRecommendation]:
    rows = models.LimitRecommendation.objects.filter(
        tenant_id=current_tenant_id(), buyer_id=buyer_id, currency=currency
    )
    if as_of is not None:
        rows = rows.filter(as_of__lte=as_of)
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    return rows.order_by("-as_of", "-known_at", "-id")


def _value(row: models.LimitRecommendation) -> LimitRecommendation:
    return LimitRecommendation(
        buyer_id=row.buyer_id,
        currency=row.currency,
        stamp=Stamp(row.as_of, row.known_at, row.ledger_version, row.model_version, row.run_id),
        amount=row.amount,
        binding=row.binding,
        formulas=formulas_of(json.loads(row.formulas or "[]")),
    )
