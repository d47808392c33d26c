"""Import batches, the ledger version, documents and settlements."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0001_initial"),
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("source", models.TextField()),
                ("file_name", models.TextField()),
                ("file_sha256", models.TextField()),
                ("file_size", models.BigIntegerField()),
                ("options", models.JSONField(default=dict)),
                ("options_sha256", models.TextField()),
                ("status", models.TextField()),
                ("rows_done", models.BigIntegerField(default=0)),
                ("bytes_done", models.BigIntegerField(default=0)),
                ("layout", models.JSONField(default=dict)),
                ("notices", models.JSONField(default=list)),
                ("control", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=dict)),
                ("rejects_sha256", models.TextField(null=True)),
                ("error", models.JSONField(null=True)),
                ("merkle_root", models.BinaryField(null=True)),
                ("ledger_version", models.BigIntegerField(null=True)),
                ("actor", models.TextField()),
                ("created_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
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
                "db_table": "receivables_import_batch",
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("item_id", models.BigIntegerField()),
                ("document_key", models.UUIDField()),
                ("kind", models.TextField()),
                ("number", models.TextField(null=True)),
                ("currency", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("original_due_on", models.DateField(null=True)),
                ("recognised_on", models.DateField()),
                ("disputed", models.BooleanField()),
                ("net_amount", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("vat_amount", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("contract", models.TextField(null=True)),
                ("salesperson", models.TextField(null=True)),
                ("delivered_on", models.DateField(null=True)),
                ("accepted_on", models.DateField(null=True)),
                ("reconciled_on", models.DateField(null=True)),
                ("invoiced_on", models.DateField(null=True)),
                ("due_derived", models.BooleanField()),
                ("due_anchor", models.TextField(null=True)),
                ("terms_days", models.IntegerField(null=True)),
                ("source_kind_text", models.TextField(null=True)),
                ("sheet", models.TextField(null=True)),
                ("line_no", models.BigIntegerField(null=True)),
                ("row_hash", models.BinaryField()),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
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
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="receivables.importbatch",
                    ),
                ),
            ],
            options={
                "db_table": "receivables_document",
            },
        ),
        migrations.CreateModel(
            name="LedgerVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0)),
                ("state_id", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                ("last_document_id", models.BigIntegerField(default=0)),
                ("last_settlement_id", models.BigIntegerField(default=0)),
                ("last_movement_on", models.DateField(null=True)),
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
                "db_table": "receivables_ledger_version",
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("settlement_id", models.BigIntegerField()),
                ("settlement_key", models.UUIDField()),
                ("kind", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                ("effective_on", models.DateField()),
                ("cleared_on", models.DateField(null=True)),
                ("matures_on", models.DateField(null=True)),
                ("dishonoured_on", models.DateField(null=True)),
                ("derived", models.BooleanField()),
                ("bill_number", models.TextField(null=True)),
                ("acceptor", models.TextField(null=True)),
                ("bill_status", models.TextField(null=True)),
                ("parties", models.TextField(null=True)),
                ("line_no", models.BigIntegerField(null=True)),
                ("row_hash", models.BinaryField()),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="receivables.importbatch",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="receivables.document",
                    ),
                ),
                (
                    "source_item",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="receivables.document",
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
                "db_table": "receivables_settlement",
            },
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["tenant", "-created_at"], name="receivables_batch_recent"),
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["tenant", "file_sha256"], name="receivables_batch_file"),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="receivables_batch_public_id"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["tenant", "buyer", "issued_on"], name="receivables_document_buyer"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", False)),
                fields=["tenant", "superseded_at"],
                name="receivables_document_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("id", models.F("item_id")), _negated=True),
                fields=["tenant", "item_id"],
                name="receivables_document_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("tenant", "document_key"),
                name="receivables_document_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="receivables_document_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["invoice", "credit_note", "receipt", "unbilled_delivery", "retention"],
                    )
                ),
                name="receivables_document_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerversion",
            constraint=models.UniqueConstraint(
                fields=("tenant",), name="receivables_ledger_version_one"
            ),
        ),
        migrations.AddIndex(
            model_name="settlement",
            index=models.Index(
                condition=models.Q(("source_item__isnull", False)),
                fields=["tenant", "source_item"],
                name="receivables_settlement_source",
            ),
        ),
        migrations.AddIndex(
            model_name="settlement",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", False)),
                fields=["tenant", "superseded_at"],
                name="receivables_settlement_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)),
                fields=("tenant", "item", "settlement_key"),
                name="receivables_settlement_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="receivables_settlement_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "cash",
                            "bank_acceptance",
                            "commercial_acceptance",
                            "electronic_receivable",
                            "set_off",
                            "goods",
                            "credit_note",
                            "write_off",
                        ],
                    )
                ),
                name="receivables_settlement_kind",
            ),
        ),
        TenantTable("receivables_import_batch", rights="SELECT, INSERT, UPDATE"),
        TenantTable("receivables_ledger_version", rights="SELECT, INSERT, UPDATE"),
        # Versions: the app adds them and closes them, nothing else. The batch's composite key
        # implies the tenant's. (tenant_id, id) is unique already, so a second index over id
        # alone would only slow imports down.
        TenantTable(
            "receivables_document",
            rights="SELECT, INSERT, UPDATE (superseded_at)",
            tenant_key=False,
        ),
        TenantForeignKey("receivables_document", "batch_id", "receivables_import_batch"),
        TenantForeignKey("receivables_document", "buyer_id", "parties_buyer"),
        migrations.RunSQL(
            "ALTER TABLE receivables_document DROP CONSTRAINT receivables_document_pkey",
            "ALTER TABLE receivables_document ADD PRIMARY KEY (id)",
        ),
        TenantTable(
            "receivables_settlement",
            rights="SELECT, INSERT, UPDATE (superseded_at)",
            tenant_key=False,
        ),
        TenantForeignKey("receivables_settlement", "batch_id", "receivables_import_batch"),
        TenantForeignKey("receivables_settlement", "item_id", "receivables_document"),
        TenantForeignKey("receivables_settlement", "source_item_id", "receivables_document"),
        migrations.RunSQL(
            "ALTER TABLE receivables_settlement DROP CONSTRAINT receivables_settlement_pkey",
            "ALTER TABLE receivables_settlement ADD PRIMARY KEY (id)",
        ),
    ]
