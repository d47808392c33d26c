"""Countries and sectors as rows of a list: narrowed, ordered, page by page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.http import HttpRequest
from django.utils.translation import get_language

from xindun.record.reference import reads
from xindun.record.reference.values import CountryRisk, RiskKind, RiskLabel, SectorRisk
from xindun.web.filters import LONGEST_QUERY
from xindun.web.own_credit.today import today_here
from xindun.web.paging import asked_page, sliced
from xindun.web.risks.forms import ListForm
from xindun.web.risks.words import TONES, class_name, label_name

SORTS: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.name.casefold(),
    "code": lambda row: row.code,
    "label": lambda row: -1 if row.label is None else tuple(RiskLabel).index(row.label),
    "figure": lambda row: -99 if row.figure is None else row.figure,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    code: str
    name: str
    label: RiskLabel | None
    slot: Any

    @property
    def text(self) -> str:
        """The label in force, in words."""
        return label_name(self.label)

    @property
    def tone(self) -> str:
        """The label's tone."""
        return TONES[self.label]

    @property
    def oecd(self) -> str:
        """A country's class, in words."""
        return class_name(self.slot.oecd_class)

    @property
    def figure(self) -> Any:
        """What the second part of a country, or a sector's only pillar, rests on."""
        is_country = isinstance(self.slot, CountryRisk)
        return self.slot.governance_mean if is_country else self.slot.relative


def country_row(slot: CountryRisk) -> Row:
    """A country with its name in the reader's language, by CLDR."""
    names = Locale.parse("zh_Hans" if _chinese() else "en").territories
    return Row(slot.country, str(names.get(slot.country, slot.country)), slot.in_force, slot)


def sector_row(slot: SectorRisk) -> Row:
    """A sector with its name in the reader's language."""
    return Row(slot.sector, slot.name_zh if _chinese() else slot.name_en, slot.in_force, slot)


def wanted(request: HttpRequest, kind: RiskKind) -> tuple[list[Row], str]:
    """The rows that the address asks for, all pages, and their order."""
    today = today_here()
    rows = (
        [country_row(each) for each in reads.countries(as_of=today)]
        if kind is RiskKind.COUNTRY
        else [sector_row(each) for each in reads.sectors(as_of=today)]
    )
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip().casefold()
    label = request.GET.get("label", "")
    if query:
        rows = [row for row in rows if query in row.name.casefold() or query == row.code.casefold()]
    if label in {*RiskLabel, "none"}:
        rows = [row for row in rows if (row.label.value if row.label else "none") == label]
    if request.GET.get("own") == "yes":
        rows = [row for row in rows if row.slot.override]
    sort = request.GET.get("sort", "name")
    if sort.removeprefix("-") not in SORTS:
        sort = "name"
    rows.sort(key=SORTS["name"])
    rows.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return rows, sort


def list_context(request: HttpRequest, kind: RiskKind) -> dict[str, Any]:
    """The variables of a list."""
    rows, sort = wanted(request, kind)
    found = sliced(rows, asked_page(request))
    return {
        "kind": kind.value,
        "found": found,
        "rows": found.rows,
        "sort": sort,
        "filter_form": ListForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ListForm.base_fields),
        "list_url": request.path,
        "list_target": "#risks-list",
    }


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")
