"""What a person states about a buyer's company."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.kernel.company_schemes import SCHEMES, Scheme, schemes_of
from xindun.record.parties.values import MERGE_REASON_LENGTH

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}


class NumberForm(forms.Form):
    """A number and where it comes from; the kinds of the company's country stand first."""

    scheme = forms.ChoiceField(label=_("Kind"), widget=forms.Select(attrs=SELECT))
    value = forms.CharField(label=_("Number"), max_length=80, widget=forms.TextInput(attrs=CONTROL))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Such as a register or a document."),
        widget=forms.TextInput(attrs=CONTROL),
    )

    def __init__(self, *args: Any, country: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["scheme"]
        # A company may be registered elsewhere, and its country may be unknown.
        known = {each.code: each for each in (*schemes_of(country), *SCHEMES.values())}
        chosen.choices = [(code, _labelled(each)) for code, each in known.items()]


class MergeForm(forms.Form):
    """Another file on the company, and why the two are one."""

    other = forms.ChoiceField(label=_("Other file"), widget=forms.Select(attrs=SELECT))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MERGE_REASON_LENGTH,
        widget=forms.TextInput(attrs=CONTROL),
    )
    despite_numbers = forms.BooleanField(
        label=_("One company although their numbers differ"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, files: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["other"]
        chosen.choices = list(files)


def _labelled(scheme: Scheme) -> str:
    return f"{scheme.name} ({scheme.country})" if scheme.country else scheme.name
