"""Which party another one is."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [("parties", "0005_ownership")]

    operations = [
        migrations.CreateModel(
            name="PartyMerge",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reason", models.TextField()),
                ("proposed_by", models.TextField()),
                ("decided_by", models.TextField()),
                ("decided_at", models.DateTimeField()),
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
                    "survivor",
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
                "db_table": "parties_party_merge",
                "indexes": [
                    models.Index(fields=["tenant", "party", "-id"], name="parties_merge_newest")
                ],
            },
        ),
        TenantTable("parties_party_merge"),
        AppendOnly("parties_party_merge"),
        TenantForeignKey("parties_party_merge", "party_id", "parties_party"),
        TenantForeignKey("parties_party_merge", "survivor_id", "parties_party"),
    ]
