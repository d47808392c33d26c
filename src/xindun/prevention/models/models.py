"""Tables of the registry: versions, validations, promotions, drift; all appended only."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.prevention.models.values import DriftVerdict, Purpose

PURPOSES = [(each.value, each.value) for each in Purpose]


class ModelVersionRow(TenantModel):
    """One version that the company keeps; its bytes lie in the company's files."""

    audit = Audited("model_registered")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    purpose = models.CharField(max_length=20, choices=PURPOSES)
    name = models.CharField(max_length=100)
    version = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    card = models.JSONField()
    registered_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "models_version"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "public_id"], name="models_version_public"),
            models.UniqueConstraint(
                fields=["tenant", "purpose", "digest"], name="models_version_digest"
            ),
        ]


class ModelReportRow(TenantModel):
    """A validation of a version; the newest counts."""

    audit = Audited("model_validated")

    version = models.ForeignKey(
        ModelVersionRow,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    report = models.JSONField()
    reported_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "models_report"
        indexes = [models.Index(fields=["tenant", "version", "-id"], name="models_report_newest")]


class ModelPromotionRow(TenantModel):
    """A version became champion of its purpose; no version: the shipped model did.

    ``number`` counts a purpose's promotions, so that of two at the same moment one fails.
    """

    audit = Audited("model_promoted")

    purpose = models.CharField(max_length=20, choices=PURPOSES)
    number = models.IntegerField()
    version = models.ForeignKey(
        ModelVersionRow,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        null=True,
    )
    promoted_at = models.DateTimeField()

    class Meta:
        db_table = "models_promotion"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "purpose", "number"], name="models_promotion_number"
            )
        ]


class ModelDriftRow(TenantModel):
    """A month's drift of the champion of that month."""

    audit = Audited("model_drift_measured")

    purpose = models.CharField(max_length=20, choices=PURPOSES)
    month = models.DateField()
    as_of = models.DateField()
    digest = models.CharField(max_length=64)
    version = models.CharField(max_length=64)
    rows = models.IntegerField()
    verdict = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in DriftVerdict]
    )
    figures = models.JSONField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "models_drift"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "purpose", "month", "digest"], name="models_drift_month"
            )
        ]
