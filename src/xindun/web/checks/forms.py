"""Forms of the checks; the actions judge what is said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.kernel.money import Money
from xindun.prevention.onboarding.values import PROVABLE, Item, Requirement
from xindun.web.checks.words import ITEMS

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
DAY = {**CONTROL, "type": "date"}


class AmountForm(forms.Form):
    """For which amount the checklist is asked."""

    amount = forms.DecimalField(
        label=_("For a sale or a limit of"),
        required=False,
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=2,
        widget=forms.NumberInput(attrs=CONTROL),
    )

    def money(self, currency: str) -> Money | None:
        """The amount; None where none was asked for."""
        amount = self.cleaned_data.get("amount") if self.is_valid() else None
        return None if amount is None else Money(amount, currency)


class ProofForm(forms.Form):
    """Somebody's word that an item is on file."""

    item = forms.ChoiceField(
        label=_("What"),
        choices=[(each.value, ITEMS[each]) for each in PROVABLE],
        widget=forms.Select(attrs=SELECT),
    )
    dated_on = forms.DateField(label=_("Day of the document"), widget=forms.DateInput(attrs=DAY))
    reference = forms.CharField(
        label=_("Where it can be looked up"),
        max_length=2_000,
        widget=forms.TextInput(attrs=CONTROL),
    )


class WaiverForm(forms.Form):
    """Let an item pass until a day."""

    item = forms.ChoiceField(
        label=_("What"),
        choices=[(each.value, ITEMS[each]) for each in Item if each is not Item.IDENTITY],
        widget=forms.Select(attrs=SELECT),
    )
    last_on = forms.DateField(label=_("Through"), widget=forms.DateInput(attrs=DAY))
    reason = forms.CharField(
        label=_("Reason"), max_length=2_000, widget=forms.Textarea(attrs={**CONTROL, "rows": 2})
    )


class RequirementForm(forms.Form):
    """One item of the company's checklist; its field names begin with the item."""

    needed = forms.BooleanField(
        required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )
    max_age_days = forms.IntegerField(
        label=_("Counts for days"),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs=CONTROL),
    )
    above = forms.DecimalField(
        label=_("Only above"),
        required=False,
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=2,
        widget=forms.NumberInput(attrs=CONTROL),
    )
    countries = forms.CharField(
        label=_("Only in (countries)"),
        required=False,
        max_length=1_000,
        widget=forms.TextInput(attrs={**CONTROL, "placeholder": "CN, DE"}),
    )

    def __init__(self, item: Item, wanted: Requirement | None, data: Any = None) -> None:
        first = {
            "needed": wanted is not None,
            "max_age_days": wanted.max_age_days if wanted else None,
            "above": wanted.above if wanted else None,
            "countries": ", ".join(wanted.countries) if wanted else "",
        }
        super().__init__(data, prefix=item.value, initial=first)
        self.item, self.title = item, ITEMS[item]
        self.fields["needed"].label = self.title

    def requirement(self) -> Requirement | None:
        """What was said; None when the item is not needed."""
        said = self.cleaned_data
        if not said["needed"]:
            return None
        countries = said["countries"].replace(",", " ").upper().split()
        return Requirement(self.item, said["max_age_days"], said["above"], tuple(countries))
