"""Runs, snapshots and the list for today; prepared rows may go, marks may not."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0001_initial"),
        ("tenants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PortfolioRun",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("as_of", models.DateField()),
                ("as_of_reason", models.TextField()),
                ("known_at", models.DateTimeField()),
                ("restated", models.BooleanField(default=False)),
                ("ledger_version", models.BigIntegerField()),
                ("model_version", models.TextField()),
                ("parameters_version", models.TextField()),
                ("trigger", models.TextField()),
                ("actor", models.TextField()),
                ("status", models.TextField()),
                ("is_current", models.BooleanField(default=False)),
                (
                    "started_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                ("duration_ms", models.IntegerField(null=True)),
                ("failure", models.TextField(default="")),
                ("accounts", models.IntegerField(default=0)),
                ("buyers", models.IntegerField(default=0)),
                ("snapshot_root", models.TextField(default="")),
                ("inputs_hash", models.TextField(default="")),
                ("pruned", models.TextField(default="")),
                ("totals", models.JSONField(default=list)),
                ("series", models.JSONField(default=list)),
                ("concentration", models.JSONField(default=list)),
                ("coverage", models.JSONField(default=dict)),
                ("methods", models.JSONField(default=dict)),
                ("grades", models.JSONField(default=dict)),
                ("countries", models.JSONField(default=list)),
                ("scale", models.JSONField(default=dict)),
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
                "db_table": "monitoring_portfolio_run",
            },
        ),
        migrations.CreateModel(
            name="BuyerSnapshot",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("name", models.TextField()),
                ("sort_key", models.TextField()),
                ("country", models.TextField(null=True)),
                ("open_total", models.DecimalField(decimal_places=4, max_digits=22)),
                ("not_due", models.DecimalField(decimal_places=4, max_digits=22)),
                ("d1_30", models.DecimalField(decimal_places=4, max_digits=22)),
                ("d31_60", models.DecimalField(decimal_places=4, max_digits=22)),
                ("d61_90", models.DecimalField(decimal_places=4, max_digits=22)),
                ("d91_120", models.DecimalField(decimal_places=4, max_digits=22)),
                ("d121_180", models.DecimalField(decimal_places=4, max_digits=22)),
                ("d181_365", models.DecimalField(decimal_places=4, max_digits=22)),
                ("d_gt_365", models.DecimalField(decimal_places=4, max_digits=22)),
                ("overdue", models.DecimalField(decimal_places=4, max_digits=22)),
                ("disputed", models.DecimalField(decimal_places=4, max_digits=22)),
                ("under_bills", models.DecimalField(decimal_places=4, max_digits=22)),
                ("credits", models.DecimalField(decimal_places=4, max_digits=22)),
                ("unapplied", models.DecimalField(decimal_places=4, max_digits=22)),
                ("unbilled", models.DecimalField(decimal_places=4, max_digits=22)),
                ("net", models.DecimalField(decimal_places=4, max_digits=22)),
                ("oldest_due_on", models.DateField(null=True)),
                ("max_days_overdue", models.IntegerField(null=True)),
                ("open_items", models.IntegerField()),
                ("share_of_open", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("grade", models.SmallIntegerField(null=True)),
                ("not_rated_reason", models.TextField(null=True)),
                ("health_score", models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ("payment_index", models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                (
                    "days_beyond_terms",
                    models.DecimalField(decimal_places=4, max_digits=14, null=True),
                ),
                ("on_time_ratio", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("trend_days", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("confidence", models.TextField(null=True)),
                (
                    "limit_recommended",
                    models.DecimalField(decimal_places=4, max_digits=22, null=True),
                ),
                ("limit_binding", models.TextField(null=True)),
                ("over_limit", models.DecimalField(decimal_places=4, max_digits=22, null=True)),
                ("row_hash", models.BinaryField()),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
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
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.portfoliorun",
                    ),
                ),
            ],
            options={
                "db_table": "monitoring_buyer_snapshot",
            },
        ),
        migrations.CreateModel(
            name="SnapshotDetail",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("body", models.TextField()),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.portfoliorun",
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
                "db_table": "monitoring_snapshot_detail",
            },
        ),
        migrations.CreateModel(
            name="TodayAction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rank", models.IntegerField()),
                ("name", models.TextField()),
                ("currency", models.TextField()),
                ("code", models.TextField()),
                ("reason_code", models.TextField()),
                ("params", models.JSONField(default=dict)),
                ("stake", models.DecimalField(decimal_places=4, max_digits=22)),
                ("share_of_open", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("due_on", models.DateField(null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.portfoliorun",
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
                "db_table": "monitoring_today_action",
            },
        ),
        migrations.CreateModel(
            name="ActionMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("code", models.TextField()),
                ("state", models.TextField()),
                ("as_of", models.DateField()),
                ("stake", models.DecimalField(decimal_places=4, max_digits=22)),
                ("marked_at", models.DateTimeField()),
                ("actor", models.TextField()),
                ("note", models.TextField(default="")),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
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
                "db_table": "monitoring_action_mark",
                "indexes": [
                    models.Index(
                        fields=["tenant", "buyer", "currency", "code", "-id"],
                        name="monitoring_mark_occasion",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="portfoliorun",
            index=models.Index(fields=["tenant", "-as_of", "-id"], name="monitoring_run_day"),
        ),
        migrations.AddConstraint(
            model_name="portfoliorun",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="monitoring_run_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="portfoliorun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("tenant",),
                name="monitoring_run_one_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfoliorun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pruned", ""), ("restated", False), ("status", "finished")),
                fields=("tenant", "ledger_version", "as_of", "model_version", "parameters_version"),
                name="monitoring_run_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfoliorun",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_current", False), ("status", "finished"), _connector="OR"),
                name="monitoring_run_current_is_finished",
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "sort_key", "id"], name="snapshot_by_sort_key"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "country", "id"], name="snapshot_by_country"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "currency", "id"], name="snapshot_by_currency"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "not_due", "id"], name="snapshot_by_not_due"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(fields=["tenant", "run", "d1_30", "id"], name="snapshot_by_d1_30"),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(fields=["tenant", "run", "d31_60", "id"], name="snapshot_by_d31_60"),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(fields=["tenant", "run", "d61_90", "id"], name="snapshot_by_d61_90"),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "d91_120", "id"], name="snapshot_by_d91_120"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "d121_180", "id"], name="snapshot_by_d121_180"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "d181_365", "id"], name="snapshot_by_d181_365"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "d_gt_365", "id"], name="snapshot_by_d_gt_365"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "open_total", "id"], name="snapshot_by_open_total"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "overdue", "id"], name="snapshot_by_overdue"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(fields=["tenant", "run", "net", "id"], name="snapshot_by_net"),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "max_days_overdue", "id"],
                name="snapshot_by_max_days_overdue",
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(fields=["tenant", "run", "grade", "id"], name="snapshot_by_grade"),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "health_score", "id"], name="snapshot_by_health_score"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "payment_index", "id"], name="snapshot_by_payment_index"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "days_beyond_terms", "id"],
                name="snapshot_by_days_beyond_terms",
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "trend_days", "id"], name="snapshot_by_trend_days"
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "limit_recommended", "id"],
                name="snapshot_by_limit_recommended",
            ),
        ),
        migrations.AddIndex(
            model_name="buyersnapshot",
            index=models.Index(
                fields=["tenant", "run", "over_limit", "id"], name="snapshot_by_over_limit"
            ),
        ),
        migrations.AddConstraint(
            model_name="buyersnapshot",
            constraint=models.UniqueConstraint(
                fields=("tenant", "run", "buyer", "currency"), name="monitoring_snapshot_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshotdetail",
            constraint=models.UniqueConstraint(
                fields=("tenant", "run", "buyer", "currency"), name="monitoring_detail_account"
            ),
        ),
        migrations.AddIndex(
            model_name="todayaction",
            index=models.Index(fields=["tenant", "run", "buyer"], name="monitoring_action_buyer"),
        ),
        migrations.AddConstraint(
            model_name="todayaction",
            constraint=models.UniqueConstraint(
                fields=("tenant", "run", "rank"), name="monitoring_action_rank"
            ),
        ),
        TenantTable("monitoring_portfolio_run"),
        TenantTable("monitoring_buyer_snapshot", rights="SELECT, INSERT, DELETE", tenant_key=False),
        TenantForeignKey("monitoring_buyer_snapshot", "run_id", "monitoring_portfolio_run"),
        TenantForeignKey("monitoring_buyer_snapshot", "buyer_id", "parties_buyer"),
        TenantTable(
            "monitoring_snapshot_detail", rights="SELECT, INSERT, DELETE", tenant_key=False
        ),
        TenantForeignKey("monitoring_snapshot_detail", "run_id", "monitoring_portfolio_run"),
        TenantForeignKey("monitoring_snapshot_detail", "buyer_id", "parties_buyer"),
        TenantTable("monitoring_today_action", rights="SELECT, INSERT, DELETE", tenant_key=False),
        TenantForeignKey("monitoring_today_action", "run_id", "monitoring_portfolio_run"),
        TenantForeignKey("monitoring_today_action", "buyer_id", "parties_buyer"),
        TenantTable("monitoring_action_mark", tenant_key=False),
        AppendOnly("monitoring_action_mark"),
        TenantForeignKey("monitoring_action_mark", "buyer_id", "parties_buyer"),
    ]
