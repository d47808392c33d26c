"""The table of overrides; the public figures are files of the package."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kit.models import Audited, TenantModel
from xindun.record.reference.values import RiskKind


class RiskOverride(TenantModel):
    """A company's own label; the newest row of a code counts, one without a label ends it."""

    audit = Audited("risk_overridden", "risk_override_ended")

    kind = models.CharField(max_length=10, choices=[(each, each) for each in RiskKind])
    code = models.CharField(max_length=10)
    label = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    starts_on = models.DateField()
    expires_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "reference_risk_override"
        indexes = [
            models.Index(fields=["tenant", "kind", "code", "-id"], name="reference_override_newest")
        ]
