"""Requests for limits and their steps.

What a reader would get wrong: what was asked and what was recommended never change; the app may
update only where a request stands. Every step is kept, and its number is unique, so of two people
who decide at once one is refused.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel

KINDS_OF_EVIDENCE = (
    *("limit_requested", "limit_request_escalated", "limit_request_refused"),
    *("limit_request_taken_back", "limit_granted", "limit_took_effect", "limit_reviewed"),
    *("limit_reduced", "limit_withdrawn", "limit_expired"),
)


class LimitRequest(TenantModel):
    """A credit application; see ``values.LimitRequest``."""

    audit = Audited(*KINDS_OF_EVIDENCE)

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    group_id = models.UUIDField(null=True)
    kind = models.TextField()
    currency = models.TextField()
    amount = models.DecimalField(max_digits=22, decimal_places=4)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    reason = models.TextField()
    settlement_currency = models.TextField(blank=True)
    references = models.JSONField()
    documents = ArrayField(models.UUIDField())
    recommendation = models.JSONField(null=True)
    recommendation_hash = models.TextField(blank=True)
    current_amount = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    total = models.DecimalField(max_digits=22, decimal_places=4)
    grade = models.SmallIntegerField(null=True)
    policy_number = models.IntegerField()
    requester = models.TextField()
    requested_at = models.DateTimeField()
    state = models.TextField()
    awaiting = models.TextField(blank=True)
    deadline_at = models.DateTimeField(null=True)
    decided_by = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_amount = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    conditions = models.TextField(blank=True)

    class Meta:
        db_table = "limits_request"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="limits_request_public_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "buyer", "kind"],
                condition=Q(state__in=["requested", "recommended"], group_id__isnull=True),
                name="limits_request_one_open",
            ),
            models.UniqueConstraint(
                fields=["tenant", "group_id", "kind"],
                condition=Q(state__in=["requested", "recommended"], group_id__isnull=False),
                name="limits_request_one_open_of_group",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="limits_request_amount"),
        ]
        indexes = [
            models.Index(fields=["tenant", "buyer", "-id"], name="limits_request_of_buyer"),
            models.Index(
                fields=["tenant", "deadline_at"],
                name="limits_request_deadline",
                condition=Q(state__in=["requested", "recommended"]),
            ),
        ]


class LimitStep(TenantModel):
    """One step of a request, never changed; see ``values.RequestStep``."""

    audit = Audited(*KINDS_OF_EVIDENCE)

    request = models.ForeignKey(
        LimitRequest,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    number = models.IntegerField()
    step = models.TextField()
    state = models.TextField()
    actor = models.TextField()
    at = models.DateTimeField()
    amount = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    role = models.TextField(blank=True)
    note = models.TextField(blank=True)
    evidence_id = models.UUIDField()

    class Meta:
        db_table = "limits_step"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "request", "number"], name="limits_step_number"
            ),
        ]
