"""The filter above the members, a role, and what is lent for how long."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.tenants.values import DelegationState, Member, Permission, Role, TenantKind
from xindun.web.filters import choice_field, search_field
from xindun.web.granting import ROLES, permission_name, role_name

SELECT = {"class": "form-select"}
TEXT = {"class": "form-control"}
STATES = {"active": _("Active"), "left": _("Deactivated")}
LOAN_STATES = {
    DelegationState.COMING: _("Coming"),
    DelegationState.RUNNING: _("Running"),
    DelegationState.OVER: _("Over"),
    DelegationState.REVOKED: _("Revoked"),
}


class PeopleForm(forms.Form):
    """The search and the filters above the list."""

    q = search_field(_("Part of the name or address"))
    role = choice_field(_("Role"), ((role.value, name) for role, name in ROLES.items()))
    state = choice_field(_("State"), STATES.items())


class LoansForm(forms.Form):
    """The search and the filter above the delegations."""

    q = search_field(_("Part of a name or of what"))
    state = choice_field(_("State"), ((state.value, name) for state, name in LOAN_STATES.items()))


class RoleForm(forms.Form):
    """One role of those that companies of this kind have."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.Select(attrs=SELECT))

    def __init__(
        self, data: object, roles: Iterable[Role], kind: TenantKind, initial: Role | None = None
    ) -> None:
        super().__init__(data, initial={"role": initial.value} if initial else None)  # type: ignore[arg-type]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, role_name(role, kind)) for role in roles
        ]


class LendForm(forms.Form):
    """To whom, what, and on which days."""

    to = forms.ChoiceField(label=_("To"), widget=forms.Select(attrs=SELECT))
    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={**TEXT, "type": "date"})
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={**TEXT, "type": "date"})
    )
    permissions = forms.MultipleChoiceField(
        label=_("What may they do for you?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self, data: object, others: Iterable[Member], lendable: frozenset[Permission]
    ) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(each.public_id), each.name) for each in others
        ]
        self.fields["permissions"].choices = [  # type: ignore[attr-defined]
            (each.value, permission_name(each)) for each in Permission if each in lendable
        ]


class InviteForm(RoleForm):
    """An address and a role; nobody is invited as an owner."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={**TEXT, "autocomplete": "off"}),
    )
    field_order = ("email", "role")

    def __init__(self, data: object, roles: Iterable[Role], kind: TenantKind) -> None:
        super().__init__(data, [role for role in roles if role is not Role.OWNER], kind)
        self.auto_id = "invite_%s"  # the filter on the same page has a role, too
