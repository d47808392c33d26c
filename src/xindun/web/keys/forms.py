"""The filter above the keys, and what is asked for a new one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.tenants.values import KeyState, Permission
from xindun.web.filters import choice_field, search_field
from xindun.web.granting import permission_name

LIVES = (
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("1 year")),
    ("730", _("2 years")),
)
OVERLAPS = (("0", _("ends at once")), ("1", _("1 day")), ("7", _("7 days")), ("30", _("30 days")))
STATES = {
    KeyState.RUNNING: _("Valid"),
    KeyState.EXPIRED: _("Expired"),
    KeyState.REVOKED: _("Revoked"),
}
SELECT = {"class": "form-select"}


class KeysForm(forms.Form):
    """The search and the filter above the list."""

    q = search_field(_("Part of the name or of the key"))
    state = choice_field(_("State"), ((state.value, name) for state, name in STATES.items()))


class NewKeyForm(forms.Form):
    """A key's name, its scopes and its life."""

    name = forms.CharField(
        label=_("What is the key for?"),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "placeholder": _("ERP connector"),
                "autocomplete": "off",
            }
        ),
    )
    days = forms.ChoiceField(
        label=_("Valid for"), choices=LIVES, initial="365", widget=forms.Select(attrs=SELECT)
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may its holder do?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(self, data: object, grantable: frozenset[Permission]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (each.value, permission_name(each)) for each in Permission if each in grantable
        ]


class RotateForm(forms.Form):
    """How long the old key runs beside the new one."""

    overlap = forms.ChoiceField(choices=OVERLAPS, initial="1")
