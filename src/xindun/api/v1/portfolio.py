"""The portfolio as a whole, one entry a currency: totals, key figures, months, concentration.

What a reader would get wrong: nothing is summed across currencies, and a key figure that the
ledger cannot support has no value and a reason, never zero.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from xindun.api.operations import operation
from xindun.api.problems import NoRunYet
from xindun.api.v1.accounts import BucketShape
from xindun.api.v1.customers import DayAsked
from xindun.api.v1.shapes import (
    Amount,
    Currency,
    Figure,
    Shape,
    Stamp,
    figure,
    figure_or_none,
    money,
    money_or_none,
    plain_params,
    stamp_of,
)
from xindun.api.words import sentence
from xindun.control.monitoring import reads
from xindun.control.monitoring.values import (
    Concentration,
    CurrencyTotals,
    Flag,
    Kpi,
    PortfolioPage,
    SeriesPoint,
)
from xindun.record.tenants.values import Permission

router = Router(tags=["Portfolio"])


class KpiShape(Shape):
    """A key figure with its method; `reason` says why there is no value."""

    code: str
    value: Figure | None
    unit: str = Field(description="days, percent, turns or money.")
    method: str | None
    reason: str | None
    lower_bound: bool = Field(description="Whether the true value can only be higher.")


class GradeShareShape(Shape):
    """The accounts of one grade (null: not rated) and what they owe."""

    grade: int | None
    accounts: int
    open_total: Amount
    overdue: Amount


class TotalsShape(Shape):
    """The portfolio in one currency."""

    currency: Currency
    open_total: Amount
    credits: Amount
    unapplied: Amount
    net: Amount
    overdue: Amount
    disputed: Amount
    under_bills: Amount
    unbilled: Amount
    accounts: int
    rated_accounts: int
    open_items: int
    sales: Amount | None = Field(description="Gross, of the last `sales_days`.")
    sales_days: int | None
    buckets: list[BucketShape]
    recognition: list[BucketShape] = Field(description="By age since the debt was recognised.")
    kpis: list[KpiShape]
    grades: list[GradeShareShape]


class SeriesShape(Shape):
    """One month end of one currency; null where the ledger cannot say."""

    currency: Currency
    month_end: date
    open_total: Amount | None
    overdue: Amount | None
    sales: Amount | None
    receipts: Amount | None
    dso_countback: Figure | None
    dso_countback_is_lower_bound: bool


class CountryShape(Shape):
    """A country's part of the open total (null: not known)."""

    country: str | None
    open_total: Amount
    share: Figure


class ConcentrationShape(Shape):
    """How much hangs on few customers."""

    currency: Currency
    top1_share: Figure | None
    top5_share: Figure | None
    top10_share: Figure | None
    hhi: Figure | None = Field(description="Herfindahl-Hirschman index, 0 to 1.")
    countries: list[CountryShape]


class FlagShape(Shape):
    """A reservation about the ledger."""

    code: str
    params: dict[str, Any]
    text: str


class PortfolioShape(Shape):
    """All of the portfolio as one review found it."""

    review: Stamp
    totals: list[TotalsShape]
    series: list[SeriesShape]
    concentration: list[ConcentrationShape]
    coverage: list[FlagShape] = Field(description="What the ledger cannot support.")
    actions_open: int
    days: list[date] = Field(description="Days that a review stands ready for, newest first.")


@router.get("/portfolio", response=PortfolioShape, summary="The portfolio")
@operation(Permission.PORTFOLIO_READ)
def get_portfolio(request: HttpRequest, params: Query[DayAsked]) -> PortfolioShape:
    """Totals, key figures, months, concentration and reservations of the current review, or of
    the newest one of a day."""
    page = reads.portfolio_page(as_of=params.as_of, actions=1)
    if page is None:
        raise NoRunYet
    return portfolio_shape(page)


def portfolio_shape(page: PortfolioPage) -> PortfolioShape:
    """The portfolio as the interface tells it."""
    return PortfolioShape(
        review=stamp_of(page.run, stale=page.stale),
        totals=[*map(_totals, page.totals)],
        series=[*map(_series, page.series)],
        concentration=[*map(_concentration, page.concentration)],
        coverage=[*map(_flag, page.coverage.flags)],
        actions_open=page.actions_open,
        days=[each.as_of for each in page.prepared],
    )


def _totals(row: CurrencyTotals) -> TotalsShape:
    names = ("open_total", "credits", "unapplied", "net", "overdue", "disputed")
    more = ("under_bills", "unbilled")
    return TotalsShape(
        currency=row.currency,
        **{name: money(getattr(row, name), row.currency) for name in (*names, *more)},
        accounts=row.accounts,
        rated_accounts=row.rated_accounts,
        open_items=row.open_items,
        sales=money_or_none(row.sales, row.currency),
        sales_days=row.sales_days,
        buckets=[
            BucketShape(label=each.label, amount=money(each.amount, row.currency))
            for each in row.buckets
        ],
        recognition=[
            BucketShape(label=each.label, amount=money(each.amount, row.currency))
            for each in row.recognition
        ],
        kpis=[*map(_kpi, row.kpis)],
        grades=[
            GradeShareShape(
                grade=each.grade,
                accounts=each.accounts,
                open_total=money(each.open_total, row.currency),
                overdue=money(each.overdue, row.currency),
            )
            for each in row.grades
        ],
    )


def _kpi(each: Kpi) -> KpiShape:
    return KpiShape(
        code=each.code,
        value=figure_or_none(each.value),
        unit=each.unit,
        method=each.method,
        reason=each.reason,
        lower_bound=each.lower_bound,
    )


def _series(point: SeriesPoint) -> SeriesShape:
    names = ("open_total", "overdue", "sales", "receipts")
    return SeriesShape(
        currency=point.currency,
        month_end=point.month_end,
        **{name: money_or_none(getattr(point, name), point.currency) for name in names},
        dso_countback=figure_or_none(point.dso_countback),
        dso_countback_is_lower_bound=point.dso_countback_is_lower_bound,
    )


def _concentration(each: Concentration) -> ConcentrationShape:
    names = ("top1_share", "top5_share", "top10_share", "hhi")
    return ConcentrationShape(
        currency=each.currency,
        **{name: figure_or_none(getattr(each, name)) for name in names},
        countries=[
            CountryShape(
                country=part.country,
                open_total=money(part.open_total, each.currency),
                share=figure(part.share),
            )
            for part in each.countries
        ],
    )


def _flag(each: Flag) -> FlagShape:
    return FlagShape(
        code=each.code,
        params=plain_params(each.params),
        text=sentence("coverage", each.code, each.params),
    )
