"""Buyers of a tenant."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Buyer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("source", models.TextField()),
                ("buyer_key", models.TextField()),
                ("name", models.TextField()),
                ("name_key", models.TextField()),
                ("sort_key", models.TextField()),
                ("search_key", models.TextField()),
                ("country", models.TextField(null=True)),
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
                "db_table": "parties_buyer",
                "indexes": [
                    models.Index(fields=["tenant", "sort_key", "id"], name="parties_buyer_sort")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "source", "buyer_key"), name="parties_buyer_key"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="parties_buyer_public_id"
                    ),
                ],
            },
        ),
        TenantTable("parties_buyer", rights="SELECT, INSERT, UPDATE"),
    ]
