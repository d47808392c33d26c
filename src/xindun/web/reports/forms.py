"""The numbers to ask by, and the report file with its mapping."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.connectors.bureau.companies_house import SCHEME
from xindun.connectors.bureau.mapping import MAPPING_BYTES

MAX_BYTES = 2 * 1024**3
FILE = {"class": "form-control"}


class NumbersForm(forms.Form):
    """What a source knows the company by."""

    lei = forms.CharField(
        label=gettext_lazy("LEI"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    gb_crn = forms.CharField(
        label=gettext_lazy("Companies House number"),
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )

    def numbers(self) -> dict[str, str]:
        """Scheme → number of those that were given; nonsense in an address gives none."""
        if not self.is_valid():
            return {}
        said = {"lei": self.cleaned_data["lei"], SCHEME: self.cleaned_data["gb_crn"]}
        return {scheme: number.strip().upper() for scheme, number in said.items() if number.strip()}


class FileForm(forms.Form):
    """A report file; the format is told by its content."""

    file = forms.FileField(
        label=gettext_lazy("Report file"),
        widget=forms.ClearableFileInput(attrs={**FILE, "accept": ".json,.csv"}),
    )
    mapping = forms.FileField(
        label=gettext_lazy("Mapping (YAML), for any other format"),
        required=False,
        widget=forms.ClearableFileInput(attrs={**FILE, "accept": ".yaml,.yml"}),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large to be stored."""
        found: UploadedFile[Any] = self.cleaned_data["file"]
        if (found.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 2 GB. Use the command “xindun bureau import” for it.")
            )
        return found

    def clean_mapping(self) -> UploadedFile[Any] | None:
        """Refuse what no mapping is as long as."""
        found: UploadedFile[Any] | None = self.cleaned_data["mapping"]
        if found is not None and (found.size or 0) > MAPPING_BYTES:
            raise forms.ValidationError(_("A mapping has 64 KB at most."))
        return found
