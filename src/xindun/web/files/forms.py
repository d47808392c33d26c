"""The upload of a document, and what the list is narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.company_file.values import DocumentKind
from xindun.web.filters import choice_field, search_field

CONTROL = {"class": "form-control"}
KINDS = {
    DocumentKind.REGISTRATION: _("Registration"),
    DocumentKind.STATEMENT: _("Financial statement"),
    DocumentKind.REPORT: _("Credit report"),
    DocumentKind.CONTRACT: _("Contract"),
    DocumentKind.OTHER: _("Other"),
}
_CHOICES = [(kind.value, name) for kind, name in KINDS.items()]


class ListForm(forms.Form):
    """How the list is narrowed; nonsense in an address narrows nothing."""

    q = search_field(_("Part of the file name or source"))
    kind = choice_field(_("Kind"), _CHOICES)


class UploadForm(forms.Form):
    """One document; what it is its content says."""

    file = forms.FileField(
        label=_("File (PDF, PNG, JPEG, XLSX, DOCX or text, at most 25 MB)"),
        widget=forms.ClearableFileInput(attrs=CONTROL),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=_CHOICES, widget=forms.Select(attrs={"class": "form-select"})
    )
    source = forms.CharField(
        label=_("Issued by"), max_length=300, widget=forms.TextInput(attrs=CONTROL)
    )
    as_of = forms.DateField(
        label=_("As of"), widget=forms.DateInput(attrs={**CONTROL, "type": "date"})
    )
