"""Rows, filters, pages and one buyer's credit file.

What a reader would get wrong: the grain is the account (buyer × currency), so a buyer who trades
in two currencies has two rows. A buyer's grade is the worst of its accounts' grades.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from xindun.control.monitoring.values.run import Bucket, Run
from xindun.control.monitoring.values.today import TodayAction
from xindun.prevention.limits.values import LimitRecommendation
from xindun.prevention.scoring.values import Score

PAGE_SIZE = 50

BUCKET_COLUMNS: tuple[tuple[str, str], ...] = (
    ("not_due", "not_due"),
    ("d1_30", "1-30"),
    ("d31_60", "31-60"),
    ("d61_90", "61-90"),
    ("d91_120", "91-120"),
    ("d121_180", "121-180"),
    ("d181_365", "181-365"),
    ("d_gt_365", ">365"),
)
"""Column → label as the engine's schema has it (a test holds them together)."""

SORTS: tuple[str, ...] = (
    "name",
    "country",
    "currency",
    "open_total",
    "overdue",
    "net",
    *(column for column, _ in BUCKET_COLUMNS),
    "max_days_overdue",
    "grade",
    "health_score",
    "payment_index",
    "days_beyond_terms",
    "trend_days",
    "limit_recommended",
    "over_limit",
)
"""What a list of buyers sorts by; a leading ``-`` means descending. Unknown values come last."""


@dataclass(frozen=True, slots=True)
class BuyerRow:
    """One account in a run, as wide as the list, the export and the file's headline need.

    Amounts are in ``currency``. ``over_limit`` is how far exposure (open total and what is not
    invoiced yet) stands above the recommended limit; None without one, 0 when it does not.
    ``trend_days`` above zero: the buyer is getting slower.
    """

    buyer_id: int
    buyer_public_id: UUID
    name: str
    country: str | None
    currency: str
    open_total: Decimal
    buckets: tuple[Bucket, ...]
    overdue: Decimal
    disputed: Decimal
    under_bills: Decimal
    credits: Decimal
    unapplied: Decimal
    unbilled: Decimal
    net: Decimal
    oldest_due_on: date | None
    max_days_overdue: int | None
    open_items: int
    share_of_open: Decimal | None
    grade: int | None
    not_rated_reason: str | None
    health_score: Decimal | None
    payment_index: Decimal | None
    days_beyond_terms: Decimal | None
    on_time_ratio: Decimal | None
    trend_days: Decimal | None
    confidence: str | None
    limit_recommended: Decimal | None
    limit_binding: str | None
    over_limit: Decimal | None


@dataclass(frozen=True, slots=True)
class BuyerFilters:
    """What a list is narrowed to; every field that is set must hold.

    ``query`` searches names in both scripts, pinyin and the source's number. ``rated`` True:
    only graded accounts, False: only those not rated.
    """

    query: str = ""
    currency: str | None = None
    country: str | None = None
    grades: tuple[int, ...] = ()
    rated: bool | None = None
    overdue_only: bool = False
    over_limit_only: bool = False
    min_days_overdue: int | None = None


@dataclass(frozen=True, slots=True)
class BuyersPage:
    """A page of the buyers list; ``currencies`` and ``countries`` are the run's, for the filter."""

    run: Run
    stale: bool
    rows: tuple[BuyerRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    currencies: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """A score in the past, for the line over time."""

    as_of: date
    known_at: datetime
    grade: int | None
    health_score: Decimal | None
    payment_index: Decimal | None
    model_version: str


@dataclass(frozen=True, slots=True)
class SeasonPoint:
    """How late an account pays what falls due in a calendar month, over all years."""

    month: int
    amount: Decimal
    days_beyond_terms: Decimal
    excess_days: Decimal


@dataclass(frozen=True, slots=True)
class AccountFile:
    """One account's part of a buyer's file.

    ``behaviour`` holds the engine's further columns (rolling windows, volatility, terms…) by their
    names: numbers as Decimal, days as date, texts as they are.
    """

    row: BuyerRow
    score: Score
    recommendation: LimitRecommendation
    behaviour: Mapping[str, Any]
    recognition: tuple[Bucket, ...]
    seasonality: tuple[SeasonPoint, ...]
    history: tuple[ScorePoint, ...]


@dataclass(frozen=True, slots=True)
class BuyerFile:
    """All of one buyer's page, except its documents (``receivables.reads.documents_of``)."""

    run: Run
    stale: bool
    buyer_id: int
    buyer_public_id: UUID
    name: str
    country: str | None
    grade: int | None
    accounts: tuple[AccountFile, ...]
    actions: tuple[TodayAction, ...]
