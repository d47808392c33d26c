"""Recommended limits, append-only: the app may add and read, never change or remove."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0001_initial"),
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LimitRecommendation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("as_of", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("ledger_version", models.BigIntegerField()),
                ("run_id", models.UUIDField()),
                ("model_version", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=22, null=True)),
                ("binding", models.TextField(null=True)),
                ("formulas", models.TextField(null=True)),
                ("content_hash", models.BinaryField()),
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
                "db_table": "limits_recommendation",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "currency", "-as_of", "-known_at", "-id"],
                        name="limits_recommendation_history",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("binding__isnull", True)),
                            models.Q(("amount__gte", 0), ("binding__isnull", False)),
                            _connector="OR",
                        ),
                        name="limits_recommendation_amount_with_formula",
                    )
                ],
            },
        ),
        TenantTable("limits_recommendation", tenant_key=False),
        AppendOnly("limits_recommendation"),
        TenantForeignKey("limits_recommendation", "buyer_id", "parties_buyer"),
    ]
