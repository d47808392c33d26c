"""Invitations, found by their token before a tenant is known."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import DefinerFunction, OwnerReads, TenantTable

ROLES = ("owner", "credit_manager", "analyst", "sales", "collector", "finance", "auditor")


class Migration(migrations.Migration):
    dependencies = [("tenants", "0005_delegations")]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "role",
                    models.CharField(choices=[(role, role) for role in ROLES], max_length=20),
                ),
                ("token_hash", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["token_hash"], name="tenants_invitation_token")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="tenants_invitation_pub"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("tenant", "email"),
                        name="tenants_invitation_one_open",
                    ),
                ],
            },
        ),
        TenantTable("tenants_invitation", rights="SELECT, INSERT, UPDATE"),
        OwnerReads("tenants_invitation"),
        DefinerFunction(
            "tenants_invitation_of(the_hash bytea)",
            "RETURNS TABLE (tenant_id bigint, tenant_name text, public_id uuid, email text,"
            " role text, made_at timestamptz, expires_at timestamptz)"
            " LANGUAGE sql STABLE AS $$"
            " SELECT t.id, t.name, i.public_id, i.email, i.role, i.made_at, i.expires_at"
            " FROM tenants_invitation i JOIN tenants_tenant t ON t.id = i.tenant_id"
            " WHERE i.token_hash = the_hash AND i.settled_at IS NULL $$",
        ),
    ]
