"""The rules for buying, and a source's key."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.connectors.bureau.offered import sources
from xindun.connectors.bureau.rules import MOST_DAYS
from xindun.connectors.bureau.values import Terms
from xindun.web.reports.words import wanted_kinds

CONTROL = {"class": "form-control"}


class TermsForm(forms.Form):
    """Order, what is wanted, ages and budget; a price a source is added as ``price-CODE``."""

    order = forms.CharField(
        label=gettext_lazy("Order of sources by country"),
        help_text=gettext_lazy(
            "One country a line, * for any other: “GB: companies_house, gleif”. The first is asked "
            "first; one that is left out is never asked."
        ),
        widget=forms.Textarea(attrs={**CONTROL, "rows": 3, "spellcheck": "false"}),
    )
    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("What a company file should hold"),
        choices=wanted_kinds,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stale_days = forms.IntegerField(
        label=gettext_lazy("Look again after (days)"),
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs=CONTROL),
    )
    young_days = forms.IntegerField(
        label=gettext_lazy("Buy no report again that is younger than (days)"),
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs=CONTROL),
    )
    budget = forms.DecimalField(
        label=gettext_lazy("Most a month; empty for no limit"),
        required=False,
        min_value=Decimal(0),
        widget=forms.NumberInput(attrs=CONTROL),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency of prices and budget"),
        max_length=3,
        widget=forms.TextInput(attrs=CONTROL),
    )

    def __init__(self, data: Any, terms: Terms) -> None:
        initial = {
            "order": "\n".join(
                f"{each}: {', '.join(codes)}" for each, codes in terms.order.items()
            ),
            "wanted": list(terms.wanted),
            "stale_days": terms.stale_days,
            "young_days": terms.young_days,
            "budget": terms.budget,
            "currency": terms.currency,
            **{f"price-{code}": price for code, price in terms.prices.items()},
        }
        super().__init__(data, initial=initial)
        for each in sources():
            self.fields[f"price-{each.code}"] = forms.DecimalField(
                label=each.title,
                required=False,
                min_value=Decimal(0),
                widget=forms.NumberInput(attrs={**CONTROL, "placeholder": "0"}),
            )

    def clean_order(self) -> dict[str, tuple[str, ...]]:
        """Country → codes; the action judges whether they exist."""
        found = {}
        for line in self.cleaned_data["order"].splitlines():
            if not line.strip():
                continue
            country, colon, rest = line.partition(":")
            if not colon:
                raise forms.ValidationError(_("“%(line)s” has no colon.") % {"line": line[:60]})
            codes = (code.strip() for code in rest.split(","))
            found[country.strip().upper()] = tuple(code for code in codes if code)
        return found

    @property
    def prices(self) -> list[forms.BoundField]:
        """The price fields, for the template."""
        return [self[f"price-{each.code}"] for each in sources()]

    def terms(self) -> Terms:
        """The answers; call it on a valid form."""
        said = self.cleaned_data
        prices = {each.code: said.get(f"price-{each.code}") for each in sources()}
        return Terms(
            order=said["order"],
            wanted=tuple(said["wanted"]),
            stale_days=said["stale_days"],
            young_days=said["young_days"],
            prices={code: price for code, price in prices.items() if price},
            budget=said["budget"],
            currency=said["currency"].strip().upper(),
        )
