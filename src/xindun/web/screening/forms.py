"""Forms of the screening; the actions judge what is said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.screening.values import HitState, ListCode
from xindun.web.filters import choice_field, search_field
from xindun.web.screening.words import LISTS, STATES

CONTROL = {"class": "form-control"}


class HitsForm(forms.Form):
    """The search and the filters above the list."""

    q = search_field(_("Company, name on the list or its number"))
    state = choice_field(_("State"), ((each.value, name) for each, name in STATES.items()))
    list = choice_field(_("List"), ((each.value, name) for each, name in LISTS.items()))

    @property
    def hit_state(self) -> HitState | None:
        """The state that was asked for."""
        said = self.data.get("state", "")
        return HitState(said) if said in set(HitState) else None

    @property
    def code(self) -> ListCode | None:
        """The list that was asked for."""
        said = self.data.get("list", "")
        return ListCode(said) if said in set(ListCode) else None


class DecisionForm(forms.Form):
    """What a hit is to become, and why."""

    decision = forms.ChoiceField(
        label=_("Proposal"),
        choices=[
            (HitState.CLEARED.value, _("Clear: it is somebody else")),
            (HitState.CONFIRMED.value, _("Confirm: it is the same")),
        ],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        widget=forms.Textarea(attrs={**CONTROL, "rows": 3}),
    )


class WatchForm(forms.Form):
    """A new version of the company's own watch list."""

    file = forms.FileField(label=_("CSV file"), widget=forms.ClearableFileInput(attrs=CONTROL))


class SettingsForm(forms.Form):
    """How alike is a hit, and how long a screening counts."""

    hit = forms.IntegerField(
        label=_("Points from which it is a hit"),
        widget=forms.NumberInput(attrs={**CONTROL, "min": 60, "max": 100}),
    )
    valid_days = forms.IntegerField(
        label=_("Days that a screening counts"),
        widget=forms.NumberInput(attrs={**CONTROL, "min": 1, "max": 366}),
    )
