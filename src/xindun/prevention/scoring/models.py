"""The tables of scores and company grades: append-only, one row when something changed.

What a reader would get wrong: the absence of a row for a day is not the absence of a score. The
score of a day is the latest row on or before it, because a row is written only when something
in it changed (or the run was a decision run).
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class Score(TenantModel):
    """One account's score as one run gave it; see ``values.Score``."""

    audit = Audited("portfolio_reviewed")

    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    currency = models.TextField()
    as_of = models.DateField()
    known_at = models.DateTimeField()
    ledger_version = models.BigIntegerField()
    run_id = models.UUIDField()  # the portfolio run; it lives in a later phase, hence no key
    scale_id = models.TextField()
    direction = models.TextField()
    horizon_days = models.SmallIntegerField()
    model_version = models.TextField()
    grade = models.SmallIntegerField(null=True)
    not_rated_reason = models.TextField(null=True)
    health_score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    payment_index = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    confidence = models.TextField(null=True)
    reasons = models.TextField(null=True)  # JSON: text is written faster than jsonb
    counterfactuals = models.TextField(null=True)
    content_hash = models.BinaryField()

    class Meta:
        db_table = "scoring_score"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__isnull=True, not_rated_reason__isnull=False)
                | models.Q(grade__range=(1, 10), not_rated_reason__isnull=True),
                name="scoring_score_rated_or_why_not",
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant", "buyer", "currency", "-as_of", "-known_at", "-id"],
                name="scoring_score_history",
            )
        ]


class GradeMethod(TenantModel):
    """A model and a policy by the hash that grades name; replays read them from here."""

    audit = Audited("companies_graded")

    digest = models.CharField(max_length=64)
    body = models.TextField()  # canonical JSON, of which the digest is the SHA-256

    class Meta:
        db_table = "scoring_grade_method"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "digest"], name="scoring_grade_method_digest")
        ]


class CompanyGrade(TenantModel):
    """One buyer's company grade with all it was made from; see ``values.CompanyGrade``."""

    audit = Audited("companies_graded")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    as_of = models.DateField()
    known_at = models.DateTimeField()
    scale_id = models.TextField()
    direction = models.TextField()
    horizon_days = models.SmallIntegerField()
    model_version = models.TextField()
    policy_version = models.TextField()
    method = models.CharField(max_length=64)
    grade = models.SmallIntegerField(null=True)
    pd_12m = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    country = models.TextField(null=True)
    sector = models.TextField(null=True)
    inputs = models.TextField()  # canonical JSON; text is written faster than jsonb
    sources = models.TextField()
    outputs = models.TextField()
    input_hash = models.CharField(max_length=64)
    output_hash = models.CharField(max_length=64)
    trigger = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "scoring_company_grade"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="scoring_company_grade_public_id"
            ),
            models.CheckConstraint(
                condition=models.Q(grade__isnull=True) | models.Q(grade__range=(1, 10)),
                name="scoring_company_grade_range",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "buyer", "-as_of", "-id"], name="scoring_company_grade_history"
            )
        ]


class GradeOverride(TenantModel):
    """A grade that two people put over the model's; the newest of a buyer counts."""

    audit = Audited("grade_overridden", "grade_override_ended")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    grade = models.SmallIntegerField(null=True)  # none: it ends the one before
    model_grade = models.SmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    starts_on = models.DateField()
    expires_on = models.DateField()
    proposed_by = models.TextField()
    approved_by = models.TextField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        db_table = "scoring_grade_override"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="scoring_grade_override_public_id"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "buyer", "-id"], name="scoring_override_newest")]


class LatePredictionRow(TenantModel):
    """When one open invoice will be paid; see ``values.LatePrediction``. Replaced as a whole."""

    audit = Audited("late_payments_predicted")

    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    number = models.TextField()
    currency = models.TextField()
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    due_on = models.DateField()
    late = models.FloatField()
    late_15 = models.FloatField()
    late_30 = models.FloatField()
    early_on = models.DateField()
    expected_on = models.DateField()
    slow_on = models.DateField()
    method = models.CharField(max_length=10)
    outcomes = models.IntegerField()
    as_of = models.DateField()
    model_version = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "scoring_late_prediction"
        indexes = [
            models.Index(fields=["tenant", "buyer", "expected_on"], name="scoring_late_of_buyer")
        ]
