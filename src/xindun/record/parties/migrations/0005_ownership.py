"""Shares that one of a tenant's parties holds in another, version by version."""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


def _key(to: str) -> Any:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("parties", "0004_register")]

    operations = [
        migrations.CreateModel(
            name="OwnershipVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "link",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=4, max_digits=7)),
                ("source", models.TextField()),
                ("as_of", models.DateField()),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("child", _key("parties.party")),
                ("parent", _key("parties.party")),
                ("tenant", _key("tenants.tenant")),
            ],
            options={
                "db_table": "parties_ownership",
                "indexes": [
                    models.Index(fields=["tenant", "link", "-id"], name="parties_ownership_newest"),
                    models.Index(fields=["tenant", "child"], name="parties_ownership_child"),
                    models.Index(fields=["tenant", "parent"], name="parties_ownership_parent"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(percent__gt=0, percent__lte=100),
                        name="parties_ownership_percent",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(child=models.F("parent")),
                        name="parties_ownership_of_another",
                    ),
                ],
            },
        ),
        TenantTable("parties_ownership"),
        AppendOnly("parties_ownership"),
        TenantForeignKey("parties_ownership", "child_id", "parties_party"),
        TenantForeignKey("parties_ownership", "parent_id", "parties_party"),
    ]
