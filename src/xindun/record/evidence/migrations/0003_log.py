"""The log: an append-only Merkle tree a tenant, its signed heads and its keys."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import (
    AppendOnly,
    DefinerFunction,
    OwnerReads,
    TenantForeignKey,
    TenantTable,
)


def tenant_fields() -> list[tuple[str, Any]]:
    """The columns every table here begins with."""
    return [
        ("id", models.BigAutoField(primary_key=True, serialize=False)),
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
    ]


def unique(name: str, *fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=("tenant", *fields), name=name)


# A queue's rows come and go: clean up after every few thousand instead of after a share of it.
BRISK_CLEANING = """
ALTER TABLE evidence_pendingevidence SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000
)
"""
USUAL_CLEANING = """
ALTER TABLE evidence_pendingevidence RESET (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_analyze_scale_factor, autovacuum_analyze_threshold
)
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_personal_content")]

    operations = [
        migrations.CreateModel(
            name="EvidenceLog",
            fields=[*tenant_fields(), ("log_id", models.UUIDField())],
            options={
                "constraints": [unique("evidence_one_log"), unique("evidence_log_id", "log_id")],
            },
        ),
        TenantTable("evidence_evidencelog"),
        AppendOnly("evidence_evidencelog"),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                *tenant_fields(),
                ("number", models.BigIntegerField()),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.evidencerecord",
                    ),
                ),
                ("leaf_hash", models.BinaryField(max_length=32)),
            ],
            options={
                "constraints": [
                    unique("evidence_entry_number", "number"),
                    unique("evidence_entry_record", "record"),
                ],
            },
        ),
        TenantTable("evidence_logentry", tenant_key=False),
        TenantForeignKey("evidence_logentry", "record_id", "evidence_evidencerecord"),
        AppendOnly("evidence_logentry"),
        migrations.CreateModel(
            name="LogNode",
            fields=[
                *tenant_fields(),
                ("level", models.SmallIntegerField()),
                ("position", models.BigIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
            ],
            options={"constraints": [unique("evidence_node_place", "level", "position")]},
        ),
        TenantTable("evidence_lognode"),
        AppendOnly("evidence_lognode"),
        migrations.CreateModel(
            name="TreeHead",
            fields=[
                *tenant_fields(),
                ("number", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField(max_length=32)),
                ("signed_at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "constraints": [
                    unique("evidence_head_number", "number"),
                    unique("evidence_head_size", "size"),
                ],
            },
        ),
        TenantTable("evidence_treehead"),
        AppendOnly("evidence_treehead"),
        migrations.CreateModel(
            name="LogKey",
            fields=[
                *tenant_fields(),
                ("number", models.IntegerField()),
                ("key_id", models.CharField(max_length=32)),
                ("public_key", models.BinaryField(max_length=32)),
                ("previous", models.CharField(max_length=32)),
                ("from_size", models.BigIntegerField()),
                ("started_at", models.DateTimeField()),
                ("signed_by_new", models.BinaryField(max_length=64)),
                ("signed_by_old", models.BinaryField(max_length=64)),
            ],
            options={
                "constraints": [
                    unique("evidence_key_number", "number"),
                    unique("evidence_key_id", "key_id"),
                ],
            },
        ),
        TenantTable("evidence_logkey"),
        AppendOnly("evidence_logkey"),
        # Workers ask which tenants have records waiting, and which keys sign.
        OwnerReads("evidence_pendingevidence"),
        OwnerReads("evidence_logkey"),
        DefinerFunction(
            "evidence_tenants_pending()",
            "RETURNS SETOF bigint LANGUAGE sql STABLE AS $$"
            " WITH RECURSIVE t AS ("
            " (SELECT tenant_id FROM evidence_pendingevidence ORDER BY tenant_id LIMIT 1)"
            " UNION ALL"
            " SELECT (SELECT p.tenant_id FROM evidence_pendingevidence p"
            " WHERE p.tenant_id > t.tenant_id ORDER BY p.tenant_id LIMIT 1)"
            " FROM t WHERE t.tenant_id IS NOT NULL)"
            " SELECT tenant_id FROM t WHERE tenant_id IS NOT NULL $$",
        ),
        DefinerFunction(
            "evidence_newest_keys()",
            "RETURNS TABLE (tenant_id bigint, key_id text) LANGUAGE sql STABLE AS $$"
            " SELECT DISTINCT ON (k.tenant_id) k.tenant_id, k.key_id FROM evidence_logkey k"
            " ORDER BY k.tenant_id, k.number DESC $$",
        ),
        # The app cannot take a record off the queue; this can, and only what is in the log.
        DefinerFunction(
            "evidence_drop_sequenced(the_tenant bigint, pending_ids bigint[])",
            "RETURNS bigint LANGUAGE sql AS $$"
            " WITH gone AS (DELETE FROM evidence_pendingevidence p USING evidence_logentry e"
            " WHERE p.tenant_id = the_tenant AND p.id = ANY (pending_ids)"
            " AND e.tenant_id = the_tenant AND e.record_id = p.record_id RETURNING 1)"
            " SELECT count(*) FROM gone $$",
        ),
        migrations.RunSQL(BRISK_CLEANING, USUAL_CLEANING),
    ]
