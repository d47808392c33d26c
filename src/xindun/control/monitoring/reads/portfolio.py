"""The portfolio screen in one value: two rows and a page of actions are read, nothing computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xindun.control.monitoring.reads.runs import is_stale, prepared_days, run_row, run_value
from xindun.control.monitoring.reads.today import actions_of
from xindun.control.monitoring.values import (
    BUCKET_COLUMNS,
    ActionState,
    Bucket,
    Concentration,
    CountryShare,
    Coverage,
    CurrencyTotals,
    Flag,
    GradeShare,
    Kpi,
    PortfolioPage,
    SeriesPoint,
)

KPI_UNITS = {
    "dso_simple": "days",
    "dso_countback": "days",
    "dso_best_possible": "days",
    "average_days_delinquent": "days",
    "collection_effectiveness": "percent",
    "turnover_turns": "turns",
    "turnover_days": "days",
    "provision": "money",
}
RECOGNITION = ("r_lt_1y", "r_1_2y", "r_2_3y", "r_gt_3y")

Row = Mapping[str, Any]


def portfolio_page(*, as_of: date | None = None, actions: int = 10) -> PortfolioPage | None:
    """All of the portfolio screen, with the first ``actions`` open actions.

    Returns:
        None when no run is finished yet (for that day, if one is given).
    """
    row = run_row(as_of)
    if row is None:
        return None
    run = run_value(row)
    listed = actions_of(run, state=ActionState.OPEN, page=1, size=actions)
    return PortfolioPage(
        run=run,
        stale=is_stale(run),
        totals=tuple(_totals(total, row.grades, row.methods) for total in row.totals),
        series=tuple(map(_series_point, row.series)),
        concentration=_concentration(row.concentration),
        coverage=_coverage(row.coverage),
        actions=listed.rows,
        actions_open=listed.total,
        prepared=prepared_days(),
    )


def _totals(
    row: Row, grades: Mapping[str, list[list[Any]]], methods: Mapping[str, str]
) -> CurrencyTotals:
    amounts = (
        "open_total",
        "credits",
        "unapplied",
        "net",
        "overdue",
        "disputed",
        "under_bills",
        "unbilled",
    )
    return CurrencyTotals(
        currency=row["currency"],
        **{name: Decimal(row[name]) for name in amounts},
        accounts=int(row["accounts"]),
        rated_accounts=int(row["rated_accounts"]),
        open_items=int(row["open_items"]),
        sales=_decimal(row.get("sales_window")),
        sales_days=row.get("dso_window_days"),
        buckets=tuple(Bucket(label, Decimal(row[name])) for name, label in BUCKET_COLUMNS),
        recognition=tuple(Bucket(name, Decimal(row[name])) for name in RECOGNITION),
        kpis=tuple(
            _kpi(row, code, unit, methods) for code, unit in KPI_UNITS.items() if code in row
        ),
        grades=tuple(
            GradeShare(grade, accounts, Decimal(open_total), Decimal(overdue))
            for grade, accounts, open_total, overdue in grades.get(row["currency"], ())
        ),
    )


def _kpi(row: Row, code: str, unit: str, methods: Mapping[str, str]) -> Kpi:
    return Kpi(
        code=code,
        value=_decimal(row[code]),
        unit=unit,
        method=methods.get(code),
        reason=row.get(f"{code}_reason"),
        lower_bound=bool(row.get(f"{code}_is_lower_bound")),
    )


def _series_point(row: Row) -> SeriesPoint:
    figures = ("open_total", "overdue", "sales", "receipts", "dso_countback")
    return SeriesPoint(
        currency=row["currency"],
        month_end=date.fromisoformat(row["month_end"]),
        **{name: _decimal(row.get(name)) for name in figures},
        dso_countback_is_lower_bound=bool(row.get("dso_countback_is_lower_bound")),
    )


def _concentration(rows: Sequence[Row]) -> tuple[Concentration, ...]:
    """One value a currency from the engine's long table of measures."""
    by_currency: dict[str, list[Row]] = {}
    for row in rows:
        by_currency.setdefault(row["currency"], []).append(row)
    return tuple(
        _concentration_of(currency, parts) for currency, parts in sorted(by_currency.items())
    )


def _concentration_of(currency: str, rows: Sequence[Row]) -> Concentration:
    shares = {row["measure"]: _decimal(row["share"]) for row in rows if row["measure"] != "country"}
    countries = [
        CountryShare(row["key"], Decimal(row["amount"]), Decimal(row["share"]))
        for row in rows
        if row["measure"] == "country"
    ]
    return Concentration(
        currency=currency,
        top1_share=shares.get("top1"),
        top5_share=shares.get("top5"),
        top10_share=shares.get("top10"),
        hhi=shares.get("hhi"),
        countries=tuple(sorted(countries, key=lambda part: -part.open_total)),
    )


def _coverage(row: Row) -> Coverage:
    flags = tuple(Flag(flag["code"], flag.get("params") or {}) for flag in row.get("flags") or ())
    return Coverage({name: value for name, value in row.items() if name != "flags"}, flags)


def _decimal(text: str | int | None) -> Decimal | None:
    return None if text is None else Decimal(text)
