"""API keys, found by their prefix before a tenant is known."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import DefinerFunction, OwnerReads, TenantTable


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_roles")]

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("prefix", models.CharField(max_length=10)),
                ("secret_hash", models.BinaryField(max_length=32)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("made_by", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "maker",
                    models.ForeignKey(
                        null=True,
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
                "indexes": [models.Index(fields=["prefix"], name="tenants_apikey_prefix")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "public_id"), name="tenants_apikey_public"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "prefix"), name="tenants_apikey_prefix_uniq"
                    ),
                ],
            },
        ),
        # No DELETE: a key that was revoked stays known.
        TenantTable("tenants_apikey", rights="SELECT, INSERT, UPDATE"),
        OwnerReads("tenants_apikey"),
        DefinerFunction(
            "tenants_keys_by_prefix(the_prefix text)",
            "RETURNS TABLE (id bigint, tenant_id bigint, public_id uuid, secret_hash bytea,"
            " scopes text[], expires_at timestamptz, last_used_at timestamptz,"
            " revoked_at timestamptz) LANGUAGE sql STABLE AS $$"
            " SELECT k.id, k.tenant_id, k.public_id, k.secret_hash, k.scopes::text[],"
            " k.expires_at, k.last_used_at, k.revoked_at"
            " FROM tenants_apikey k WHERE k.prefix = the_prefix $$",
        ),
    ]
