"""The search and filter above the proposals, and the rule for approvals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.tenants.values import ProposalState

STATES = {
    ProposalState.OPEN: _("Waiting"),
    ProposalState.APPROVED: _("Approved"),
    ProposalState.REFUSED: _("Refused"),
    ProposalState.WITHDRAWN: _("Withdrawn"),
    ProposalState.EXPIRED: _("Expired"),
}
KINDS = {
    "owner_granted": _("Make an owner"),
    "four_eyes_changed": _("Change the rule for approvals"),
    "person_erased": _("Erase a person"),
}


class ApprovalsForm(forms.Form):
    """The search and the filter above the list."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "type": "search",
                "placeholder": _("Part of what or of a name"),
                "autocomplete": "off",
            }
        ),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=(("", _("All")), *((state.value, name) for state, name in STATES.items())),
        widget=forms.Select(attrs={"class": "form-select", "data-autosubmit": True}),
    )


class RuleForm(forms.Form):
    """Sole-user mode and its delay."""

    sole_user = forms.BooleanField(
        label=_("Whoever is the only approver may approve alone, after the delay"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    delay_hours = forms.IntegerField(
        label=_("Delay in hours"),
        min_value=1,
        max_value=168,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
