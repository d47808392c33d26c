"""What was told about the ends of securities."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("securities", "0001_register"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityAlert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("security", models.UUIDField()),
                ("ends_on", models.DateField()),
                ("days", models.IntegerField()),
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
            ],
            options={
                "db_table": "securities_alert",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "security", "ends_on", "days"),
                        name="securities_alert_once",
                    )
                ],
            },
        ),
        TenantTable("securities_alert"),
        AppendOnly("securities_alert"),
    ]
