"""Forms of the order gate; the actions judge what is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.control.gate.values import StopKind
from xindun.record.orders.values import Asked, OrderKind, Prepayment
from xindun.web.orders.words import ORDER_KINDS, STOPS

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
DAY = {**CONTROL, "type": "date"}


def _amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=18,
        decimal_places=4,
        widget=forms.NumberInput(attrs={**CONTROL, "step": "any", "inputmode": "decimal"}),
        **more,
    )


def _words(label: Any, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2_000,
        widget=forms.Textarea(attrs={**CONTROL, "rows": rows}),
        **more,
    )


class ReleaseForm(forms.Form):
    """Let a held order through, all of it or up to an amount."""

    reason = _words(_("Reason"))
    amount = _amount(
        _("Up to"), required=False, help_text=_("Leave it empty to release the whole order.")
    )
    condition = _words(
        _("Condition"),
        rows=1,
        required=False,
        help_text=_("What the release depends on, for those who ship. It binds people only."),
    )


class RefuseForm(forms.Form):
    """Turn a held order down."""

    reason = _words(_("Reason"))


class StopForm(forms.Form):
    """Hold every order of a buyer."""

    kind = forms.ChoiceField(
        label=_("Why"),
        choices=[(each.value, name) for each, name in STOPS.items()],
        initial=StopKind.LEGAL.value,
        widget=forms.Select(attrs=SELECT),
    )
    reason = _words(_("Reason"))


class LiftForm(forms.Form):
    """Let the rules judge again."""

    reason = _words(_("Reason"), rows=1)


class CheckForm(forms.Form):
    """An order asked about by hand."""

    number = forms.CharField(
        label=_("Order number"), max_length=200, widget=forms.TextInput(attrs=CONTROL)
    )
    amount = _amount(_("Amount with tax"), min_value=Decimal("0.0001"))
    currency = forms.CharField(
        label=_("Currency"),
        min_length=3,
        max_length=3,
        widget=forms.TextInput(attrs={**CONTROL, "placeholder": "EUR"}),
    )
    deliver_on = forms.DateField(
        label=_("Delivery day"),
        required=False,
        widget=forms.DateInput(attrs=DAY),
        help_text=_("Without a day: today."),
    )
    terms_days = forms.IntegerField(
        label=_("Payment terms, days"),
        required=False,
        min_value=0,
        max_value=3650,
        widget=forms.NumberInput(attrs=CONTROL),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(each.value, name) for each, name in ORDER_KINDS.items()],
        widget=forms.Select(attrs=SELECT),
    )
    contract = forms.CharField(
        label=_("Contract"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=CONTROL),
    )
    source = forms.CharField(
        label=_("Numbered by"),
        max_length=200,
        initial="erp",
        widget=forms.TextInput(attrs=CONTROL),
        help_text=_("The system whose order number it is. The same number again is an amendment."),
    )
    prepaid = _amount(_("Prepaid, cleared"), required=False, min_value=Decimal("0.0001"))
    cleared_on = forms.DateField(
        label=_("Cleared on"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    reference = forms.CharField(
        label=_("The bank's reference"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=CONTROL),
    )

    def clean(self) -> dict[str, Any]:
        """A prepayment is stated whole: amount, day and the bank's reference."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        parts = [said.get("prepaid"), said.get("cleared_on"), said.get("reference")]
        if any(parts) and not all(parts):
            self.add_error(
                "prepaid",
                _("A prepayment needs its amount, the day it cleared and the bank's reference."),
            )
        return said

    def asked(self) -> Asked:
        """The order as the gate takes it."""
        said = self.cleaned_data
        cash: tuple[Prepayment, ...] = ()
        if said["prepaid"]:
            cleared: date = said["cleared_on"]
            cash = (Prepayment(said["prepaid"], cleared, said["reference"]),)
        return Asked(
            source=said["source"],
            number=said["number"],
            currency=said["currency"].upper(),
            amount=said["amount"],
            kind=OrderKind(said["kind"]),
            deliver_on=said["deliver_on"],
            terms_days=said["terms_days"],
            contract=said["contract"] or None,
            prepayments=cash,
        )
