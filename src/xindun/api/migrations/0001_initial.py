"""Stored answers, jobs asked for, and the shares of keys with the function that counts them."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import TenantTable
from xindun.kit.roles import APP_ROLE

TAKE = f"""
CREATE FUNCTION api_take(
    p_tenant bigint, p_key text, p_limit integer, p_seconds integer,
    OUT allowed boolean, OUT remaining integer, OUT reset_seconds double precision,
    OUT wait_seconds double precision
) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    -- Each request costs a step; a key may be ahead of the clock by the whole window.
    outer_tenant text := coalesce(current_setting('xindun.tenant_id', true), '');
    moment timestamptz := clock_timestamp();
    ahead interval := make_interval(secs => p_seconds);
    step interval := ahead / p_limit;
    spent timestamptz;
BEGIN
    PERFORM set_config('xindun.tenant_id', p_tenant::text, true);
    INSERT INTO api_rate AS r (tenant_id, key, spent_until)
    VALUES (p_tenant, p_key, moment + step)
    ON CONFLICT (tenant_id, key) DO UPDATE
        SET spent_until = greatest(r.spent_until, moment) + step
        WHERE greatest(r.spent_until, moment) + step <= moment + ahead
    RETURNING r.spent_until INTO spent;
    allowed := FOUND;
    IF NOT allowed THEN
        SELECT r.spent_until INTO spent FROM api_rate r
        WHERE r.tenant_id = p_tenant AND r.key = p_key;
    END IF;
    remaining := greatest(
        0, floor(extract(epoch FROM moment + ahead - spent) / extract(epoch FROM step))
    );
    reset_seconds := greatest(0, extract(epoch FROM spent - moment));
    wait_seconds := greatest(0, extract(epoch FROM spent + step - ahead - moment));
    PERFORM set_config('xindun.tenant_id', outer_tenant, true);
END $$;
REVOKE ALL ON FUNCTION api_take(bigint, text, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_take(bigint, text, integer, integer) TO {APP_ROLE};
"""


def tenant() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenants.tenant",
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="StoredAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("operation", models.TextField()),
                ("key", models.TextField()),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("status", models.SmallIntegerField()),
                ("headers", models.JSONField()),
                ("body", models.BinaryField()),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("tenant", tenant()),
            ],
            options={"db_table": "api_stored_answer"},
        ),
        migrations.CreateModel(
            name="AskedJob",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("kind", models.TextField()),
                ("import_id", models.UUIDField(null=True)),
                ("as_of", models.DateField(null=True)),
                ("actor", models.TextField()),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("tenant", tenant()),
            ],
            options={"db_table": "api_asked_job"},
        ),
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.TextField()),
                ("spent_until", models.DateTimeField()),
                ("tenant", tenant()),
            ],
            options={"db_table": "api_rate"},
        ),
        migrations.AddConstraint(
            model_name="storedanswer",
            constraint=models.UniqueConstraint(
                fields=("tenant", "operation", "key"), name="api_stored_answer_key"
            ),
        ),
        migrations.AddIndex(
            model_name="storedanswer",
            index=models.Index(fields=["tenant", "created_at"], name="api_stored_answer_age"),
        ),
        migrations.AddConstraint(
            model_name="askedjob",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="api_asked_job_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="rate",
            constraint=models.UniqueConstraint(fields=("tenant", "key"), name="api_rate_key"),
        ),
        TenantTable("api_stored_answer"),
        TenantTable("api_asked_job"),
        # An unlogged table may not be referenced, but it may reference.
        TenantTable("api_rate"),
        migrations.RunSQL("ALTER TABLE api_rate SET UNLOGGED", "ALTER TABLE api_rate SET LOGGED"),
        migrations.RunSQL(TAKE, "DROP FUNCTION api_take(bigint, text, integer, integer)"),
    ]
