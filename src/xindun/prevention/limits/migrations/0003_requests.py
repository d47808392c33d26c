"""Requests for limits: what was asked never changes, where it stands does; steps are kept."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("limits", "0002_granted"),
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="LimitRequest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("group_id", models.UUIDField(null=True)),
                ("kind", models.TextField()),
                ("currency", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=22)),
                ("starts_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("reason", models.TextField()),
                ("settlement_currency", models.TextField(blank=True)),
                ("references", models.JSONField()),
                (
                    "documents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                ("recommendation", models.JSONField(null=True)),
                ("recommendation_hash", models.TextField(blank=True)),
                ("current_amount", models.DecimalField(decimal_places=4, max_digits=22, null=True)),
                ("total", models.DecimalField(decimal_places=4, max_digits=22)),
                ("grade", models.SmallIntegerField(null=True)),
                ("policy_number", models.IntegerField()),
                ("requester", models.TextField()),
                ("requested_at", models.DateTimeField()),
                ("state", models.TextField()),
                ("awaiting", models.TextField(blank=True)),
                ("deadline_at", models.DateTimeField(null=True)),
                ("decided_by", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_amount", models.DecimalField(decimal_places=4, max_digits=22, null=True)),
                ("conditions", models.TextField(blank=True)),
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
                "db_table": "limits_request",
            },
        ),
        migrations.CreateModel(
            name="LimitStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("step", models.TextField()),
                ("state", models.TextField()),
                ("actor", models.TextField()),
                ("at", models.DateTimeField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=22, null=True)),
                ("role", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("evidence_id", models.UUIDField()),
                (
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="limits.limitrequest",
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
                "db_table": "limits_step",
            },
        ),
        migrations.AddIndex(
            model_name="limitrequest",
            index=models.Index(fields=["tenant", "buyer", "-id"], name="limits_request_of_buyer"),
        ),
        migrations.AddIndex(
            model_name="limitrequest",
            index=models.Index(
                condition=models.Q(("state__in", ["requested", "recommended"])),
                fields=["tenant", "deadline_at"],
                name="limits_request_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="limitrequest",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="limits_request_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="limitrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("group_id__isnull", True), ("state__in", ["requested", "recommended"])
                ),
                fields=("tenant", "buyer", "kind"),
                name="limits_request_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="limitrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("group_id__isnull", False), ("state__in", ["requested", "recommended"])
                ),
                fields=("tenant", "group_id", "kind"),
                name="limits_request_one_open_of_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="limitrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="limits_request_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="limitstep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "request", "number"), name="limits_step_number"
            ),
        ),
        TenantTable(
            "limits_request",
            rights="SELECT, INSERT, UPDATE (state, awaiting, deadline_at, decided_by, decided_at,"
            " decided_amount, conditions)",
        ),
        TenantForeignKey("limits_request", "buyer_id", "parties_buyer"),
        TenantTable("limits_step"),
        AppendOnly("limits_step"),
        TenantForeignKey("limits_step", "request_id", "limits_request"),
    ]
