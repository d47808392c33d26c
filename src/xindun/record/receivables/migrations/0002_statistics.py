"""Let the app refresh the planner's statistics of the mass tables after a large import.

Without it the first screens after an import plan for an empty table (3 s instead of 1 ms for one
buyer's documents), until autovacuum comes by. ANALYZE needs the owner's right.
"""

from django.db import migrations

from xindun.kit.migrations import DefinerFunction


class Migration(migrations.Migration):
    dependencies = [("receivables", "0001_initial")]

    operations = [
        DefinerFunction(
            "receivables_refresh_statistics()",
            """RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                ANALYZE parties_buyer;
                ANALYZE receivables_document;
                ANALYZE receivables_settlement;
                ANALYZE exposure_balance;
            END $$""",
        ),
    ]
