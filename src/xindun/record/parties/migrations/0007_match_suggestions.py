"""What buyers without a company may be, and what a person said they are not."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


def _key(to: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("parties", "0006_party_merges")]

    operations = [
        migrations.CreateModel(
            name="MatchSuggestion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("target", models.UUIDField(null=True)),
                ("score", models.FloatField(null=True)),
                ("content", models.JSONField(default=dict)),
                ("prepared_at", models.DateTimeField()),
                ("buyer", _key("parties.buyer")),
                ("tenant", _key("tenants.tenant")),
            ],
            options={
                "db_table": "parties_match_suggestion",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "buyer"), name="parties_suggestion_buyer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchRejection",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("target", models.UUIDField()),
                ("rejected_by", models.TextField()),
                ("rejected_at", models.DateTimeField()),
                ("buyer", _key("parties.buyer")),
                ("tenant", _key("tenants.tenant")),
            ],
            options={
                "db_table": "parties_match_rejection",
                "indexes": [
                    models.Index(fields=["tenant", "buyer"], name="parties_rejection_buyer")
                ],
            },
        ),
        TenantTable("parties_match_suggestion"),
        TenantForeignKey("parties_match_suggestion", "buyer_id", "parties_buyer"),
        TenantTable("parties_match_rejection"),
        AppendOnly("parties_match_rejection"),
        TenantForeignKey("parties_match_rejection", "buyer_id", "parties_buyer"),
    ]
