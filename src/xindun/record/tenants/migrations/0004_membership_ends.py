"""A membership can end, and remembers the role it had."""

from django.db import migrations, models

from xindun.kit.migrations import DefinerFunction

ROLES = ("owner", "credit_manager", "analyst", "sales", "collector", "finance", "auditor")
SIGNATURE = "tenants_memberships_of(the_user bigint)"


def _function(condition: str) -> DefinerFunction:
    return DefinerFunction(
        SIGNATURE,
        "RETURNS TABLE (tenant_id bigint, tenant_public_id uuid, tenant_name text, role text)"
        " LANGUAGE sql STABLE AS $$ SELECT t.id, t.public_id, t.name, m.role"
        " FROM tenants_membership m JOIN tenants_tenant t ON t.id = m.tenant_id"
        f" WHERE m.user_id = the_user{condition} ORDER BY m.id $$",
    )


BEFORE = _function("")


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_api_keys")]

    operations = [
        migrations.AddField("membership", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField("membership", "changed_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "membership",
            "previous_role",
            models.CharField(
                blank=True, choices=[(role, role) for role in ROLES], default="", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.RunSQL("; ".join(BEFORE.backwards()), "; ".join(BEFORE.forwards())),
        _function(" AND m.ended_at IS NULL"),
    ]
