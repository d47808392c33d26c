"""The table of statements: one row a version, never changed.

What a reader would get wrong: the amounts have a column each, although a JSON value would do for a
screen. A portfolio run reads them by the million, and a column is what the engine reads.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now

from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, TenantModel
from xindun.record.statements.rules import DECIMALS, MOST_DIGITS


def _line() -> models.DecimalField[Any, Any]:
    return models.DecimalField(max_digits=MOST_DIGITS, decimal_places=DECIMALS, null=True)


class Statement(TenantModel):
    """One version of a party's accounts of one period, scope and standard."""

    audit = Audited("statement_recorded")

    public_id = models.UUIDField(default=new_public_id, editable=False)
    party = models.ForeignKey(
        "parties.Party",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    version = models.IntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    months = models.IntegerField()
    standard = models.TextField()
    currency = models.TextField()
    unit = models.BigIntegerField()
    scope = models.TextField()
    audit_opinion = models.TextField()
    source = models.TextField()
    source_lines = models.JSONField(default=list)
    derived = models.JSONField(default=list)
    document_sha256 = models.TextField(null=True)
    filed_on = models.DateField(null=True)
    usd_rate = models.DecimalField(max_digits=24, decimal_places=12, null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    current_assets = _line()
    cash = _line()
    receivables = _line()
    inventory = _line()
    non_current_assets = _line()
    total_assets = _line()
    current_liabilities = _line()
    payables = _line()
    non_current_liabilities = _line()
    long_term_debt = _line()
    total_liabilities = _line()
    equity = _line()
    retained_earnings = _line()
    paid_in_capital = _line()
    subscribed_capital = _line()
    market_value = _line()
    sales = _line()
    cost_of_sales = _line()
    gross_profit = _line()
    operating_expenses = _line()
    depreciation = _line()
    ebitda = _line()
    ebit = _line()
    interest_expense = _line()
    net_income = _line()
    operating_cash_flow = _line()

    class Meta:
        db_table = "statements_statement"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="statements_statement_public_id"
            ),
            models.UniqueConstraint(
                fields=["tenant", "party", "ends_on", "months", "scope", "standard", "version"],
                name="statements_statement_version",
            ),
        ]
