"""The whole review of a ledger in as few passes as possible.

Why this exists: a credit decision needs every figure at once, and reading ten million items once
for each figure would take minutes. The large passes (what is open; what was paid, and when) are
made once, and everything else works on their much smaller results.

What a reader would get wrong: the steps run in one order, each into a temporary table that the
later ones read; ``engine.compile.STAGES`` lists them with their inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from xindun.engine import kpis, summaries
from xindun.engine.calendars import working_days
from xindun.engine.coverage import Coverage, coverage
from xindun.engine.parameters import DEFAULTS, DIRECTION, SCALE_ID, Parameters, ladder
from xindun.engine.run import Ledger, naive_utc
from xindun.engine.schema import COMPANY_GRADES

NOBODY: Mapping[int, int] = MappingProxyType({})
CALENDAR_DAYS = timedelta(days=1500)
"""Working days matter for parts paid in the last 12 months; older due dates are late anyway."""


@dataclass(frozen=True, slots=True)
class Review:
    """All figures of one ledger on one day, as known at one moment.

    Tables hold codes and numbers; sentences come from ``engine.phrases``. A figure that the
    ledger cannot support is null and has a reason, never zero.
    """

    as_of: date
    known_at: datetime
    model_version: str
    parameters_version: str
    scale_id: str
    direction: str
    horizon_days: int
    methods: Mapping[str, str]
    coverage: Coverage
    totals: pa.Table
    accounts: pa.Table
    series: pa.Table
    concentration: pa.Table
    actions: pa.Table
    seasonality: pa.Table


def review(
    ledger: Ledger,
    *,
    as_of: date,
    known_at: datetime,
    parameters: Parameters = DEFAULTS,
    today_actions: bool = True,
    company_grades: Mapping[int, int] = NOBODY,
) -> Review:
    """Compute every figure of the ledger on the day ``as_of``, as known at ``known_at``.

    Args:
        ledger: an open ledger; its clock is set here.
        as_of: the day asked about; what happened later is not seen.
        known_at: only facts recorded until then are seen.
        parameters: the company's own numbers.
        today_actions: also rank what to do today (else the table of actions is empty).
        company_grades: 1 (best) to 10 by buyer; a worse one than the payment grade lowers the
            recommended limit, a better one changes nothing.
    """
    ledger.set_clock(as_of, known_at)
    ledger.materialise("open_debts")
    ledger.materialise("open_parts")
    ledger.drop("open_debts")
    covered = _coverage(ledger, as_of)
    _put_parameters(ledger, parameters, covered, as_of)
    graded = {"buyer_id": list(company_grades), "company_grade": list(company_grades.values())}
    ledger.put("company_grades", pa.Table.from_pydict(graded, schema=COMPANY_GRADES))
    _profile(ledger)
    _grade(ledger)
    totals, series = _currencies(ledger, as_of, parameters, covered)
    if today_actions:
        ledger.materialise("due_soon")
        ledger.materialise("bill_clocks")
    result = Review(
        as_of=as_of,
        known_at=naive_utc(known_at),
        model_version=parameters.model_version,
        parameters_version=parameters.version,
        scale_id=SCALE_ID,
        direction=DIRECTION,
        horizon_days=parameters.horizon_days,
        methods=kpis.METHODS,
        coverage=covered,
        totals=totals,
        accounts=ledger.query("account_report"),
        series=series,
        concentration=ledger.query("concentration"),
        actions=ledger.query("actions") if today_actions else pa.table({}),
        seasonality=ledger.query("seasonality"),
    )
    for name in ("open_parts", "settled_parts"):
        ledger.drop(name)
    return result


def _one_row(ledger: Ledger, name: str) -> dict[str, Any]:
    row: dict[str, Any] = ledger.query(name).to_pylist()[0]
    return row


def _coverage(ledger: Ledger, as_of: date) -> Coverage:
    return coverage(
        _one_row(ledger, "item_facts"),
        _one_row(ledger, "settlement_facts"),
        _one_row(ledger, "open_facts"),
        as_of,
    )


def _put_parameters(ledger: Ledger, parameters: Parameters, covered: Coverage, as_of: date) -> None:
    ledger.put(
        "settings",
        parameters.settings(only_open=covered.only_open, only_settled=covered.only_settled),
    )
    ledger.put("segments", parameters.segments())
    ledger.put("grades", parameters.grades())
    ledger.put("ladder", ladder())
    ledger.put("configured_caps", parameters.caps())
    ledger.put("weights", parameters.weights())
    named = ledger.rows("select distinct coalesce(country, '') as country from buyers")
    countries = {"", *named["country"].to_pylist()}
    ledger.put("working_days", working_days(countries, as_of - CALENDAR_DAYS, as_of))


def _profile(ledger: Ledger) -> None:
    """The accounts' ageing and behaviour."""
    for name in (
        "aged_accounts",
        "overdue_parts",
        "overdue_sums",
        "account_activity",
        "settled_parts",
        "settled_sums",
        "highest_paid",
        "profiles",
    ):
        ledger.materialise(name)


def _grade(ledger: Ledger) -> None:
    """Scores, changes that would lift them, limits and the report row of each account."""
    for name in (
        "factor_values",
        "factor_points",
        "scores",
        "counterfactuals",
        "starter_caps",
        "graded",
        "limits",
        "currency_totals",
    ):
        ledger.materialise(name)


def _currencies(
    ledger: Ledger, as_of: date, parameters: Parameters, covered: Coverage
) -> tuple[pa.Table, pa.Table]:
    """Totals with key figures, and the series of month ends (none for an open-items-only file)."""
    flows = summaries.by_measure(ledger.query("flows"))
    totals = ledger.rows("from currency_totals order by currency")
    series = summaries.series(totals, flows, as_of, parameters)
    if covered.only_open:
        series = series.slice(0, 0)
    elif covered.only_settled:
        place = series.schema.get_field_index("dso_countback")
        series = series.set_column(
            place, series.schema.field(place), pa.nulls(series.num_rows, summaries.DAYS)
        )
    figures = summaries.with_key_figures(
        totals,
        ledger.query("currency_activity"),
        flows,
        as_of,
        parameters,
        half=covered.half,
    )
    return figures, series
