"""The outbox: what happened, for those outside who listen, and the counter of each subject."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import TenantTable


def tenant() -> Any:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenants.tenant",
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboxEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("topic", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=200)),
                ("number", models.BigIntegerField()),
                ("payload", models.JSONField()),
                ("occurred_at", models.DateTimeField()),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("tenant", tenant()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("handed_over_at__isnull", True)),
                        fields=["tenant", "id"],
                        name="kit_outbox_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="kit_outbox_public_id"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "subject", "number"), name="kit_outbox_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxCounter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=200)),
                ("last", models.BigIntegerField()),
                ("tenant", tenant()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "subject"), name="kit_outbox_counter_subject"
                    )
                ],
            },
        ),
        TenantTable("kit_outboxevent"),
        TenantTable("kit_outboxcounter", rights="SELECT, INSERT, UPDATE"),
    ]
