"""The tables of proposals and of the company's rule for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class Proposal(TenantModel):
    """Something that waits for a second person, with what they decided."""

    audit = Audited(
        *("proposal_made", "proposal_approved", "proposal_refused", "proposal_withdrawn"),
        "proposal_expired",
    )

    public_id = models.UUIDField(default=new_public_id, editable=False)
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=200)
    payload = models.JSONField()
    payload_hash = models.BinaryField(max_length=32)
    proposer = models.CharField(max_length=200)
    needed = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    sole_user = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="tenants_proposal_pub"),
            models.UniqueConstraint(
                fields=["tenant", "kind", "subject_id"],
                condition=Q(state="open"),
                name="tenants_proposal_one_open",
            ),
        ]


class FourEyes(TenantModel):
    """The company's rule; no row is the default."""

    audit = Audited("four_eyes_changed")

    sole_user = models.BooleanField()
    delay_hours = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="tenants_foureyes_one"),
        ]
