"""The table of delegations."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.tenants.models.people import Membership


class Delegation(TenantModel):
    """Permissions that one member hands to another, from an instant to another, half-open."""

    audit = Audited("delegation_given", "delegation_revoked", "member_deactivated")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    giver = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    receiver = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    permissions = ArrayField(models.CharField(max_length=40))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="tenants_delegation_pub"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="tenants_delegation_period"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="tenants_delegation_two"
            ),
        ]
