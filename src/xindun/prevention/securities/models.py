"""The register of securities: append-only, each row the whole instrument after one change.

What a reader would get wrong: the newest version of an instrument counts, and the number of a
version is unique, so two people cannot both change it from the same state.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from xindun.kit.models import Audited, TenantModel
from xindun.prevention.securities.values import SecurityChange


class SecurityVersion(TenantModel):
    """One security after one change; see ``values.Security``."""

    audit = Audited(*(f"security_{change}" for change in SecurityChange))

    security = models.UUIDField()
    number = models.IntegerField()
    change = models.TextField()
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    kind = models.TextField()
    currency = models.TextField()
    value = models.DecimalField(max_digits=22, decimal_places=4)
    haircut = models.DecimalField(max_digits=5, decimal_places=4)
    starts_on = models.DateField()
    expires_on = models.DateField(null=True)
    contract = models.TextField(blank=True)
    issuer = models.TextField(blank=True)
    guarantor = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )
    by_person = models.BooleanField(default=False)
    within_group = models.BooleanField(default=False)
    guarantee_form = models.TextField(blank=True)
    guarantee_law = models.TextField(blank=True)
    principal_due_on = models.DateField(null=True)
    agreed_until = models.DateField(null=True)
    preserved_on = models.DateField(null=True)
    document_id = models.UUIDField(null=True)
    changed_by = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "securities_version"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "security", "number"], name="securities_version_number"
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0, haircut__gte=0, haircut__lte=1),
                name="securities_version_bounds",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("starts_on")),
                name="securities_version_period",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "buyer", "security", "-number"], name="securities_of_buyer"
            )
        ]


class SecurityAlert(TenantModel):
    """Somebody was told that a security ends; once an end and distance."""

    audit = Audited("security_ending")

    security = models.UUIDField()
    ends_on = models.DateField()
    days = models.IntegerField()
    told_at = models.DateTimeField()

    class Meta:
        db_table = "securities_alert"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "security", "ends_on", "days"], name="securities_alert_once"
            ),
        ]
