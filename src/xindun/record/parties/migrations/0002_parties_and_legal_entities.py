"""Legal entities of public registers, a tenant's parties, and which party a buyer is."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, Grant, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalEntity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False, unique=True
                    ),
                ),
                ("register", models.TextField()),
                ("register_key", models.TextField()),
                ("name", models.TextField()),
                ("name_key", models.TextField()),
                ("search_key", models.TextField()),
                ("country", models.TextField(null=True)),
            ],
            options={
                "db_table": "parties_legal_entity",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "register_key"), name="parties_legal_entity_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("name", models.TextField()),
                ("name_key", models.TextField()),
                ("search_key", models.TextField()),
                ("country", models.TextField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "legal_entity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.legalentity",
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
                "db_table": "parties_party",
            },
        ),
        migrations.CreateModel(
            name="BuyerMatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("explanation", models.JSONField(default=dict)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
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
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    ),
                ),
            ],
            options={
                "db_table": "parties_buyer_match",
            },
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="parties_party_public_id"
            ),
        ),
        migrations.AddIndex(
            model_name="buyermatch",
            index=models.Index(fields=["tenant", "buyer", "-id"], name="parties_match_newest"),
        ),
        migrations.AddIndex(
            model_name="buyermatch",
            index=models.Index(fields=["tenant", "party"], name="parties_match_party"),
        ),
        Grant("parties_legal_entity", "SELECT"),
        TenantTable("parties_party", rights="SELECT, INSERT, UPDATE"),
        TenantTable("parties_buyer_match"),
        AppendOnly("parties_buyer_match"),
        TenantForeignKey("parties_buyer_match", "buyer_id", "parties_buyer"),
        TenantForeignKey("parties_buyer_match", "party_id", "parties_party"),
    ]
