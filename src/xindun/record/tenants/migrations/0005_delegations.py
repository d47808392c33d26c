"""Delegations, and what a user may do where in one question."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import DefinerFunction, OwnerReads, TenantForeignKey, TenantTable

STANDINGS = """
RETURNS TABLE (tenant_id bigint, tenant_public_id uuid, tenant_name text, kind text, role text,
               lent text)
LANGUAGE sql STABLE AS $$
SELECT t.id, t.public_id, t.name, t.kind, m.role,
       coalesce((SELECT jsonb_agg(jsonb_build_object(
                            'id', d.public_id, 'giver', u.public_id, 'role', g.role,
                            'permissions', d.permissions) ORDER BY d.id)
                   FROM tenants_delegation d
                   JOIN tenants_membership g ON g.tenant_id = d.tenant_id AND g.id = d.giver_id
                   JOIN tenants_user u ON u.id = g.user_id
                  WHERE d.tenant_id = m.tenant_id AND d.receiver_id = m.id
                    AND d.revoked_at IS NULL AND g.ended_at IS NULL
                    AND d.starts_at <= the_now AND the_now < d.ends_at), '[]')::text
  FROM tenants_membership m JOIN tenants_tenant t ON t.id = m.tenant_id
 WHERE m.user_id = the_user AND m.ended_at IS NULL
 ORDER BY m.id $$
"""


def _member() -> Any:
    return models.ForeignKey(
        db_constraint=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenants.membership",
    )


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_membership_ends")]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                (
                    "permissions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("giver", _member()),
                ("receiver", _member()),
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
                        fields=("tenant", "public_id"), name="tenants_delegation_pub"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="tenants_delegation_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="tenants_delegation_two",
                    ),
                ],
            },
        ),
        TenantTable("tenants_delegation", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("tenants_delegation", "giver_id", "tenants_membership"),
        TenantForeignKey("tenants_delegation", "receiver_id", "tenants_membership"),
        OwnerReads("tenants_delegation"),
        DefinerFunction("tenants_standings_of(the_user bigint, the_now timestamptz)", STANDINGS),
    ]
