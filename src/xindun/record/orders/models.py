"""Orders as they stand, their parts, and every change.

What a reader would get wrong: ``Order`` is the one table here whose rows change; ``OrderChange``
keeps each state it ever had.
"""

from __future__ import annotations

from django.db import models

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.orders.values import OrderKind, OrderState, PartKind, Verb

EVENTS = ("order_checked", "order_changed", "orders_swept", "ledger_imported")


def _money(**options: object) -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=18, decimal_places=4, **options)  # type: ignore[arg-type]


class OrderRow(TenantModel):
    """One order; see ``values.Order``."""

    audit = Audited(*EVENTS)

    public_id = models.UUIDField(default=new_public_id, editable=False)
    buyer = models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,  # the migration adds the composite one
        db_index=False,
    )
    source = models.TextField()
    number = models.TextField()
    kind = models.CharField(max_length=10, choices=[(each, each) for each in OrderKind])
    currency = models.CharField(max_length=3)
    amount = _money()
    deliver_on = models.DateField()
    terms_days = models.IntegerField(null=True)
    contract = models.TextField(null=True)
    state = models.CharField(max_length=10, choices=[(each, each) for each in OrderState])
    released = _money(default=0)
    delivered = _money(default=0)
    invoiced = _money(default=0)
    billed = _money(default=0)
    prepaid = _money(default=0)
    by_person = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    version = models.IntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "orders_order"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "number"], name="orders_order_number"
            ),
            models.UniqueConstraint(fields=["tenant", "public_id"], name="orders_order_public_id"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "expires_at"],
                condition=models.Q(state="reserved"),
                name="orders_order_expiring",
            ),
            models.Index(fields=["tenant", "buyer", "-id"], name="orders_order_buyer"),
            models.Index(
                fields=["tenant", "buyer"],
                condition=models.Q(billed__gt=0),
                name="orders_order_billed",
            ),
        ]


class OrderPart(TenantModel):
    """A delivery or an invoice of an order, told once under its number."""

    audit = Audited(*EVENTS)

    order = models.ForeignKey(
        OrderRow,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    kind = models.CharField(max_length=10, choices=[(each, each) for each in PartKind])
    number = models.TextField()
    amount = _money()
    happened_on = models.DateField()
    in_ledger = models.BooleanField(default=False)
    told_at = models.DateTimeField()

    class Meta:
        db_table = "orders_part"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "order", "kind", "number"], name="orders_part_number"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "number"],
                condition=models.Q(kind="invoice", in_ledger=False),
                name="orders_part_waiting",
            )
        ]


class OrderPrepayment(TenantModel):
    """Cleared cash meant for one order; a bank reference serves one order only."""

    audit = Audited("order_checked")

    order = models.ForeignKey(
        OrderRow,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    amount = _money()
    cleared_on = models.DateField()
    reference = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "orders_prepayment"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "reference"], name="orders_prepayment_reference"
            )
        ]


class OrderChange(TenantModel):
    """What an order became by one verb; appended."""

    audit = Audited(*EVENTS)

    order = models.ForeignKey(
        OrderRow,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    version = models.IntegerField()
    verb = models.CharField(max_length=10, choices=[(each, each) for each in Verb])
    state = models.CharField(max_length=10, choices=[(each, each) for each in OrderState])
    amount = _money()
    released = _money()
    delivered = _money()
    invoiced = _money()
    billed = _money()
    prepaid = _money()
    actor = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "orders_change"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "order", "version"], name="orders_change_version"
            )
        ]
