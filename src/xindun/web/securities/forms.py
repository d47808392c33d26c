"""Forms of the register; the actions judge what is said."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.prevention.securities.values import (
    GuaranteeForm,
    GuaranteeTerms,
    NewSecurity,
    SecurityKind,
)
from xindun.web.filters import choice_field, search_field
from xindun.web.securities.words import FORMS, SECURITY_KINDS

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
DAY = {**CONTROL, "type": "date"}
CODE = {**CONTROL, "maxlength": 3, "placeholder": "EUR"}
HUNDRED = Decimal(100)


def amount_field(label: Any, *, needed: bool = True, least: int = 0) -> forms.DecimalField:
    """An amount of money; how many decimals it may have depends on its currency."""
    return forms.DecimalField(
        label=label,
        required=needed,
        min_value=Decimal(least),
        max_digits=20,
        decimal_places=4,
        widget=forms.NumberInput(attrs={**CONTROL, "step": "any"}),
    )


def day_field(label: Any, *, needed: bool = False) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, required=needed, widget=forms.DateInput(attrs=DAY))


def line_field(label: Any) -> forms.CharField:
    """One line of text that may be left empty."""
    return forms.CharField(
        label=label, required=False, max_length=200, widget=forms.TextInput(attrs=CONTROL)
    )


class SecurityForm(forms.Form):
    """A security to be registered; the last fields are for guarantees."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, text) for kind, text in SECURITY_KINDS.items()],
        widget=forms.Select(attrs=SELECT),
    )
    value = amount_field(_("Face value"))
    currency = forms.CharField(
        label=_("Currency"), max_length=3, widget=forms.TextInput(attrs=CODE)
    )
    haircut = forms.DecimalField(
        label=_("Haircut in per cent (empty: the house's for its kind)"),
        required=False,
        min_value=Decimal(0),
        max_value=HUNDRED,
        decimal_places=2,
        widget=forms.NumberInput(attrs={**CONTROL, "step": "any"}),
    )
    starts_on = day_field(_("In force from"), needed=True)
    expires_on = day_field(_("Last day (a letter of credit needs one)"))
    contract = line_field(_("Contract or order (a prepayment needs one)"))
    issuer = line_field(_("Bank or company that stands behind it"))
    guarantor = forms.ChoiceField(
        label=_("Its company file, where there is one"),
        required=False,
        widget=forms.Select(attrs=SELECT),
    )
    by_person = forms.BooleanField(
        label=_("A person stands behind it (whose name stays in the document)"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    document = forms.ChoiceField(
        label=_("Document of the buyer's company file"),
        required=False,
        widget=forms.Select(attrs=SELECT),
    )
    form = forms.ChoiceField(
        label=_("Guarantee: form (not agreed: general)"),
        required=False,
        choices=[(form.value, text) for form, text in FORMS.items()],
        widget=forms.Select(attrs=SELECT),
    )
    law = forms.CharField(
        label=_("Guarantee: country of the law that governs it"),
        required=False,
        max_length=2,
        initial="CN",
        widget=forms.TextInput(attrs={**CONTROL, "maxlength": 2, "placeholder": "CN"}),
    )
    principal_due_on = day_field(_("Guarantee: day on which the guaranteed debt falls due"))
    agreed_until = day_field(_("Guarantee: last day of the agreed guarantee period"))

    def __init__(
        self,
        *args: Any,
        parties: Iterable[tuple[str, str]] = (),
        stored: Iterable[tuple[str, str]] = (),
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        for name, choices in (("guarantor", parties), ("document", stored)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared
            field.choices = [("", "–"), *choices]

    def new(self) -> NewSecurity:
        """What was said."""
        said = self.cleaned_data
        kind = SecurityKind(said["kind"])
        terms = None
        if kind is SecurityKind.GUARANTEE:
            terms = GuaranteeTerms(
                GuaranteeForm(said["form"] or GuaranteeForm.GENERAL.value),
                said["law"].upper(),
                said["principal_due_on"],
                said["agreed_until"],
            )
        return NewSecurity(
            kind=kind,
            currency=said["currency"].upper(),
            value=said["value"],
            starts_on=said["starts_on"],
            expires_on=said["expires_on"],
            haircut=None if said["haircut"] is None else said["haircut"] / HUNDRED,
            contract=said["contract"],
            issuer=said["issuer"],
            guarantor=UUID(said["guarantor"]) if said["guarantor"] else None,
            by_person=said["by_person"],
            guarantee=terms,
            document=UUID(said["document"]) if said["document"] else None,
        )


class PreserveForm(forms.Form):
    """When the act was done that keeps the guarantor bound."""

    done_on = day_field(_("Done on"), needed=True)


class RegisterForm(forms.Form):
    """The search and filters above the register."""

    q = search_field(_("Part of a buyer's or issuer's name"))
    kind = choice_field(_("Kind"), ((kind.value, text) for kind, text in SECURITY_KINDS.items()))
    state = choice_field(
        _("State"),
        (
            ("counts", _("Counts today")),
            ("soon", _("Ends within 60 days")),
            ("not", _("Counts nothing")),
        ),
    )
