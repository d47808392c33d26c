"""Versions of models, their validations, promotions and drift."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelVersionRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("default_risk", "default_risk"),
                            ("default_risk_listed", "default_risk_listed"),
                            ("late_payment", "late_payment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("version", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("file_sha256", models.CharField(max_length=64)),
                ("card", models.JSONField()),
                ("registered_at", models.DateTimeField()),
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
                "db_table": "models_version",
            },
        ),
        migrations.CreateModel(
            name="ModelReportRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("report", models.JSONField()),
                ("reported_at", models.DateTimeField()),
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
                (
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prevention_models.modelversionrow",
                    ),
                ),
            ],
            options={
                "db_table": "models_report",
            },
        ),
        migrations.CreateModel(
            name="ModelPromotionRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("default_risk", "default_risk"),
                            ("default_risk_listed", "default_risk_listed"),
                            ("late_payment", "late_payment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("number", models.IntegerField()),
                ("promoted_at", models.DateTimeField()),
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
                    "version",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="prevention_models.modelversionrow",
                    ),
                ),
            ],
            options={
                "db_table": "models_promotion",
            },
        ),
        migrations.CreateModel(
            name="ModelDriftRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("default_risk", "default_risk"),
                            ("default_risk_listed", "default_risk_listed"),
                            ("late_payment", "late_payment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("month", models.DateField()),
                ("as_of", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("version", models.CharField(max_length=64)),
                ("rows", models.IntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("quiet", "quiet"),
                            ("watch", "watch"),
                            ("act", "act"),
                            ("too_few", "too_few"),
                        ],
                        max_length=10,
                    ),
                ),
                ("figures", models.JSONField()),
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
                "db_table": "models_drift",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "purpose", "month", "digest"), name="models_drift_month"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="modelversionrow",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="models_version_public"
            ),
        ),
        migrations.AddConstraint(
            model_name="modelversionrow",
            constraint=models.UniqueConstraint(
                fields=("tenant", "purpose", "digest"), name="models_version_digest"
            ),
        ),
        migrations.AddIndex(
            model_name="modelreportrow",
            index=models.Index(fields=["tenant", "version", "-id"], name="models_report_newest"),
        ),
        migrations.AddConstraint(
            model_name="modelpromotionrow",
            constraint=models.UniqueConstraint(
                fields=("tenant", "purpose", "number"), name="models_promotion_number"
            ),
        ),
        TenantTable("models_version"),
        AppendOnly("models_version"),
        TenantTable("models_report"),
        AppendOnly("models_report"),
        TenantForeignKey("models_report", "version_id", "models_version"),
        TenantTable("models_promotion"),
        AppendOnly("models_promotion"),
        TenantForeignKey("models_promotion", "version_id", "models_version"),
        TenantTable("models_drift"),
        AppendOnly("models_drift"),
    ]
