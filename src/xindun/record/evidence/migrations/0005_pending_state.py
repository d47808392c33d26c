"""How many records wait for the sequencer over all tenants: a count, no row."""

from django.db import migrations

from xindun.kit.migrations import DefinerFunction, OwnerReads


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_time_stamps")]

    operations = [
        OwnerReads("evidence_evidencerecord"),
        DefinerFunction(
            "evidence_pending_state()",
            "RETURNS TABLE (pending bigint, oldest timestamptz) LANGUAGE sql STABLE AS $$"
            " SELECT count(*), min(r.recorded_at) FROM evidence_pendingevidence p"
            " JOIN evidence_evidencerecord r ON r.tenant_id = p.tenant_id AND r.id = p.record_id $$",
        ),
    ]
