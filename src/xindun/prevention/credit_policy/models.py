"""Versions of the credit policy, append-only, and the company's one draft.

What a reader would get wrong: no column says when a version ends. A moment has one policy because
versions have an order: the latest decided of those that have begun by then. A version that takes
effect earlier than one decided before it therefore replaces that one, which never comes into force.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class PolicyVersion(TenantModel):
    """A policy that two people agreed to; see ``values.Version``."""

    audit = Audited("credit_policy_changed")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    number = models.IntegerField()
    content = models.JSONField()
    content_hash = models.BinaryField()
    effective_from = models.DateTimeField()
    proposed_by = models.TextField()
    approved_by = models.TextField()
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    evidence_id = models.UUIDField()

    class Meta:
        db_table = "credit_policy_version"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="credit_policy_number"),
            models.CheckConstraint(
                condition=models.Q(effective_from__gte=models.F("decided_at")),
                name="credit_policy_not_backwards",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="credit_policy_number_from_1"
            ),
        ]


class PolicyDraft(TenantModel):
    """The policy that somebody works on; see ``values.Draft``."""

    audit = Audited("credit_policy_drafted", "credit_policy_changed")

    content = models.JSONField()
    revision = models.IntegerField()
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "credit_policy_draft"
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="credit_policy_one_draft"),
        ]
