"""The row to lock of each buyer, and what orders commit."""

import django.db.models.deletion
from django.db import migrations, models

from xindun.kit.migrations import TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("exposure", "0001_initial"),
        ("parties", "0004_register"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExposureCommitment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.TextField()),
                ("due_on", models.DateField()),
                ("ordered", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("delivered", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("billed", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
                ("prepaid", models.DecimalField(decimal_places=4, default=0, max_digits=22)),
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
                "db_table": "exposure_commitment",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "buyer", "currency", "due_on"),
                        name="exposure_commitment_holder",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExposureHolder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
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
                "db_table": "exposure_holder",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "buyer"), name="exposure_holder_buyer"
                    )
                ],
            },
        ),
        TenantTable("exposure_holder", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("exposure_holder", "buyer_id", "parties_buyer"),
        TenantTable("exposure_commitment", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("exposure_commitment", "buyer_id", "parties_buyer"),
    ]
