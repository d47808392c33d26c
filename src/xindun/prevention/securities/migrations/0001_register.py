"""The register of securities, append-only: a row a change."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecurityVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("security", models.UUIDField()),
                ("number", models.IntegerField()),
                ("change", models.TextField()),
                ("kind", models.TextField()),
                ("currency", models.TextField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=22)),
                ("haircut", models.DecimalField(decimal_places=4, max_digits=5)),
                ("starts_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("contract", models.TextField(blank=True)),
                ("issuer", models.TextField(blank=True)),
                ("by_person", models.BooleanField(default=False)),
                ("within_group", models.BooleanField(default=False)),
                ("guarantee_form", models.TextField(blank=True)),
                ("guarantee_law", models.TextField(blank=True)),
                ("principal_due_on", models.DateField(null=True)),
                ("agreed_until", models.DateField(null=True)),
                ("preserved_on", models.DateField(null=True)),
                ("document_id", models.UUIDField(null=True)),
                ("changed_by", models.TextField()),
                ("changed_at", models.DateTimeField()),
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
                    "guarantor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
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
                "db_table": "securities_version",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "security", "-number"],
                        name="securities_of_buyer",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "security", "number"), name="securities_version_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("haircut__gte", 0), ("haircut__lte", 1), ("value__gt", 0)
                        ),
                        name="securities_version_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True),
                            ("expires_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="securities_version_period",
                    ),
                ],
            },
        ),
        TenantTable("securities_version"),
        AppendOnly("securities_version"),
        TenantForeignKey("securities_version", "buyer_id", "parties_buyer"),
        TenantForeignKey("securities_version", "guarantor_id", "parties_party"),
    ]
