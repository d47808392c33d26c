"""How many events wait over all tenants, for those who watch the installation: a count, no row."""

from django.db import migrations

from xindun.kit.migrations import DefinerFunction, OwnerReads


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_outbox")]

    operations = [
        OwnerReads("kit_outboxevent"),
        DefinerFunction(
            "kit_outbox_state()",
            "RETURNS TABLE (waiting bigint, oldest timestamptz) LANGUAGE sql STABLE AS $$"
            " SELECT count(*), min(occurred_at) FROM kit_outboxevent"
            " WHERE handed_over_at IS NULL $$",
        ),
    ]
