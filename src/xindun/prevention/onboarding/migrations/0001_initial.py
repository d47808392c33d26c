"""The checklist in versions, proofs and waivers."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChecklistRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("requirements", models.JSONField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
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
                "db_table": "onboarding_checklist",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "number"), name="onboarding_checklist_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProofRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("identity", "identity"),
                            ("identifier", "identifier"),
                            ("registration", "registration"),
                            ("owners", "owners"),
                            ("address", "address"),
                            ("bank", "bank"),
                            ("statement", "statement"),
                            ("screening", "screening"),
                            ("contract", "contract"),
                        ],
                        max_length=20,
                    ),
                ),
                ("dated_on", models.DateField()),
                ("reference", models.TextField()),
                ("document_hash", models.CharField(blank=True, max_length=64)),
                ("noted_by", models.TextField()),
                ("noted_at", models.DateTimeField()),
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
                "db_table": "onboarding_proof",
                "indexes": [
                    models.Index(
                        fields=["tenant", "party", "item", "-id"], name="onboarding_proof_newest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WaiverRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("identity", "identity"),
                            ("identifier", "identifier"),
                            ("registration", "registration"),
                            ("owners", "owners"),
                            ("address", "address"),
                            ("bank", "bank"),
                            ("statement", "statement"),
                            ("screening", "screening"),
                            ("contract", "contract"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                ("last_on", models.DateField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("granted_by", models.TextField(blank=True)),
                ("granted_at", models.DateTimeField(null=True)),
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
                "db_table": "onboarding_waiver",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "-last_on"], name="onboarding_waiver_buyer"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="onboarding_waiver_public_id"
                    )
                ],
            },
        ),
        TenantTable("onboarding_checklist"),
        AppendOnly("onboarding_checklist"),
        TenantTable("onboarding_proof"),
        AppendOnly("onboarding_proof"),
        TenantForeignKey("onboarding_proof", "party_id", "parties_party"),
        TenantTable("onboarding_waiver", rights="SELECT, INSERT, UPDATE (granted_by, granted_at)"),
        TenantForeignKey("onboarding_waiver", "buyer_id", "parties_buyer"),
    ]
