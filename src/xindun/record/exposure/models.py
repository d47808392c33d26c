"""The journal and the balances.

What a reader would get wrong: the balance row is not a cache that may lag. It changes in the
transaction that posts, under the row's lock, so a gate that reads it under lock is exact.
"""

from __future__ import annotations

from django.db import models

from xindun.kit.models import Audited, NotAudited, TenantModel

ORDER_EVENTS = ("order_checked", "order_changed", "orders_swept", "ledger_imported")
"""Kinds of evidence that account for a change of what orders commit."""


class ExposureBalance(TenantModel):
    """What one buyer owes in one currency, by component."""

    audit = Audited("ledger_imported")

    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,  # the migration adds the composite one
        db_index=False,
    )
    currency = models.TextField()
    receivables = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    credits = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    unapplied = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    unbilled = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    bills = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    posted_at = models.DateTimeField()

    class Meta:
        db_table = "exposure_balance"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "buyer", "currency"], name="exposure_balance_holder"
            )
        ]


class ExposureHolder(TenantModel):
    """The one fixed row that whoever decides about a buyer locks; it holds nothing."""

    audit = NotAudited("A row to lock decides nothing.")

    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,  # the migration adds the composite one
        db_index=False,
    )

    class Meta:
        db_table = "exposure_holder"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "buyer"], name="exposure_holder_buyer")
        ]


class ExposureCommitment(TenantModel):
    """What the orders of a buyer stand for by day of delivery; see ``values.Committed``."""

    audit = Audited(*ORDER_EVENTS)

    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,  # the migration adds the composite one
        db_index=False,
    )
    currency = models.TextField()
    due_on = models.DateField()
    ordered = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    delivered = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    billed = models.DecimalField(max_digits=22, decimal_places=4, default=0)
    prepaid = models.DecimalField(max_digits=22, decimal_places=4, default=0)

    class Meta:
        db_table = "exposure_commitment"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "buyer", "currency", "due_on"], name="exposure_commitment_holder"
            )
        ]


class ExposurePosting(TenantModel):
    """One signed change of one component of one holder; never changed, never removed."""

    audit = Audited(*ORDER_EVENTS)

    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,  # the migration adds the composite one
        db_index=False,
    )
    currency = models.TextField()
    component = models.TextField()
    amount = models.DecimalField(max_digits=22, decimal_places=4)
    cause_kind = models.TextField()
    cause_id = models.BigIntegerField()
    posted_at = models.DateTimeField()

    class Meta:
        db_table = "exposure_posting"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "buyer", "currency", "component", "cause_kind", "cause_id"],
                name="exposure_posting_once",
            )
        ]
