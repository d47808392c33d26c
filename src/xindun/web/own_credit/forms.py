"""Forms of the own credit page; the actions judge what is said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.own_file.values import CorrectionState, FactField
from xindun.web.own_credit.words import FIELDS, STATES

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
DAY = {"class": "form-control", "type": "date"}


class FactForm(forms.Form):
    """One statement about the company."""

    field = forms.ChoiceField(
        label=_("Field"), choices=list(FIELDS.items()), widget=forms.Select(attrs=SELECT)
    )
    value = forms.CharField(label=_("Value"), max_length=300, widget=forms.TextInput(attrs=CONTROL))
    source = forms.CharField(
        label=_("Where it can be looked up"),
        max_length=300,
        widget=forms.TextInput(attrs={**CONTROL, "placeholder": _("Extract of the register")}),
    )
    stated_on = forms.DateField(label=_("Day of that source"), widget=forms.DateInput(attrs=DAY))

    @property
    def fact_field(self) -> FactField:
        """The chosen field."""
        return FactField(self.cleaned_data["field"])


class CorrectionForm(forms.Form):
    """A request to correct what somebody else holds about the company."""

    holder = forms.CharField(
        label=_("Who holds the wrong data"),
        max_length=300,
        widget=forms.TextInput(attrs={**CONTROL, "placeholder": _("Credit bureau, insurer, bank")}),
    )
    wrong = forms.CharField(
        label=_("What is wrong, and what is right"),
        max_length=2_000,
        widget=forms.Textarea(attrs={**CONTROL, "rows": 4}),
    )
    asked_on = forms.DateField(label=_("Asked on"), widget=forms.DateInput(attrs=DAY))
    document = forms.FileField(
        label=_("Document that proves it"),
        required=False,
        help_text=_("Only its name and SHA-256 are kept; keep the document itself."),
        widget=forms.ClearableFileInput(attrs=CONTROL),
    )


class AnswerForm(forms.Form):
    """What became of a request."""

    state = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(each, STATES[each]) for each in CorrectionState if each != CorrectionState.ASKED],
        widget=forms.Select(attrs=SELECT),
    )
    answered_on = forms.DateField(label=_("Answered on"), widget=forms.DateInput(attrs=DAY))
    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={**CONTROL, "rows": 3}),
    )


class LogForm(forms.Form):
    """How the log of corrections is narrowed."""

    q = forms.CharField(
        label=_("Holder or text"),
        required=False,
        widget=forms.TextInput(attrs={**CONTROL, "type": "search"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), *STATES.items()],
        widget=forms.Select(attrs=SELECT),
    )
