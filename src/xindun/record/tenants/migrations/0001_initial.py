"""Users, tenants and memberships, and the two questions asked before a tenant is known."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import DefinerFunction, Grant, OwnerReads, TenantTable

TENANT_IS_CURRENT = "id = nullif(current_setting('xindun.tenant_id', true), '')::bigint"
GUARD_TENANTS = f"""
ALTER TABLE tenants_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON tenants_tenant FOR ALL
    USING ({TENANT_IS_CURRENT}) WITH CHECK ({TENANT_IS_CURRENT});
"""
UNGUARD_TENANTS = """
DROP POLICY tenant_isolation ON tenants_tenant;
ALTER TABLE tenants_tenant NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenants_tenant DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False, unique=True
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=200)),
                (
                    "language",
                    models.CharField(choices=[("en", "en"), ("zh-hans", "zh-hans")], max_length=10),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tenant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("seller", "seller"), ("insurer", "insurer")], max_length=10
                    ),
                ),
                ("base_currency", models.CharField(max_length=3)),
                ("time_zone", models.CharField(max_length=64)),
                ("country", models.CharField(max_length=2)),
                (
                    "language",
                    models.CharField(choices=[("en", "en"), ("zh-hans", "zh-hans")], max_length=10),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        fields=("tenant", "user"), name="tenants_membership_uniq"
                    )
                ],
            },
        ),
        # A tenant's row is guarded by its own id; nobody deletes one.
        migrations.RunSQL(GUARD_TENANTS, UNGUARD_TENANTS),
        Grant("tenants_tenant", "SELECT, INSERT, UPDATE"),
        OwnerReads("tenants_tenant"),
        # Signing in comes before a tenant is known.
        Grant("tenants_user", "SELECT, INSERT, UPDATE"),
        TenantTable("tenants_membership"),
        OwnerReads("tenants_membership"),
        DefinerFunction(
            "tenants_all_ids()",
            "RETURNS SETOF bigint LANGUAGE sql STABLE AS 'SELECT id FROM tenants_tenant'",
        ),
        DefinerFunction(
            "tenants_memberships_of(the_user bigint)",
            "RETURNS TABLE (tenant_id bigint, tenant_public_id uuid, tenant_name text)"
            " LANGUAGE sql STABLE AS $$"
            " SELECT t.id, t.public_id, t.name FROM tenants_membership m"
            " JOIN tenants_tenant t ON t.id = m.tenant_id"
            " WHERE m.user_id = the_user ORDER BY m.id $$",
        ),
    ]
