"""Personal content lies apart from the records, where it can be erased."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="evidencerecord",
            name="personal",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="PersonalContent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person", models.CharField(max_length=200)),
                ("field", models.CharField(max_length=60)),
                ("salt", models.BinaryField(max_length=32)),
                ("content", models.TextField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "record", "field"), name="evidence_personal_field"
                    )
                ],
                "indexes": [models.Index(fields=["tenant", "person"], name="evidence_person")],
            },
        ),
        TenantTable("evidence_personalcontent", rights="SELECT, INSERT, DELETE", tenant_key=False),
        TenantForeignKey("evidence_personalcontent", "record_id", "evidence_evidencerecord"),
    ]
