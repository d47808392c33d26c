"""What the list of buyers can be narrowed to.

What a reader would get wrong: an address with nonsense in it is not an error page. Every field
stands alone, and one that is not valid narrows nothing.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.control.monitoring.values import BuyerFilters
from xindun.web.filters import search_field

GRADES = tuple((str(grade), str(grade)) for grade in range(1, 11))
BANDS = {"good": (1, 2, 3), "fair": (4, 5), "poor": (6, 7), "bad": (8, 9, 10)}
OVERDUE = (
    ("", _("All")),
    ("1", _("Overdue")),
    ("31", _("Over 30 days")),
    ("61", _("Over 60 days")),
    ("91", _("Over 90 days")),
)
SELECT = {"class": "form-select", "data-autosubmit": True}


def _select(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.Select(attrs=SELECT)
    )


class FilterForm(forms.Form):
    """The filters above the list."""

    q = search_field(_("Name, 中文名称, pinyin or number"))
    grade = _select(
        _("Grade"),
        (
            ("", _("All")),
            ("good", _("1–3 (good)")),
            ("fair", _("4–5 (fair)")),
            ("poor", _("6–7 (weak)")),
            ("bad", _("8–10 (poor)")),
            (_("One grade"), GRADES),
            ("rated", _("All rated")),
            ("none", _("Not rated")),
        ),
    )
    overdue = _select(_("Overdue"), OVERDUE)
    limit = _select(_("Limit"), (("", _("All")), ("over", _("Above the limit"))))
    currency = _select(_("Currency"), ())
    country = _select(_("Country"), ())

    def __init__(
        self, data: Any, currencies: tuple[str, ...] = (), countries: tuple[str, ...] = ()
    ) -> None:
        super().__init__(data)
        self.few("currency", _("All"), currencies)
        self.few("country", _("All"), countries)

    def few(self, name: str, everything: Any, codes: tuple[str, ...]) -> None:
        """Offer what the run has; a choice of one is no choice and leaves the form."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", everything), *((code, code) for code in codes if code)]
        if len(field.choices) < 3:
            del self.fields[name]


def _code(text: str, length: int) -> str | None:
    """An ISO code of so many letters, else None."""
    return text if len(text) == length and text.isascii() and text.isalpha() else None


def filters_of(data: Any) -> BuyerFilters:
    """The filters that an address asks for."""
    grade = data.get("grade", "")
    days = data.get("overdue", "")
    digits = days if days.isascii() and days.isdigit() and len(days) < 6 else ""
    single = (int(grade),) if grade in dict(GRADES) else ()
    return BuyerFilters(
        query=data.get("q", "")[:200].replace("\x00", ""),
        currency=_code(data.get("currency", ""), 3),
        country=_code(data.get("country", ""), 2),
        grades=BANDS.get(grade, single),
        rated={"rated": True, "none": False}.get(grade),
        overdue_only=bool(digits),
        over_limit_only=data.get("limit") == "over",
        min_days_overdue=int(digits) if digits else None,
    )
