"""Balances and their journal."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("parties", "0001_initial"), ("tenants", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ExposureBalance",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("receivables", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("credits", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("unapplied", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("unbilled", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("bills", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("posted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "exposure_balance",
            },
        ),
        migrations.CreateModel(
            name="ExposurePosting",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("component", models.TextField()),
                ("amount", models.DecimalField(decimal_places=4, max_digits=22)),
                ("cause_kind", models.TextField()),
                ("cause_id", models.BigIntegerField()),
                ("posted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "exposure_posting",
            },
        ),
        migrations.AddField(
            model_name="exposurebalance",
            name="buyer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.buyer",
            ),
        ),
        migrations.AddField(
            model_name="exposurebalance",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.tenant",
            ),
        ),
        migrations.AddField(
            model_name="exposureposting",
            name="buyer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.buyer",
            ),
        ),
        migrations.AddField(
            model_name="exposureposting",
            name="tenant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenants.tenant",
            ),
        ),
        migrations.AddConstraint(
            model_name="exposurebalance",
            constraint=models.UniqueConstraint(
                fields=("tenant", "buyer", "currency"), name="exposure_balance_holder"
            ),
        ),
        migrations.AddConstraint(
            model_name="exposureposting",
            constraint=models.UniqueConstraint(
                fields=("tenant", "buyer", "currency", "component", "cause_kind", "cause_id"),
                name="exposure_posting_once",
            ),
        ),
        TenantTable("exposure_balance", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("exposure_balance", "buyer_id", "parties_buyer"),
        TenantTable("exposure_posting"),
        AppendOnly("exposure_posting"),
        TenantForeignKey("exposure_posting", "buyer_id", "parties_buyer"),
    ]
