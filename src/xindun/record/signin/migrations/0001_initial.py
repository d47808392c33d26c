"""Counts of wrong guesses, the companies' sign-in rules, and the cache that processes share."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from xindun.kit.migrations import Grant, TenantTable

# As ``createcachetable`` makes it; the app is granted it with the libraries' tables.
CACHE = """
CREATE TABLE django_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX django_cache_expires ON django_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="GuessCount",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["last_at"], name="signin_guess_last")]},
        ),
        migrations.CreateModel(
            name="SignInRule",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("second_factor", models.BooleanField()),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant",), name="signin_rule_tenant")
                ]
            },
        ),
        Grant("signin_guesscount"),
        TenantTable("signin_signinrule", rights="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(CACHE, "DROP TABLE django_cache"),
    ]
