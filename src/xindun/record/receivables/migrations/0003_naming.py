"""Keep what a receipt or credit note names, so that its invoice may come in another file.

A nullable column and an index over the rows that have it: nothing is rewritten, and a ledger whose
documents name nothing pays for neither.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
        ("receivables", "0002_statistics"),
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="naming",
            field=models.TextField(null=True),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("naming__isnull", False), ("superseded_at", None)),
                fields=["tenant", "buyer"],
                name="receivables_document_naming",
            ),
        ),
    ]
