"""Proposals that need a second person, and the company's rule for them."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import TenantTable


def _tenant() -> Any:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenants.tenant",
    )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0006_invitations")]

    operations = [
        migrations.CreateModel(
            name="FourEyes",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sole_user", models.BooleanField()),
                ("delay_hours", models.PositiveSmallIntegerField()),
                ("tenant", _tenant()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant",), name="tenants_foureyes_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=200)),
                ("payload", models.JSONField()),
                ("payload_hash", models.BinaryField(max_length=32)),
                ("proposer", models.CharField(max_length=200)),
                ("needed", models.CharField(max_length=40)),
                ("proposed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("state", models.CharField(max_length=10)),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
                ("sole_user", models.BooleanField(default=False)),
                ("tenant", _tenant()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="tenants_proposal_pub"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("tenant", "kind", "subject_id"),
                        name="tenants_proposal_one_open",
                    ),
                ],
            },
        ),
        TenantTable("tenants_foureyes", rights="SELECT, INSERT, UPDATE"),
        TenantTable("tenants_proposal", rights="SELECT, INSERT, UPDATE"),
    ]
