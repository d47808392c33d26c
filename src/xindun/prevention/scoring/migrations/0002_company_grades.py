"""Company grades with what they were made from, their methods, and overrides."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


def _tenant() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenants.tenant",
    )


def _buyer() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="parties.buyer",
    )


def _public_id() -> models.UUIDField[object, object]:
    return models.UUIDField(default=xindun.kernel.identifiers.new_public_id, editable=False)


def _recorded_at() -> models.DateTimeField[object, object]:
    return models.DateTimeField(
        db_default=django.db.models.functions.datetime.Now(), editable=False
    )


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
        ("scoring", "0001_initial"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="GradeMethod",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("tenant", _tenant()),
            ],
            options={
                "db_table": "scoring_grade_method",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "digest"), name="scoring_grade_method_digest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyGrade",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", _public_id()),
                ("as_of", models.DateField()),
                ("known_at", models.DateTimeField()),
                ("scale_id", models.TextField()),
                ("direction", models.TextField()),
                ("horizon_days", models.SmallIntegerField()),
                ("model_version", models.TextField()),
                ("policy_version", models.TextField()),
                ("method", models.CharField(max_length=64)),
                ("grade", models.SmallIntegerField(null=True)),
                ("pd_12m", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("country", models.TextField(null=True)),
                ("sector", models.TextField(null=True)),
                ("inputs", models.TextField()),
                ("sources", models.TextField()),
                ("outputs", models.TextField()),
                ("input_hash", models.CharField(max_length=64)),
                ("output_hash", models.CharField(max_length=64)),
                ("trigger", models.TextField()),
                ("recorded_at", _recorded_at()),
                ("buyer", _buyer()),
                ("tenant", _tenant()),
            ],
            options={
                "db_table": "scoring_company_grade",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "-as_of", "-id"],
                        name="scoring_company_grade_history",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="scoring_company_grade_public_id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grade__isnull", True), ("grade__range", (1, 10)), _connector="OR"
                        ),
                        name="scoring_company_grade_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GradeOverride",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("public_id", _public_id()),
                ("grade", models.SmallIntegerField(null=True)),
                ("model_grade", models.SmallIntegerField(null=True)),
                ("reason", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("proposed_by", models.TextField()),
                ("approved_by", models.TextField()),
                ("recorded_at", _recorded_at()),
                ("buyer", _buyer()),
                ("tenant", _tenant()),
            ],
            options={
                "db_table": "scoring_grade_override",
                "indexes": [
                    models.Index(fields=["tenant", "buyer", "-id"], name="scoring_override_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="scoring_grade_override_public_id"
                    )
                ],
            },
        ),
        TenantTable("scoring_grade_method"),
        AppendOnly("scoring_grade_method"),
        TenantTable("scoring_company_grade"),
        AppendOnly("scoring_company_grade"),
        TenantForeignKey("scoring_company_grade", "buyer_id", "parties_buyer"),
        TenantTable("scoring_grade_override"),
        AppendOnly("scoring_grade_override"),
        TenantForeignKey("scoring_grade_override", "buyer_id", "parties_buyer"),
    ]
