"""A company's own labels of country and sector risk."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0007_four_eyes")]

    operations = [
        migrations.CreateModel(
            name="RiskOverride",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("country", "country"), ("sector", "sector")], max_length=10
                    ),
                ),
                ("code", models.CharField(max_length=10)),
                ("label", models.CharField(blank=True, max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                ("expires_on", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
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
            options={"db_table": "reference_risk_override"},
        ),
        migrations.AddIndex(
            model_name="riskoverride",
            index=models.Index(
                fields=["tenant", "kind", "code", "-id"], name="reference_override_newest"
            ),
        ),
        TenantTable("reference_risk_override"),
        AppendOnly("reference_risk_override"),
    ]
