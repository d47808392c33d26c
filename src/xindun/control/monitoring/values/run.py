"""A portfolio run and what it says about the whole ledger.

What a reader would get wrong: nothing is summed across currencies, so every figure stands in a
:class:`CurrencyTotals`; and a key figure that the ledger cannot support has no value and a
reason, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from xindun.control.monitoring.values.today import TodayAction
from xindun.prevention.scoring.values import Scale


class Trigger(StrEnum):
    """Why a run was made."""

    IMPORT = "import"
    NIGHTLY = "nightly"
    MANUAL = "manual"
    DECISION = "decision"  # every account's score and limit is written, changed or not
    DEMO = "demo"


class RunStatus(StrEnum):
    """A run that died stays RUNNING until the next one calls it FAILED; it is never current."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One review of a tenant's whole ledger. ``snapshot_root`` proves every account's row."""

    run_id: UUID
    number: int
    tenant_id: int
    as_of: date
    known_at: datetime
    ledger_version: int
    model_version: str
    parameters_version: str
    trigger: Trigger
    status: RunStatus
    is_current: bool
    started_at: datetime
    finished_at: datetime | None
    duration_ms: int | None
    accounts: int
    buyers: int
    actions: int
    snapshot_root: str
    restated: bool = False
    """Made with a knowledge time before the ledger version's: what was known then."""
    as_of_reason: str = "asked"
    """``asked`` | ``today`` | ``last_movement`` (the ledger has not been fed for a while)."""
    failure: str = ""
    scale: Scale | None = None
    detailed: bool = True
    """Whether every account's reasons are still those of this run (older ones are pruned)."""
    company_grades_hash: str = ""
    """Of the company grades that its limits heed; empty where there was none."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One ageing bucket: its label as in the engine's schema, and the amount in it."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key figure with the code of its method; ``reason`` says why there is no value.

    ``unit`` is ``days``, ``percent``, ``turns`` or ``money``; ``lower_bound`` marks a value that
    can only be higher (a countback that ran out of ledger).
    """

    code: str
    value: Decimal | None
    unit: str
    method: str | None = None
    reason: str | None = None
    lower_bound: bool = False


@dataclass(frozen=True, slots=True)
class GradeShare:
    """How many accounts carry a grade (None: not rated), and what they owe."""

    grade: int | None
    accounts: int
    open_total: Decimal
    overdue: Decimal


@dataclass(frozen=True, slots=True)
class CurrencyTotals:
    """The portfolio in one currency: Σ buckets = open_total; net = open − credits − unapplied.

    ``sales`` are the gross sales of the last ``sales_days``.
    """

    currency: str
    open_total: Decimal
    credits: Decimal
    unapplied: Decimal
    net: Decimal
    overdue: Decimal
    disputed: Decimal
    under_bills: Decimal
    unbilled: Decimal
    accounts: int
    rated_accounts: int
    open_items: int
    sales: Decimal | None
    sales_days: int | None
    buckets: tuple[Bucket, ...]
    recognition: tuple[Bucket, ...]
    kpis: tuple[Kpi, ...]
    grades: tuple[GradeShare, ...]

    def kpi(self, code: str) -> Kpi | None:
        """The key figure with this code, if the run has it."""
        return next((kpi for kpi in self.kpis if kpi.code == code), None)


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One month end of one currency; None where the ledger cannot say."""

    currency: str
    month_end: date
    open_total: Decimal | None
    overdue: Decimal | None
    sales: Decimal | None
    receipts: Decimal | None
    dso_countback: Decimal | None
    dso_countback_is_lower_bound: bool = False


@dataclass(frozen=True, slots=True)
class CountryShare:
    """A country's part of the open total (None: country not known)."""

    country: str | None
    open_total: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much hangs on few: shares of the open total and the Herfindahl-Hirschman index."""

    currency: str
    top1_share: Decimal | None
    top5_share: Decimal | None
    top10_share: Decimal | None
    hhi: Decimal | None
    countries: tuple[CountryShare, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A reservation about the ledger: a code with parameters."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the ledger can support; ``facts`` are the engine's own words, JSON values."""

    facts: Mapping[str, Any]
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class PreparedDay:
    """A day for which a finished run stands ready."""

    as_of: date
    run_id: UUID
    is_current: bool


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """All of the portfolio screen in one value. ``stale``: the ledger has moved since the run."""

    run: Run
    stale: bool
    totals: tuple[CurrencyTotals, ...]
    series: tuple[SeriesPoint, ...]
    concentration: tuple[Concentration, ...]
    coverage: Coverage
    actions: tuple[TodayAction, ...]
    actions_open: int
    prepared: tuple[PreparedDay, ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """What recomputing a run gave. ``same`` is the proof; ``differing`` lists up to 20 accounts."""

    run_id: UUID
    same: bool
    expected_root: str
    computed_root: str
    accounts: int
    differing: tuple[tuple[int, str], ...]
