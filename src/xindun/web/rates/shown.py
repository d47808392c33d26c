"""The rates of a day as rows of a list: narrowed, ordered, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from babel import Locale
from django.http import HttpRequest
from django.utils.translation import get_language

from xindun.record.reference import reads
from xindun.record.reference.values import ExchangeTable, Rate
from xindun.web.filters import LONGEST_QUERY
from xindun.web.own_credit.today import today_here
from xindun.web.paging import asked_page, sliced
from xindun.web.rates.forms import ListForm

DIGITS = 8
"""Shown of a rate; the export has all."""

SORTS: dict[str, Callable[[Row], Any]] = {
    "code": lambda row: row.rate.currency,
    "name": lambda row: row.name.casefold(),
    "rate": lambda row: row.rate.per_unit,
    "day": lambda row: row.rate.on,
    "source": lambda row: row.rate.source.casefold(),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One currency."""

    rate: Rate
    name: str
    age: int
    is_stale: bool

    @property
    def text(self) -> str:
        """Units of the currency for one of the quotation currency."""
        return _text(self.rate.per_unit)

    @property
    def turned(self) -> str:
        """Units of the quotation currency for one of this."""
        return _text(1 / self.rate.per_unit)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for, all pages."""

    table: ExchangeTable
    rows: list[Row]
    sort: str


def wanted(request: HttpRequest) -> Wanted:
    """The rates of the day that is asked for, today's without one."""
    table = reads.exchange(on=_day(request))
    names = Locale.parse("zh_Hans" if (get_language() or "").startswith("zh") else "en").currencies
    rows = [
        Row(
            rate=rate,
            name=str(names.get(code, code)),
            age=(table.on - rate.on).days,
            is_stale=table.is_stale(rate),
        )
        for code, rate in table.rates.items()
    ]
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip().casefold()
    state = request.GET.get("state", "")
    if query:
        rows = [row for row in rows if query in f"{row.rate.currency} {row.name}".casefold()]
    if state in ("current", "old"):
        rows = [row for row in rows if row.is_stale == (state == "old")]
    sort = request.GET.get("sort", "code")
    if sort.removeprefix("-") not in SORTS:
        sort = "code"
    rows.sort(key=SORTS["code"])
    rows.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return Wanted(table, rows, sort)


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the list."""
    asked = wanted(request)
    found = sliced(asked.rows, asked_page(request))
    shown_on = {**request.GET.dict(), "on": asked.table.on.isoformat()}
    return {
        "table": asked.table,
        "found": found,
        "rows": found.rows,
        "sort": asked.sort,
        "filter_form": ListForm(shown_on),
        "filtered": any(request.GET.get(name) for name in ListForm.base_fields),
        "list_url": request.path,
        "list_target": "#rates-list",
    }


def _day(request: HttpRequest) -> date:
    said = ListForm(request.GET)
    said.is_valid()
    day: date | None = said.cleaned_data.get("on")
    return day or today_here()


def _text(rate: Decimal) -> str:
    with localcontext(prec=DIGITS):
        return f"{(+rate).normalize():f}"
