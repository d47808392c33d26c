"""Rules for buying reports, keys of sources, enquiries and purchases."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="queued", max_length=20)),
                ("identifiers", models.JSONField(default=dict)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("file_sha256", models.CharField(max_length=64, null=True)),
                ("mapping_sha256", models.CharField(max_length=64, null=True)),
                ("report", models.JSONField(null=True)),
                ("outcome", models.JSONField(default=dict)),
                ("error", models.JSONField(null=True)),
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
        ),
        migrations.CreateModel(
            name="Purchase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("ordered_by", models.CharField(max_length=200)),
                ("ordered_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="ordered", max_length=20)),
                ("price", models.DecimalField(decimal_places=4, max_digits=20)),
                ("currency", models.CharField(max_length=3)),
                ("lacking", models.JSONField(default=dict)),
                ("report_sha256", models.CharField(blank=True, max_length=64)),
                ("told", models.JSONField(default=list)),
                ("facts", models.IntegerField(default=0)),
                ("statements", models.IntegerField(default=0)),
                ("error", models.JSONField(null=True)),
                (
                    "enquiry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bureau.enquiry",
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
        ),
        migrations.CreateModel(
            name="SourceKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=40)),
                ("sealed", models.BinaryField(max_length=600)),
                ("set_at", models.DateTimeField()),
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
                "db_table": "bureau_source_key",
            },
        ),
        migrations.CreateModel(
            name="BuyingTerms",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("order", models.JSONField(default=dict)),
                ("wanted", models.JSONField(default=list)),
                ("stale_days", models.IntegerField()),
                ("young_days", models.IntegerField()),
                ("prices", models.JSONField(default=dict)),
                ("budget", models.DecimalField(decimal_places=4, max_digits=20, null=True)),
                ("currency", models.CharField(max_length=3)),
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
                "db_table": "bureau_terms",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant",), name="bureau_terms_one")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["tenant", "party", "-id"], name="bureau_enquiry_newest"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="bureau_enquiry_public_id"
            ),
        ),
        migrations.AddIndex(
            model_name="purchase",
            index=models.Index(fields=["tenant", "party", "-id"], name="bureau_purchase_newest"),
        ),
        migrations.AddIndex(
            model_name="purchase",
            index=models.Index(fields=["tenant", "-ordered_at"], name="bureau_purchase_month"),
        ),
        migrations.AddConstraint(
            model_name="purchase",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="bureau_purchase_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcekey",
            constraint=models.UniqueConstraint(
                fields=("tenant", "source"), name="bureau_source_key_one"
            ),
        ),
        TenantTable("bureau_terms", rights="SELECT, INSERT, UPDATE"),
        TenantTable("bureau_source_key", rights="SELECT, INSERT, UPDATE, DELETE"),
        TenantTable("bureau_enquiry", rights="SELECT, INSERT, UPDATE"),
        TenantTable("bureau_purchase", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("bureau_enquiry", "party_id", "parties_party"),
        TenantForeignKey("bureau_purchase", "party_id", "parties_party"),
        TenantForeignKey("bureau_purchase", "enquiry_id", "bureau_enquiry"),
    ]
