"""Every membership has a role; who belonged to a company before roles owns it."""

from django.db import migrations, models

from xindun.kit.migrations import DefinerFunction

ROLES = (
    "owner",
    "credit_manager",
    "analyst",
    "sales",
    "collector",
    "finance",
    "auditor",
)
_FROM = (
    " FROM tenants_membership m JOIN tenants_tenant t ON t.id = m.tenant_id"
    " WHERE m.user_id = the_user ORDER BY m.id $$"
)
BEFORE = DefinerFunction(
    "tenants_memberships_of(the_user bigint)",
    "RETURNS TABLE (tenant_id bigint, tenant_public_id uuid, tenant_name text)"
    " LANGUAGE sql STABLE AS $$ SELECT t.id, t.public_id, t.name" + _FROM,
)


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[(role, role) for role in ROLES], default="owner", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.RunSQL("; ".join(BEFORE.backwards()), "; ".join(BEFORE.forwards())),
        DefinerFunction(
            "tenants_memberships_of(the_user bigint)",
            "RETURNS TABLE (tenant_id bigint, tenant_public_id uuid, tenant_name text, role text)"
            " LANGUAGE sql STABLE AS $$ SELECT t.id, t.public_id, t.name, m.role" + _FROM,
        ),
    ]
