"""The table of recommended limits: append-only, one row when an account's recommendation changed.

What a reader would get wrong: as with scores, the recommendation of a day is the latest row on
or before it; and a recommendation is not a granted limit.
"""

from __future__ import annotations

from django.db import models

from xindun.kit.models import Audited, TenantModel


class LimitRecommendation(TenantModel):
    """One account's recommended limit as one run gave it; see ``values.LimitRecommendation``."""

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
    model_version = models.TextField()
    amount = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    binding = models.TextField(null=True)
    formulas = models.TextField(null=True)  # JSON: text is written faster than jsonb
    content_hash = models.BinaryField()

    class Meta:
        db_table = "limits_recommendation"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, binding__isnull=True)
                | models.Q(amount__gte=0, binding__isnull=False),
                name="limits_recommendation_amount_with_formula",
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant", "buyer", "currency", "-as_of", "-known_at", "-id"],
                name="limits_recommendation_history",
            )
        ]
