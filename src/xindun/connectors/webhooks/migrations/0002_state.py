"""How many deliveries wait or are dead over all tenants: counts, no row."""

from django.db import migrations

from xindun.kit.migrations import DefinerFunction, OwnerReads


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_initial")]

    operations = [
        OwnerReads("webhooks_delivery"),
        DefinerFunction(
            "webhooks_state()",
            "RETURNS TABLE (waiting bigint, dead bigint, oldest timestamptz)"
            " LANGUAGE sql STABLE AS $$"
            " SELECT count(*) FILTER (WHERE state = 'waiting'),"
            " count(*) FILTER (WHERE state = 'dead' AND topic <> 'xindun.test'),"
            " min(occurred_at) FILTER (WHERE state = 'waiting')"
            " FROM webhooks_delivery WHERE state IN ('waiting', 'dead') $$",
        ),
    ]
