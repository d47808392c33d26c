"""Models as rows of a list, and a model's tests as tables: no figure without its base rate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.prevention.models import reads
from xindun.prevention.models.values import ModelRole, ModelVersion, Purpose
from xindun.web.filters import LONGEST_QUERY, choice_field, search_field
from xindun.web.models.words import PURPOSES, ROLES, baseline_name, late_name
from xindun.web.paging import asked_page, sliced

Report = Mapping[str, Any]


class ModelsForm(forms.Form):
    """How the list is narrowed; nonsense in an address narrows nothing."""

    q = search_field(gettext_lazy("Name or version"))
    purpose = choice_field(
        gettext_lazy("Purpose"), [(each.value, name) for each, name in PURPOSES.items()]
    )
    role = choice_field(
        gettext_lazy("Role"), [(each.value, name) for each, (name, _tone) in ROLES.items()]
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    version: ModelVersion

    @property
    def purpose(self) -> str:
        """In words."""
        return str(PURPOSES[self.version.purpose])

    @property
    def role(self) -> str:
        """In words."""
        return str(ROLES[self.version.role][0])

    @property
    def tone(self) -> str:
        """The role's tone."""
        return ROLES[self.version.role][1]

    @property
    def first(self) -> Report:
        """The test whose base rate and AUC the list shows; empty without one."""
        report = self.version.report or {}
        chances = report.get("chances")
        return chances[0] if chances else report


SORTS: dict[str, Callable[[Row], Any]] = {
    "purpose": lambda row: tuple(Purpose).index(row.version.purpose),
    "name": lambda row: (row.version.name.casefold(), row.version.version),
    "role": lambda row: tuple(ModelRole).index(row.version.role),
    "base": lambda row: row.first.get("base_rate") or -1,
    "auc": lambda row: row.first.get("auc") or -1,
}


def wanted(request: HttpRequest) -> tuple[list[Row], str]:
    """The rows that the address asks for, all pages, and their order."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip().casefold()
    purpose, role = request.GET.get("purpose", ""), request.GET.get("role", "")
    rows = [
        row
        for row in map(Row, reads.versions())
        if query in f"{row.version.name} {row.version.version}".casefold()
        if purpose not in set(Purpose) or row.version.purpose == purpose
        if role not in set(ModelRole) or row.version.role == role
    ]
    sort = request.GET.get("sort", "purpose")
    if sort.removeprefix("-") not in SORTS:
        sort = "purpose"
    rows.sort(key=SORTS["role"])
    rows.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return rows, sort


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The variables of the list."""
    rows, sort = wanted(request)
    found = sliced(rows, asked_page(request))
    return {
        "found": found,
        "rows": found.rows,
        "sort": sort,
        "filter_form": ModelsForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ModelsForm.base_fields),
        "list_url": request.path,
        "list_target": "#models-list",
    }


@dataclass(frozen=True, slots=True)
class Test:
    """One test of a model.

    Attributes:
        split: what taught and what was tested.
        figures: pack of metrics, a late-payment question's, or the folds by firm.
        baselines: name and AUC of each model that the same rows were ranked by.
    """

    split: str
    figures: Report
    baselines: tuple[tuple[str, float | None], ...] = ()

    @property
    def rows(self) -> int:
        """How many rows were tested."""
        return int(self.figures.get("rows", self.figures.get("invoices", 0)))

    @property
    def trivial(self) -> float:
        """How often the answer "nothing happens" is right."""
        return 1 - float(self.figures["base_rate"])

    @property
    def trivial_brier(self) -> float:
        """The Brier score of naming the base rate for all."""
        base = float(self.figures["base_rate"])
        return base * (1 - base)


def tests_of(version: ModelVersion) -> list[Test]:
    """Every test of a version: of its validation, and those of its card."""
    report, card = version.report or {}, version.card.get("card", {})
    if version.purpose is Purpose.LATE_PAYMENT:
        return _late_tests(report)
    found = []
    if version.report and not version.is_shipped:
        found.append(_pack(report, _until(version.card["trained_on"]["years"][1], report)))
    found += [
        _pack(each, _until(each["taught_until"], each)) for each in card.get("out_of_time", ())
    ]
    if folds := card.get("by_firm_group"):
        split = _("%(n)s groups of firms, each tested by a model of the others") % {
            "n": folds["folds"]
        }
        found.append(Test(split, folds))
    return found


def grades_of(version: ModelVersion) -> list[Report]:
    """Stated against happened by grade, or by tenth of the invoices."""
    report = version.report or {}
    if version.purpose is Purpose.LATE_PAYMENT and report:
        return [
            {
                "grade": place,
                "rows": each["invoices"],
                "stated": each["told"],
                "happened": each["came_true"],
            }
            for place, each in enumerate(report["chances"][0]["calibration"], 1)
        ]
    return [each for each in report.get("grades", ()) if each["rows"]]


def _until(taught_until: int, report: Report) -> str:
    first, last = report["years"]
    return _("Taught until %(until)s, tested on %(first)s to %(last)s") % {
        "until": taught_until,
        "first": first,
        "last": last,
    }


def _pack(report: Report, split: str) -> Test:
    baselines = tuple(
        (baseline_name(code), each["auc"] if isinstance(each, Mapping) else each)
        for code, each in report["baselines"].items()
    )
    return Test(split, report, baselines)


def _late_tests(report: Report) -> list[Test]:
    if not report:
        return []
    split = _("taught until %(until)s, issued %(first)s to %(last)s") % {
        "until": report["trained_until"],
        "first": report["tested_from"],
        "last": report["tested_until"],
    }
    return [
        Test(
            f"{late_name(each['more_than_days'])}: {split}",
            each,
            ((_("The buyer's own history"), each["auc_of_history"]),),
        )
        for each in report["chances"]
    ]
