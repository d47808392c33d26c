"""Public lists, watch lists, screenings and hits."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, Grant, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            (
                                "party",
                                "party",
                            ),
                            (
                                "owner",
                                "owner",
                            ),
                            (
                                "officer",
                                "officer",
                            ),
                            (
                                "bank",
                                "bank",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.TextField()),
                ("subject_key", models.TextField()),
                ("list", models.CharField(max_length=10)),
                ("entry_key", models.TextField()),
                ("entry_hash", models.CharField(max_length=64)),
                ("entry", models.JSONField()),
                ("points", models.SmallIntegerField()),
                ("fields", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                "open",
                                "open",
                            ),
                            (
                                "cleared",
                                "cleared",
                            ),
                            (
                                "confirmed",
                                "confirmed",
                            ),
                            (
                                "superseded",
                                "superseded",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            (
                                "onboarding",
                                "onboarding",
                            ),
                            (
                                "order",
                                "order",
                            ),
                            (
                                "receipt",
                                "receipt",
                            ),
                            (
                                "list_change",
                                "list_change",
                            ),
                            (
                                "review",
                                "review",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("decided_by", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    ),
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
                "db_table": "screening_hit",
            },
        ),
        migrations.CreateModel(
            name="HitOpinion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            (
                                "open",
                                "open",
                            ),
                            (
                                "cleared",
                                "cleared",
                            ),
                            (
                                "confirmed",
                                "confirmed",
                            ),
                            (
                                "superseded",
                                "superseded",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "hit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.hit",
                    ),
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
                "db_table": "screening_hit_opinion",
            },
        ),
        migrations.CreateModel(
            name="PublicVersion",
            fields=[
                ("published_on", models.DateField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("entries", models.IntegerField()),
                ("added", models.IntegerField()),
                ("changed", models.IntegerField()),
                ("removed", models.IntegerField()),
                ("loaded_at", models.DateTimeField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("list", models.CharField(max_length=10)),
            ],
            options={
                "db_table": "screening_public_version",
                "indexes": [models.Index(fields=["list", "-id"], name="screening_public_newest")],
            },
        ),
        migrations.CreateModel(
            name="PublicEntry",
            fields=[
                ("entry_key", models.TextField()),
                ("entry_hash", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("list", models.CharField(max_length=10)),
                (
                    "ended",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.publicversion",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.publicversion",
                    ),
                ),
            ],
            options={
                "db_table": "screening_public_entry",
            },
        ),
        migrations.CreateModel(
            name="ScreeningSetting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("thresholds", models.JSONField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
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
                "db_table": "screening_setting",
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("versions", models.JSONField()),
                ("parties", models.IntegerField()),
                ("affected", models.IntegerField()),
                ("swept_at", models.DateTimeField()),
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
                "db_table": "screening_sweep",
            },
        ),
        migrations.CreateModel(
            name="WatchVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("published_on", models.DateField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("entries", models.IntegerField()),
                ("added", models.IntegerField()),
                ("changed", models.IntegerField()),
                ("removed", models.IntegerField()),
                ("loaded_at", models.DateTimeField()),
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
                "db_table": "screening_watch_version",
            },
        ),
        migrations.CreateModel(
            name="WatchEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("entry_key", models.TextField()),
                ("entry_hash", models.CharField(max_length=64)),
                ("content", models.JSONField()),
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
                (
                    "ended",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.watchversion",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.watchversion",
                    ),
                ),
            ],
            options={
                "db_table": "screening_watch_entry",
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            (
                                "onboarding",
                                "onboarding",
                            ),
                            (
                                "order",
                                "order",
                            ),
                            (
                                "receipt",
                                "receipt",
                            ),
                            (
                                "list_change",
                                "list_change",
                            ),
                            (
                                "review",
                                "review",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("versions", models.JSONField()),
                ("subjects", models.IntegerField()),
                ("hits", models.IntegerField()),
                ("screened_at", models.DateTimeField()),
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                    ),
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
                "db_table": "screening_check",
                "indexes": [
                    models.Index(fields=["tenant", "party", "-id"], name="screening_check_newest")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(fields=["tenant", "state", "-id"], name="screening_hit_state"),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(fields=["tenant", "list", "entry_key"], name="screening_hit_entry"),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="screening_hit_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "party", "subject_key", "list", "entry_key", "entry_hash"),
                name="screening_hit_once",
            ),
        ),
        migrations.AddIndex(
            model_name="hitopinion",
            index=models.Index(fields=["tenant", "hit", "-id"], name="screening_opinion_hit"),
        ),
        migrations.AddConstraint(
            model_name="publicentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", None)),
                fields=("list", "entry_key"),
                name="screening_public_entry_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="watchentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", None)),
                fields=("tenant", "entry_key"),
                name="screening_watch_entry_current",
            ),
        ),
        # An entry is never altered; it only learns with which version it ended.
        Grant("screening_public_version", "SELECT, INSERT"),
        Grant("screening_public_entry", "SELECT, INSERT, UPDATE (ended_id)"),
        TenantTable("screening_watch_version"),
        AppendOnly("screening_watch_version"),
        TenantTable("screening_watch_entry", rights="SELECT, INSERT, UPDATE (ended_id)"),
        TenantForeignKey("screening_watch_entry", "first_id", "screening_watch_version"),
        TenantForeignKey("screening_watch_entry", "ended_id", "screening_watch_version"),
        TenantTable("screening_setting"),
        AppendOnly("screening_setting"),
        TenantTable("screening_check"),
        AppendOnly("screening_check"),
        TenantForeignKey("screening_check", "party_id", "parties_party"),
        TenantTable("screening_sweep"),
        AppendOnly("screening_sweep"),
        TenantTable("screening_hit", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("screening_hit", "party_id", "parties_party"),
        TenantTable("screening_hit_opinion"),
        AppendOnly("screening_hit_opinion"),
        TenantForeignKey("screening_hit_opinion", "hit_id", "screening_hit"),
    ]
