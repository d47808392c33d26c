"""Scores, append-only: the app may add and read, never change or remove."""

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
            name="Score",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("as_of", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("ledger_version", models.BigIntegerField()),
                ("run_id", models.UUIDField()),
                ("scale_id", models.TextField()),
                ("direction", models.TextField()),
                ("horizon_days", models.SmallIntegerField()),
                ("model_version", models.TextField()),
                ("grade", models.SmallIntegerField(null=True)),
                ("not_rated_reason", models.TextField(null=True)),
                ("health_score", models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ("payment_index", models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ("confidence", models.TextField(null=True)),
                ("reasons", models.TextField(null=True)),
                ("counterfactuals", models.TextField(null=True)),
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
                "db_table": "scoring_score",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "currency", "-as_of", "-known_at", "-id"],
                        name="scoring_score_history",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grade__isnull", True), ("not_rated_reason__isnull", False)),
                            models.Q(("grade__range", (1, 10)), ("not_rated_reason__isnull", True)),
                            _connector="OR",
                        ),
                        name="scoring_score_rated_or_why_not",
                    )
                ],
            },
        ),
        TenantTable("scoring_score", tenant_key=False),
        AppendOnly("scoring_score"),
        TenantForeignKey("scoring_score", "buyer_id", "parties_buyer"),
    ]
