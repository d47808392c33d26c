"""The form of an override; the action judges what is said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

CONTROL = {"class": "form-control"}


class OverrideForm(forms.Form):
    """Another grade for a time, to be approved by somebody else."""

    grade = forms.TypedChoiceField(
        label=_("Grade"),
        coerce=int,
        choices=[(str(place), str(place)) for place in range(1, 11)],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    expires_on = forms.DateField(
        label=_("Counts until before"), widget=forms.DateInput(attrs={**CONTROL, "type": "date"})
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        widget=forms.Textarea(attrs={**CONTROL, "rows": 3}),
    )
