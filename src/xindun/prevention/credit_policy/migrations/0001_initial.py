"""Versions of the credit policy, and the draft."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantTable

_TENANT = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="tenants.tenant",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0007_four_eyes")]

    operations = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("content", models.JSONField()),
                ("content_hash", models.BinaryField()),
                ("effective_from", models.DateTimeField()),
                ("proposed_by", models.TextField()),
                ("approved_by", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("evidence_id", models.UUIDField()),
                ("tenant", _TENANT.clone()),
            ],
            options={
                "db_table": "credit_policy_version",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "number"), name="credit_policy_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(effective_from__gte=models.F("decided_at")),
                        name="credit_policy_not_backwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(number__gte=1), name="credit_policy_number_from_1"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyDraft",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("content", models.JSONField()),
                ("revision", models.IntegerField()),
                ("changed_by", models.TextField()),
                ("changed_at", models.DateTimeField()),
                ("tenant", _TENANT.clone()),
            ],
            options={
                "db_table": "credit_policy_draft",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant",), name="credit_policy_one_draft")
                ],
            },
        ),
        TenantTable("credit_policy_version"),
        AppendOnly("credit_policy_version"),
        TenantTable("credit_policy_draft"),
    ]
