"""How many owners have no second factor, counted over all companies for who runs them."""

from django.db import migrations

from xindun.kit.migrations import DefinerFunction


class Migration(migrations.Migration):
    dependencies = [
        ("signin", "0001_initial"),
        ("tenants", "0007_four_eyes"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        DefinerFunction(
            "signin_owners_without_factor()",
            "RETURNS bigint LANGUAGE sql STABLE AS $$"
            " SELECT count(DISTINCT m.user_id) FROM tenants_membership m"
            " JOIN tenants_user u ON u.id = m.user_id"
            " WHERE m.role = 'owner' AND m.ended_at IS NULL AND u.is_active"
            " AND u.password NOT LIKE '!%' AND NOT EXISTS (SELECT FROM mfa_authenticator a"
            " WHERE a.user_id = m.user_id AND a.type IN ('totp', 'webauthn')) $$",
        ),
    ]
