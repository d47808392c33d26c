"""The search above the list, and the form of a file of rates; the action judges what is said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.web.filters import choice_field, search_field

CONTROL = {"class": "form-control"}


class ListForm(forms.Form):
    """How the list is narrowed, and for which day; nonsense in an address narrows nothing."""

    q = search_field(_("Name or code"))
    state = choice_field(_("State"), [("current", _("Counts")), ("old", _("Too old"))])
    on = forms.DateField(
        label=_("For the day"),
        required=False,
        widget=forms.DateInput(
            attrs={**CONTROL, "type": "date", "data-autosubmit": True}, format="%Y-%m-%d"
        ),
    )


class LoadForm(forms.Form):
    """A file of rates, before one was refused."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={**CONTROL, "accept": ".csv,.xml"}),
    )
    source = forms.CharField(
        label=_("Who publishes them"),
        required=False,
        max_length=40,
        help_text=_("For a CSV of your own; the ECB's files name themselves."),
        widget=forms.TextInput(attrs=CONTROL),
    )


class RequoteForm(LoadForm):
    """The same, once sent: a file that prices another currency is then loaded on purpose only."""

    requote = forms.BooleanField(
        label=_("Convert by this file's quotation currency from now on"),
        required=False,
        help_text=_("Only when the file prices another currency than the rates above."),
        widget=forms.CheckboxInput(attrs={"class": "form-check-input d-block"}),
    )
