"""Financial statements: a row a version, a column a line."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable

LINES = (
    *("current_assets", "cash", "receivables", "inventory", "non_current_assets", "total_assets"),
    *("current_liabilities", "payables", "non_current_liabilities", "long_term_debt"),
    *("total_liabilities", "equity", "retained_earnings", "paid_in_capital", "subscribed_capital"),
    *("market_value", "sales", "cost_of_sales", "gross_profit", "operating_expenses"),
    *("depreciation", "ebitda", "ebit", "interest_expense", "net_income", "operating_cash_flow"),
)


def _owner(to: str) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("parties", "0002_parties_and_legal_entities"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("version", models.IntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("months", models.IntegerField()),
                ("standard", models.TextField()),
                ("currency", models.TextField()),
                ("unit", models.BigIntegerField()),
                ("scope", models.TextField()),
                ("audit_opinion", models.TextField()),
                ("source", models.TextField()),
                ("source_lines", models.JSONField(default=list)),
                ("derived", models.JSONField(default=list)),
                ("document_sha256", models.TextField(null=True)),
                ("filed_on", models.DateField(null=True)),
                (
                    "usd_rate",
                    models.DecimalField(decimal_places=12, max_digits=24, null=True),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                *(
                    (line, models.DecimalField(decimal_places=4, max_digits=24, null=True))
                    for line in LINES
                ),
                ("party", _owner("parties.party")),
                ("tenant", _owner("tenants.tenant")),
            ],
            options={"db_table": "statements_statement"},
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="statements_statement_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("tenant", "party", "ends_on", "months", "scope", "standard", "version"),
                name="statements_statement_version",
            ),
        ),
        TenantTable("statements_statement"),
        AppendOnly("statements_statement"),
        TenantForeignKey("statements_statement", "party_id", "parties_party"),
    ]
