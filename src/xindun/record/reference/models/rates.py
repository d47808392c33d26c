"""Exchange rates as they were loaded: appended, never changed.

What a reader would get wrong: a correction is another row of the same currency and day in a later
load, and the quotation currency in force is that of the newest load.
"""

from __future__ import annotations

from django.db import models

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel


class ExchangeRateLoad(TenantModel):
    """One file that brought something new."""

    audit = Audited("rates_loaded")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    source = models.CharField(max_length=40)
    quoted_in = models.CharField(max_length=3)
    file_sha256 = models.CharField(max_length=64)
    added = models.IntegerField()
    corrected = models.IntegerField()
    unchanged = models.IntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "reference_rate_load"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="reference_rate_load_public_id"
            ),
        ]


class ExchangeRate(TenantModel):
    """``per_unit`` units of ``currency`` for one of ``quoted_in``, on a day.

    The unique index is what ``reads.exchange`` walks, from its end.
    """

    audit = Audited("rates_loaded")

    load = models.ForeignKey(
        ExchangeRateLoad,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    quoted_in = models.CharField(max_length=3)
    currency = models.CharField(max_length=3)
    quoted_on = models.DateField()
    # So many decimals, because a rate may have been turned around: 1 IDR in EUR.
    per_unit = models.DecimalField(max_digits=40, decimal_places=24)

    class Meta:
        db_table = "reference_rate"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "quoted_in", "currency", "quoted_on", "load"],
                name="reference_rate_newest",
            ),
            models.CheckConstraint(
                condition=models.Q(per_unit__gt=0), name="reference_rate_positive"
            ),
        ]
