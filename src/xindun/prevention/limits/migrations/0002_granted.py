"""Granted limits, append-only: the app may add and read, never change or remove."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("limits", "0001_initial"),
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantedLimit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("group_id", models.UUIDField(null=True)),
                ("kind", models.TextField()),
                ("change", models.TextField()),
                ("currency", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=22)),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(null=True)),
                ("next_review_on", models.DateField(null=True)),
                ("conditions", models.TextField(blank=True)),
                ("decided_by", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("request_id", models.UUIDField(null=True)),
                ("policy_number", models.IntegerField(null=True)),
                ("evidence_id", models.UUIDField()),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
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
                "db_table": "limits_granted",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "kind", "-id"], name="limits_granted_of_buyer"
                    ),
                    models.Index(
                        condition=models.Q(("group_id__isnull", False)),
                        fields=["tenant", "group_id", "kind", "-id"],
                        name="limits_granted_of_group",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="limits_granted_public_id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("buyer__isnull", False), ("group_id__isnull", True)),
                            models.Q(("buyer__isnull", True), ("group_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="limits_granted_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="limits_granted_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__gte", models.F("decided_at"))),
                        name="limits_granted_not_backwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="limits_granted_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "temporary"), _negated=True),
                            ("valid_until__isnull", False),
                            ("amount", 0),
                            _connector="OR",
                        ),
                        name="limits_granted_temporary_ends",
                    ),
                ],
            },
        ),
        TenantTable("limits_granted"),
        AppendOnly("limits_granted"),
        TenantForeignKey("limits_granted", "buyer_id", "parties_buyer"),
    ]
