"""What a register tells of an entity, and the pieces of names by which a search finds it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import Grant


class Migration(migrations.Migration):
    dependencies = [("parties", "0003_party_identifiers")]

    operations = [
        *(
            migrations.AddField("legalentity", name, field)
            for name, field in (
                ("other_names", models.JSONField(default=list)),
                ("core_key", models.TextField(default="")),
                ("legal_form", models.TextField(default="")),
                ("status", models.TextField(default="")),
                ("address", models.TextField(default="")),
                ("city", models.TextField(default="")),
                ("founded_on", models.DateField(null=True)),
                ("updated_on", models.DateField(null=True)),
                ("content_hash", models.BinaryField(default=b"")),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
            )
        ),
        migrations.AddIndex(
            "legalentity", models.Index(fields=["core_key", "id"], name="parties_entity_core")
        ),
        migrations.AddIndex(
            "legalentity",
            django.contrib.postgres.indexes.GinIndex(fields=["grams"], name="parties_entity_grams"),
        ),
        migrations.CreateModel(
            name="EntityIdentifier",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scheme", models.TextField()),
                ("value", models.TextField()),
                (
                    "legal_entity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.legalentity",
                    ),
                ),
            ],
            options={
                "db_table": "parties_entity_identifier",
                "indexes": [models.Index(fields=["value", "scheme"], name="parties_entity_number")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("legal_entity", "scheme", "value"),
                        name="parties_entity_identifier_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EntityLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("register", models.TextField()),
                ("child_key", models.TextField()),
                ("parent_key", models.TextField()),
                ("kind", models.TextField()),
                ("percent", models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("updated_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "parties_entity_link",
                "indexes": [
                    models.Index(fields=["register", "parent_key"], name="parties_entity_parent")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "child_key", "parent_key", "kind"),
                        name="parties_entity_link_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gram",
            fields=[
                ("gram", models.IntegerField(primary_key=True, serialize=False)),
                ("entities", models.BigIntegerField()),
            ],
            options={"db_table": "parties_gram"},
        ),
        Grant("parties_entity_identifier", "SELECT"),
        Grant("parties_entity_link", "SELECT"),
        Grant("parties_gram", "SELECT"),
    ]
