"""The fields above a list: one to search in, and choices that narrow it as they are made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 200
NARROWS = {"class": "form-select", "data-autosubmit": True}
"""Attributes of a choice that the list follows at once."""


def search_field(placeholder: Any) -> forms.CharField:
    """What to search for; ``placeholder`` says what is looked through."""
    return forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "type": "search",
                "placeholder": placeholder,
                "autocomplete": "off",
            }
        ),
    )


def choice_field(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    """One of ``choices``, or all of them."""
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=(("", _("All")), *choices),
        widget=forms.Select(attrs=NARROWS),
    )
