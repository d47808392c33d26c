"""Questions about scores: the one that stood on a day, and all that came before.

What a reader would get wrong: ``known_at`` bounds what was known, ``as_of`` the day; asking with
both gives the score exactly as a decision maker saw it then.
"""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db.models import QuerySet

from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.scoring import models
from xindun.prevention.scoring.values import (
    Scale,
    Score,
    Stamp,
    counterfactuals_of,
    reasons_of,
)

HISTORY = 400
"""More changes than anybody looks at: over a year of daily ones."""


def latest_score(
    buyer_id: int,
    currency: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Score | None:
    """The account's score on ``as_of`` as known at ``known_at`` (None: the newest)."""
    row = _scores(buyer_id, currency, as_of, known_at).first()
    return None if row is None else _value(row)


def history(
    buyer_id: int,
    currency: str,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    limit: int = HISTORY,
) -> tuple[Score, ...]:
    """The account's scores up to ``as_of``, newest first, at most ``limit``."""
    return tuple(map(_value, _scores(buyer_id, currency, as_of, known_at)[:limit]))


def _scores(
    buyer_id: int,
    currency: str,
    as_of: date | None,
    known_at: datetime | None,
) -> QuerySet[models.Score]:
    rows = models.Score.objects.filter(
        tenant_id=current_tenant_id(), buyer_id=buyer_id, currency=currency
    )
    if as_of is not None:
        rows = rows.filter(as_of__lte=as_of)
    if known_at is not None:
        rows = rows.filter(known_at__lte=known_at)
    return rows.order_by("-as_of", "-known_at", "-id")


def _value(row: models.Score) -> Score:
    return Score(
        buyer_id=row.buyer_id,
        currency=row.currency,
        stamp=Stamp(row.as_of, row.known_at, row.ledger_version, row.model_version, row.run_id),
        scale=Scale(row.scale_id, row.direction, row.horizon_days),
        grade=row.grade,
        not_rated_reason=row.not_rated_reason,
        health_score=row.health_score,
        payment_index=row.payment_index,
        confidence=row.confidence,
        reasons=reasons_of(json.loads(row.reasons or "[]")),
        counterfactuals=counterfactuals_of(json.loads(row.counterfactuals or "[]")),
    )
