"""Documents of parties."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("company_file", "0001_facts"),
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CompanyDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("kind", models.TextField()),
                ("file_name", models.TextField()),
                ("media_type", models.TextField()),
                ("file_sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("source", models.TextField()),
                ("as_of", models.DateField()),
                ("actor", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
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
                "db_table": "company_file_document",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="company_file_document_public_id"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "party", "file_sha256"), name="company_file_document_once"
                    ),
                ],
            },
        ),
        TenantTable("company_file_document"),
        AppendOnly("company_file_document"),
        TenantForeignKey("company_file_document", "party_id", "parties_party"),
    ]
