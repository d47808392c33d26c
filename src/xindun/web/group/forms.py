"""The forms about shares, and the list's filter; the actions judge what is said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.parties.values import NewOwnership
from xindun.web.filters import choice_field, search_field

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
DAY = {"class": "form-control", "type": "date"}
OWNER, HOLDING = "owner", "holding"


class GroupForm(forms.Form):
    """What narrows the list of a group's companies."""

    q = search_field(_("Name of a company or a buyer"))
    show = choice_field(_("Companies"), [("customers", _("That are our buyers"))])


class ShareForm(forms.Form):
    """A share as a source states it."""

    percent = forms.DecimalField(
        label=_("Share in per cent"),
        max_digits=7,
        decimal_places=4,
        widget=forms.NumberInput(attrs={**CONTROL, "min": 0, "max": 100, "step": "any"}),
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, widget=forms.TextInput(attrs=CONTROL)
    )
    as_of = forms.DateField(label=_("Day of that source"), widget=forms.DateInput(attrs=DAY))
    starts_on = forms.DateField(
        label=_("Held since, if stated"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    ends_on = forms.DateField(
        label=_("Held no longer from, if ended"), required=False, widget=forms.DateInput(attrs=DAY)
    )

    def ownership(self) -> NewOwnership:
        """What the form states; call it on a valid form."""
        return NewOwnership(**{name: self.cleaned_data[name] for name in _SHARE})


_SHARE = ("percent", "source", "as_of", "starts_on", "ends_on")


class NewShareForm(ShareForm):
    """A share between the buyer's company and another one that was looked for."""

    role = forms.ChoiceField(
        label=_("The other company"),
        choices=[(OWNER, _("owns a share of this company")), (HOLDING, _("is owned by it"))],
        widget=forms.Select(attrs=SELECT),
    )
    company = forms.ChoiceField(
        label=_("Which company"), widget=forms.RadioSelect(attrs={"class": "form-check-input"})
    )
    field_order = ("role", "company", *_SHARE)

    def __init__(self, *args: Any, companies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].choices = companies  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """From when on a share is held no longer."""

    ends_on = forms.DateField(label=_("Held no longer from"), widget=forms.DateInput(attrs=DAY))
    source = forms.CharField(
        label=_("Source"), max_length=300, widget=forms.TextInput(attrs=CONTROL)
    )
