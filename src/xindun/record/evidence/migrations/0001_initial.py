"""Evidence records and the queue of those the sequencer has not chained."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceRecord",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=200)),
                ("actor", models.CharField(max_length=200)),
                ("occurred_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("inputs", models.JSONField()),
                ("versions", models.JSONField()),
                ("result", models.JSONField()),
                ("content_hash", models.BinaryField(max_length=32)),
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
            name="PendingEvidence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.evidencerecord",
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
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="evidencerecord",
            index=models.Index(
                fields=["tenant", "subject_type", "subject_id", "-id"], name="evidence_subject"
            ),
        ),
        migrations.AddIndex(
            model_name="evidencerecord",
            index=models.Index(fields=["tenant", "kind", "-id"], name="evidence_kind"),
        ),
        migrations.AddConstraint(
            model_name="evidencerecord",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="evidence_public_id"
            ),
        ),
        TenantTable("evidence_evidencerecord"),
        AppendOnly("evidence_evidencerecord"),
        TenantTable("evidence_pendingevidence"),
        TenantForeignKey("evidence_pendingevidence", "record_id", "evidence_evidencerecord"),
        AppendOnly("evidence_pendingevidence"),
    ]
