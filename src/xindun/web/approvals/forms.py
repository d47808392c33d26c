"""The search and filter above the proposals, and the rule for approvals."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.tenants.values import ProposalState
from xindun.web.filters import choice_field, search_field

STATES = {
    ProposalState.OPEN: _("Waiting"),
    ProposalState.APPROVED: _("Approved"),
    ProposalState.REFUSED: _("Refused"),
    ProposalState.WITHDRAWN: _("Withdrawn"),
    ProposalState.EXPIRED: _("Expired"),
}
KINDS = {
    "owner_granted": _("Make an owner"),
    "grade_overridden": _("Override a grade"),
    "four_eyes_changed": _("Change the rule for approvals"),
    "party_merged": _("Merge two company files"),
    "person_erased": _("Erase a person"),
    "hit_decided": _("Decide a screening hit"),
    "waiver_granted": _("Let a buyer pass without an item"),
    "model_promoted": _("Use another model"),
    "checklist_changed": _("Change the checklist"),
    "credit_policy_changed": _("Change the credit policy"),
    "security_accepted": _("Accept a security"),
}


class ApprovalsForm(forms.Form):
    """The search and the filter above the list."""

    q = search_field(_("Part of what or of a name"))
    state = choice_field(_("State"), ((state.value, name) for state, name in STATES.items()))


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
