"""The search above a list, and the form of an own label; the action judges what is said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.reference.values import RiskLabel
from xindun.web.filters import choice_field, search_field
from xindun.web.risks.words import LABELS

CONTROL = {"class": "form-control"}


class ListForm(forms.Form):
    """How a list is narrowed; nonsense in an address narrows nothing."""

    q = search_field(_("Name or code"))
    label = choice_field(
        _("Risk"), [*((each.value, LABELS[each]) for each in RiskLabel), ("none", _("not known"))]
    )
    own = choice_field(_("Own label"), [("yes", _("Only own labels"))])


class OverrideForm(forms.Form):
    """An own label over a public one."""

    label = forms.ChoiceField(
        label=_("Own label"),
        choices=[(each.value, LABELS[each]) for each in RiskLabel],
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
