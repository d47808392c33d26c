"""Shares that one of a tenant's parties holds in another.

What a reader would get wrong: a row is a version, not a share. The newest version of a ``link``
counts, by what was known at a moment; a correction, an end and a withdrawal are all appended.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.parties.models.parties import Party


class OwnershipVersion(TenantModel):
    """What a source says of one share; see ``values.NewOwnership`` for its days."""

    audit = Audited(
        "ownership_stated", "ownership_corrected", "ownership_ended", "ownership_withdrawn"
    )

    link = models.UUIDField(default=new_public_id, editable=False)
    child = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    parent = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    source = models.TextField()
    as_of = models.DateField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "parties_ownership"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100),
                name="parties_ownership_percent",
            ),
            models.CheckConstraint(
                condition=~models.Q(child=models.F("parent")), name="parties_ownership_of_another"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "link", "-id"], name="parties_ownership_newest"),
            models.Index(fields=["tenant", "child"], name="parties_ownership_child"),
            models.Index(fields=["tenant", "parent"], name="parties_ownership_parent"),
        ]
