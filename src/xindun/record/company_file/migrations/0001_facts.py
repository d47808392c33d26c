"""Facts of parties: appended, with people's names apart so that they can be erased."""

from __future__ import annotations

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
            name="CompanyFact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("kind", models.TextField()),
                ("value", models.JSONField(null=True)),
                ("source", models.TextField()),
                ("source_key", models.TextField(blank=True)),
                ("as_of", models.DateField()),
                ("retrieved_at", models.DateTimeField()),
                ("document_sha256", models.TextField(null=True)),
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
                "db_table": "company_file_fact",
            },
        ),
        migrations.CreateModel(
            name="FactPerson",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("name", models.TextField(blank=True)),
                (
                    "fact",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company_file.companyfact",
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
                "db_table": "company_file_person",
            },
        ),
        migrations.CreateModel(
            name="FactWithdrawal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="company_file.companyfact",
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
                "db_table": "company_file_withdrawal",
            },
        ),
        migrations.AddIndex(
            model_name="companyfact",
            index=models.Index(fields=["tenant", "party", "kind"], name="company_file_fact_party"),
        ),
        migrations.AddConstraint(
            model_name="companyfact",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="company_file_fact_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="factperson",
            constraint=models.UniqueConstraint(
                fields=("tenant", "fact", "position"), name="company_file_person_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="factwithdrawal",
            constraint=models.UniqueConstraint(
                fields=("tenant", "fact"), name="company_file_withdrawn_once"
            ),
        ),
        TenantTable("company_file_fact"),
        AppendOnly("company_file_fact"),
        TenantForeignKey("company_file_fact", "party_id", "parties_party"),
        TenantTable("company_file_person", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("company_file_person", "fact_id", "company_file_fact"),
        TenantTable("company_file_withdrawal"),
        AppendOnly("company_file_withdrawal"),
        TenantForeignKey("company_file_withdrawal", "fact_id", "company_file_fact"),
    ]
