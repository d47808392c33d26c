"""When open invoices will be paid."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0005_ownership"),
        ("scoring", "0002_company_grades"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="LatePredictionRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("currency", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("due_on", models.DateField()),
                ("late", models.FloatField()),
                ("late_15", models.FloatField()),
                ("late_30", models.FloatField()),
                ("early_on", models.DateField()),
                ("expected_on", models.DateField()),
                ("slow_on", models.DateField()),
                ("method", models.CharField(max_length=10)),
                ("outcomes", models.IntegerField()),
                ("as_of", models.DateField()),
                ("model_version", models.CharField(blank=True, max_length=64)),
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
                "db_table": "scoring_late_prediction",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "expected_on"], name="scoring_late_of_buyer"
                    )
                ],
            },
        ),
        TenantTable("scoring_late_prediction", rights="SELECT, INSERT, DELETE"),
        TenantForeignKey("scoring_late_prediction", "buyer_id", "parties_buyer"),
    ]
