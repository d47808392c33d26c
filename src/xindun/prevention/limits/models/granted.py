"""The history of granted limits: append-only, a row a decision.

What a reader would get wrong: the newest decision of a holder and kind whose time has come counts,
not the one with the latest beginning. A withdrawal therefore also ends what was granted for later.
No decision acts backwards, which the table itself refuses.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class GrantedLimit(TenantModel):
    """One decision on a limit; see ``values.GrantedLimit``."""

    audit = Audited(
        *("limit_granted", "limit_reviewed", "limit_reduced", "limit_withdrawn"),
        "insured_limit_recorded",
    )

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )
    group_id = models.UUIDField(null=True)  # of a party or of a register's row, hence no key
    kind = models.TextField()
    change = models.TextField()
    currency = models.TextField()
    amount = models.DecimalField(max_digits=22, decimal_places=4)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    next_review_on = models.DateField(null=True)
    conditions = models.TextField(blank=True)
    decided_by = models.TextField()
    decided_at = models.DateTimeField()
    request_id = models.UUIDField(null=True)
    policy_number = models.IntegerField(null=True)
    evidence_id = models.UUIDField()

    class Meta:
        db_table = "limits_granted"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="limits_granted_public_id"
            ),
            models.CheckConstraint(
                condition=Q(buyer__isnull=False, group_id__isnull=True)
                | Q(buyer__isnull=True, group_id__isnull=False),
                name="limits_granted_one_holder",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="limits_granted_amount"),
            models.CheckConstraint(
                condition=Q(valid_from__gte=F("decided_at")), name="limits_granted_not_backwards"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="limits_granted_period",
            ),
            models.CheckConstraint(
                condition=~Q(kind="temporary") | Q(valid_until__isnull=False) | Q(amount=0),
                name="limits_granted_temporary_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "buyer", "kind", "-id"], name="limits_granted_of_buyer"),
            models.Index(
                fields=["tenant", "group_id", "kind", "-id"],
                name="limits_granted_of_group",
                condition=Q(group_id__isnull=False),
            ),
        ]
