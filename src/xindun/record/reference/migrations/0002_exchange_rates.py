"""Dated exchange rates, as each company loads them."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable

TENANT = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="tenants.tenant",
)


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ExchangeRateLoad",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("quoted_in", models.CharField(max_length=3)),
                ("file_sha256", models.CharField(max_length=64)),
                ("added", models.IntegerField()),
                ("corrected", models.IntegerField()),
                ("unchanged", models.IntegerField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("tenant", TENANT.clone()),
            ],
            options={
                "db_table": "reference_rate_load",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "public_id"], name="reference_rate_load_public_id"
                    )
                ],
            },
        ),
        TenantTable("reference_rate_load"),
        AppendOnly("reference_rate_load"),
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("quoted_in", models.CharField(max_length=3)),
                ("currency", models.CharField(max_length=3)),
                ("quoted_on", models.DateField()),
                ("per_unit", models.DecimalField(decimal_places=24, max_digits=40)),
                ("tenant", TENANT.clone()),
                (
                    "load",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.exchangerateload",
                    ),
                ),
            ],
            options={
                "db_table": "reference_rate",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tenant", "quoted_in", "currency", "quoted_on", "load"],
                        name="reference_rate_newest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_unit__gt", 0)), name="reference_rate_positive"
                    ),
                ],
            },
        ),
        TenantTable("reference_rate", tenant_key=False),
        TenantForeignKey("reference_rate", "load_id", "reference_rate_load"),
        AppendOnly("reference_rate"),
    ]
