"""The table of scores: append-only, one row when an account's score changed.

What a reader would get wrong: the absence of a row for a day is not the absence of a score. The
score of a day is the latest row on or before it, because a row is written only when something
in it changed (or the run was a decision run).
"""

from __future__ import annotations

from django.db import models

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
