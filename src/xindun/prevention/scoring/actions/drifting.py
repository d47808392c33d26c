"""Once a month: how far the companies graded now are from those the model learnt from.

What a reader would get wrong: this compares rows, not outcomes. Only buyers with accounts on file
count, because only for them was the model asked.
"""

from __future__ import annotations

import json
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from xindun.engine.default_risk.apply import probabilities
from xindun.engine.validation.drift import Drift, Profile, drift
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.models.actions import keep_drift
from xindun.prevention.models.reads import (
    champion,
    default_risk_champion,
    drift_is_measured,
)
from xindun.prevention.models.values import DriftMonth
from xindun.prevention.scoring.models import CompanyGrade
from xindun.record.tenants.reads import company_day
from xindun.record.tenants.values import Actor

ACCOUNTS = "statements"
"""The column that says that accounts are on file."""


def measure_drift(actor: Actor, *, now: datetime) -> DriftMonth | None:
    """Measure the default-risk champion's drift for the current month of the current tenant.

    Returns:
        None when this month has been measured already, or nobody has accounts on file.
    """
    model, used = champion(), default_risk_champion()
    as_of = company_day(now)
    if drift_is_measured(used, as_of):
        return None
    columns, rows = _columns(model.codes, as_of)
    if not rows:
        return None
    columns["probability"] = probabilities(model.body, columns)
    moved: list[Drift] = [
        drift(name, Profile(tuple(kept["edges"]), tuple(kept["shares"])), columns[name])
        for name, kept in model.body.get("profiles", {}).items()
        if name in columns
    ]
    return keep_drift(actor, used, moved, rows=rows, as_of=as_of, now=now)


def _columns(codes: tuple[str, ...], as_of: date) -> tuple[dict[str, NDArray[np.float64]], int]:
    """Each input over the newest grade of every buyer that has accounts on file."""
    grades = CompanyGrade.objects.filter(tenant_id=current_tenant_id(), as_of__lte=as_of)
    newest = grades.order_by("buyer_id", "-as_of", "-id").distinct("buyer_id")
    asked = map(json.loads, newest.values_list("inputs", flat=True))
    known = [each for each in asked if ACCOUNTS in each]
    columns = {
        code: np.array([each.get(code, np.nan) for each in known], dtype=np.float64)
        for code in codes
    }
    return columns, len(known)
