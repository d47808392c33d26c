"""The numbers that registers and tax offices gave a party."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_parties_and_legal_entities")]

    operations = [
        migrations.CreateModel(
            name="PartyIdentifier",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scheme", models.TextField()),
                ("value", models.TextField()),
                ("source", models.TextField()),
                ("withdrawn", models.BooleanField(default=False)),
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
                "db_table": "parties_party_identifier",
                "indexes": [
                    models.Index(
                        fields=["tenant", "value", "scheme"], name="parties_identifier_value"
                    ),
                    models.Index(fields=["tenant", "party"], name="parties_identifier_party"),
                ],
            },
        ),
        TenantTable("parties_party_identifier"),
        AppendOnly("parties_party_identifier"),
        TenantForeignKey("parties_party_identifier", "party_id", "parties_party"),
    ]
