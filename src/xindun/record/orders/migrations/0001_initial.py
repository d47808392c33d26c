"""Orders, their parts, the cash meant for them, and every change."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0004_register"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("source", models.TextField()),
                ("number", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("order", "order"), ("blanket", "blanket"), ("return", "return")],
                        max_length=10,
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("deliver_on", models.DateField()),
                ("terms_days", models.IntegerField(null=True)),
                ("contract", models.TextField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reserved", "reserved"),
                            ("confirmed", "confirmed"),
                            ("held", "held"),
                            ("refused", "refused"),
                            ("expired", "expired"),
                            ("cancelled", "cancelled"),
                            ("closed", "closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("released", models.DecimalField(decimal_places=4, default=0, max_digits=18)),
                ("delivered", models.DecimalField(decimal_places=4, default=0, max_digits=18)),
                ("invoiced", models.DecimalField(decimal_places=4, default=0, max_digits=18)),
                ("billed", models.DecimalField(decimal_places=4, default=0, max_digits=18)),
                ("prepaid", models.DecimalField(decimal_places=4, default=0, max_digits=18)),
                ("by_person", models.BooleanField(default=False)),
                ("confirmed", models.BooleanField(default=False)),
                ("expires_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField()),
                ("changed_at", models.DateTimeField()),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "orders_order",
            },
        ),
        migrations.CreateModel(
            name="OrderPrepayment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("cleared_on", models.DateField()),
                ("reference", models.TextField()),
                ("noted_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.orderrow",
                    ),
                ),
            ],
            options={
                "db_table": "orders_prepayment",
            },
        ),
        migrations.CreateModel(
            name="OrderPart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("delivery", "delivery"), ("invoice", "invoice")], max_length=10
                    ),
                ),
                ("number", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("happened_on", models.DateField()),
                ("in_ledger", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.orderrow",
                    ),
                ),
            ],
            options={
                "db_table": "orders_part",
            },
        ),
        migrations.CreateModel(
            name="OrderChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("reserve", "reserve"),
                            ("release", "release"),
                            ("hold", "hold"),
                            ("refuse", "refuse"),
                            ("confirm", "confirm"),
                            ("deliver", "deliver"),
                            ("invoice", "invoice"),
                            ("arrive", "arrive"),
                            ("expire", "expire"),
                            ("cancel", "cancel"),
                            ("close", "close"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reserved", "reserved"),
                            ("confirmed", "confirmed"),
                            ("held", "held"),
                            ("refused", "refused"),
                            ("expired", "expired"),
                            ("cancelled", "cancelled"),
                            ("closed", "closed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("released", models.DecimalField(decimal_places=4, max_digits=18)),
                ("delivered", models.DecimalField(decimal_places=4, max_digits=18)),
                ("invoiced", models.DecimalField(decimal_places=4, max_digits=18)),
                ("billed", models.DecimalField(decimal_places=4, max_digits=18)),
                ("prepaid", models.DecimalField(decimal_places=4, max_digits=18)),
                ("actor", models.TextField()),
                ("changed_at", models.DateTimeField()),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.orderrow",
                    ),
                ),
            ],
            options={
                "db_table": "orders_change",
            },
        ),
        migrations.AddIndex(
            model_name="orderrow",
            index=models.Index(
                condition=models.Q(("state", "reserved")),
                fields=["tenant", "expires_at"],
                name="orders_order_expiring",
            ),
        ),
        migrations.AddIndex(
            model_name="orderrow",
            index=models.Index(fields=["tenant", "buyer", "-id"], name="orders_order_buyer"),
        ),
        migrations.AddIndex(
            model_name="orderrow",
            index=models.Index(
                condition=models.Q(("billed__gt", 0)),
                fields=["tenant", "buyer"],
                name="orders_order_billed",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderrow",
            constraint=models.UniqueConstraint(
                fields=("tenant", "source", "number"), name="orders_order_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderrow",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="orders_order_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderprepayment",
            constraint=models.UniqueConstraint(
                fields=("tenant", "reference"), name="orders_prepayment_reference"
            ),
        ),
        migrations.AddIndex(
            model_name="orderpart",
            index=models.Index(
                condition=models.Q(("in_ledger", False), ("kind", "invoice")),
                fields=["tenant", "number"],
                name="orders_part_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="orderpart",
            constraint=models.UniqueConstraint(
                fields=("tenant", "order", "kind", "number"), name="orders_part_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="orderchange",
            constraint=models.UniqueConstraint(
                fields=("tenant", "order", "version"), name="orders_change_version"
            ),
        ),
        TenantTable("orders_order", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("orders_order", "buyer_id", "parties_buyer"),
        TenantTable("orders_part", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("orders_part", "order_id", "orders_order"),
        TenantTable("orders_prepayment"),
        AppendOnly("orders_prepayment"),
        TenantForeignKey("orders_prepayment", "order_id", "orders_order"),
        TenantTable("orders_change"),
        AppendOnly("orders_change"),
        TenantForeignKey("orders_change", "order_id", "orders_order"),
    ]
