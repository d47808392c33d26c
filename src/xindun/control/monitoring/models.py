"""Runs, snapshots, the list for today, and what somebody said about it.

What a reader would get wrong: the wide row and its JSON detail are two tables on purpose. A list
of 100,000 accounts counts, filters and sorts the narrow one in milliseconds; the detail is read
for one buyer at a time and pruned earlier.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now

from xindun.control.monitoring.values import BUCKET_COLUMNS
from xindun.kernel.identifiers import new_public_id
from xindun.kit.models import Audited, NotAudited, TenantModel

SORTED_BY_INDEX = (
    "sort_key",
    "country",
    "currency",
    *(column for column, _ in BUCKET_COLUMNS),
    "open_total",
    "overdue",
    "net",
    "max_days_overdue",
    "grade",
    "health_score",
    "payment_index",
    "days_beyond_terms",
    "trend_days",
    "limit_recommended",
    "over_limit",
)
"""The columns a list sorts by (``values.SORTS``); why one index each: docs/adr/0031."""
COMPUTED = "Computed from the ledger, again at will; the record of its run holds the root."


def money(*, null: bool = False) -> models.DecimalField[Any, Any]:
    """An amount: four decimals hold every ISO 4217 minor unit."""
    return models.DecimalField(max_digits=22, decimal_places=4, null=null)


def ratio() -> models.DecimalField[Any, Any]:
    """A share, a ratio or a number of days; null when the ledger cannot say."""
    return models.DecimalField(max_digits=14, decimal_places=4, null=True)


def buyer_key() -> models.ForeignKey[Any, Any]:
    """The buyer; its composite key with the tenant is made by the migration."""
    return models.ForeignKey(
        "parties.Buyer",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


def run_key() -> models.ForeignKey[Any, Any]:
    """The run; its composite key with the tenant is made by the migration."""
    return models.ForeignKey(
        "monitoring.PortfolioRun",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


class PortfolioRun(TenantModel):
    """One review of the whole ledger; see ``values.Run``."""

    audit = NotAudited(
        "How a computation went; what it decided is in scores, limits and the record of the run."
    )

    public_id = models.UUIDField(default=new_public_id, editable=False)
    as_of = models.DateField()
    as_of_reason = models.TextField()
    known_at = models.DateTimeField()
    restated = models.BooleanField(default=False)
    ledger_version = models.BigIntegerField()
    model_version = models.TextField()
    parameters_version = models.TextField()
    trigger = models.TextField()
    actor = models.TextField()
    status = models.TextField()
    is_current = models.BooleanField(default=False)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    duration_ms = models.IntegerField(null=True)
    failure = models.TextField(default="")
    accounts = models.IntegerField(default=0)
    buyers = models.IntegerField(default=0)
    actions = models.IntegerField(default=0)
    snapshot_root = models.TextField(default="")
    inputs_hash = models.TextField(default="")
    company_grades_hash = models.TextField(default="")  # '' where no company was graded
    pruned = models.TextField(default="")  # '' | 'details' | 'snapshots'
    totals = models.JSONField(default=list)
    series = models.JSONField(default=list)
    concentration = models.JSONField(default=list)
    coverage = models.JSONField(default=dict)
    methods = models.JSONField(default=dict)
    grades = models.JSONField(default=dict)
    countries = models.JSONField(default=list)
    scale = models.JSONField(default=dict)

    class Meta:
        db_table = "monitoring_portfolio_run"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "public_id"], name="monitoring_run_public_id"
            ),
            models.UniqueConstraint(
                fields=["tenant"],
                condition=models.Q(is_current=True),
                name="monitoring_run_one_current",
            ),
            models.UniqueConstraint(
                fields=[
                    "tenant",
                    "ledger_version",
                    "as_of",
                    "model_version",
                    "parameters_version",
                    "company_grades_hash",
                ],
                condition=models.Q(status="finished", restated=False, pruned=""),
                name="monitoring_run_once",
            ),
            models.CheckConstraint(
                condition=models.Q(is_current=False) | models.Q(status="finished"),
                name="monitoring_run_current_is_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-as_of", "-id"], name="monitoring_run_day"),
        ]


class BuyerSnapshot(TenantModel):
    """One account in a run; see ``values.BuyerRow``."""

    audit = NotAudited(COMPUTED)

    run = run_key()
    buyer = buyer_key()
    currency = models.TextField()
    name = models.TextField()
    sort_key = models.TextField()
    country = models.TextField(null=True)
    open_total = money()
    not_due = money()
    d1_30 = money()
    d31_60 = money()
    d61_90 = money()
    d91_120 = money()
    d121_180 = money()
    d181_365 = money()
    d_gt_365 = money()
    overdue = money()
    disputed = money()
    under_bills = money()
    credits = money()
    unapplied = money()
    unbilled = money()
    net = money()
    oldest_due_on = models.DateField(null=True)
    max_days_overdue = models.IntegerField(null=True)
    open_items = models.IntegerField()
    share_of_open = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    grade = models.SmallIntegerField(null=True)
    not_rated_reason = models.TextField(null=True)
    health_score = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    payment_index = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    days_beyond_terms = ratio()
    on_time_ratio = ratio()
    trend_days = ratio()
    confidence = models.TextField(null=True)
    limit_recommended = money(null=True)
    limit_binding = models.TextField(null=True)
    over_limit = money(null=True)
    row_hash = models.BinaryField()

    class Meta:
        db_table = "monitoring_buyer_snapshot"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "buyer", "currency"], name="monitoring_snapshot_account"
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "run", column, "id"], name=f"snapshot_by_{column}")
            for column in SORTED_BY_INDEX
        ]


class SnapshotDetail(TenantModel):
    """What only one buyer's page shows of an account in a run."""

    audit = NotAudited(COMPUTED)

    run = run_key()
    buyer = buyer_key()
    currency = models.TextField()
    body = models.TextField()  # JSON, see actions/shape.py; text is written faster

    class Meta:
        db_table = "monitoring_snapshot_detail"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "buyer", "currency"], name="monitoring_detail_account"
            )
        ]


class TodayAction(TenantModel):
    """One line of a run's list for today; its state follows from the occasion's latest mark."""

    audit = NotAudited(COMPUTED)

    run = run_key()
    rank = models.IntegerField()
    buyer = buyer_key()
    name = models.TextField()
    currency = models.TextField()
    code = models.TextField()
    reason_code = models.TextField()
    params = models.JSONField(default=dict)
    stake = money()
    share_of_open = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    due_on = models.DateField(null=True)

    class Meta:
        db_table = "monitoring_today_action"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "run", "rank"], name="monitoring_action_rank")
        ]
        indexes = [
            models.Index(fields=["tenant", "run", "buyer"], name="monitoring_action_buyer"),
        ]


class ActionMark(TenantModel):
    """Somebody's word on an occasion (buyer, currency, code): append-only."""

    audit = Audited("action_marked")

    buyer = buyer_key()
    currency = models.TextField()
    code = models.TextField()
    state = models.TextField()
    as_of = models.DateField()
    stake = money()
    marked_at = models.DateTimeField()
    actor = models.TextField()
    note = models.TextField(default="")

    class Meta:
        db_table = "monitoring_action_mark"
        indexes = [
            models.Index(
                fields=["tenant", "buyer", "currency", "code", "-id"],
                name="monitoring_mark_occasion",
            )
        ]
