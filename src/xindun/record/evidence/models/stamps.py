"""Tables of the time stamps: what authorities answered, and how asking them goes."""

from __future__ import annotations

from django.db import models

from xindun.kit.models import NotAudited, TenantModel
from xindun.record.evidence.models.log import TreeHead


class TimeStamp(TenantModel):
    """An authority's answer about a tree head; append-only."""

    audit = NotAudited("Proves the log from outside; it says nothing that was decided here.")

    head = models.ForeignKey(
        TreeHead, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    authority = models.TextField()
    stamped_at = models.DateTimeField()
    received_at = models.DateTimeField()
    answer = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "head"], name="evidence_stamp_head"),
        ]


class StampTrouble(TenantModel):
    """Failures in a row to get a stamp; one row a tenant, set back by success."""

    audit = NotAudited("How the asking goes; the log does not depend on it.")

    failures = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, default="")
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="evidence_stamp_trouble_one"),
        ]
