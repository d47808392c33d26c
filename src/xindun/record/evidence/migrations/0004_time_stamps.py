"""Time stamps over tree heads, and how asking for them goes."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


def tenant() -> Any:
    """The owner of a row."""
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenants.tenant",
    )


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_log")]

    operations = [
        migrations.CreateModel(
            name="TimeStamp",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tenant", tenant()),
                (
                    "head",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.treehead",
                    ),
                ),
                ("authority", models.TextField()),
                ("stamped_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("answer", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "head"), name="evidence_stamp_head")
                ]
            },
        ),
        TenantTable("evidence_timestamp"),
        TenantForeignKey("evidence_timestamp", "head_id", "evidence_treehead"),
        AppendOnly("evidence_timestamp"),
        migrations.CreateModel(
            name="StampTrouble",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tenant", tenant()),
                ("failures", models.IntegerField(default=0)),
                ("failing_since", models.DateTimeField(null=True)),
                ("reason", models.CharField(default="", max_length=60)),
                ("next_try_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant",), name="evidence_stamp_trouble_one")
                ]
            },
        ),
        TenantTable("evidence_stamptrouble", rights="SELECT, INSERT, UPDATE"),
    ]
