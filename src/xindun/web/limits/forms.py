"""Forms of limits; the actions judge what is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.prevention.limits.values import (
    LimitKind,
    NewRequest,
    Pays,
    RequestState,
    TradeReference,
)
from xindun.web.filters import choice_field, search_field
from xindun.web.limits.words import LIMIT_KINDS, PAYS, REQUEST_STATES
from xindun.web.securities.forms import CODE, CONTROL, DAY, SELECT, amount_field

OWN_KINDS = (LimitKind.PERMANENT, LimitKind.TEMPORARY)


def text_field(label: Any, *, needed: bool = True, rows: int = 2) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        required=needed,
        max_length=2000,
        widget=forms.Textarea(attrs={**CONTROL, "rows": rows}),
    )


def kind_field() -> forms.ChoiceField:
    """Permanent or temporary."""
    return forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, LIMIT_KINDS[kind]) for kind in OWN_KINDS],
        widget=forms.Select(attrs=SELECT),
    )


class RequestForm(forms.Form):
    """A credit application; documents are those of the company file."""

    kind = kind_field()
    amount = amount_field(_("Amount"), least=0)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, widget=forms.TextInput(attrs=CODE)
    )
    settlement_currency = forms.CharField(
        label=_("Buyer pays in (empty: the same currency)"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs=CODE),
    )
    starts_on = forms.DateField(
        label=_("From (empty: at once)"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    ends_on = forms.DateField(
        label=_("Through (empty: until changed)"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    for_group = forms.BooleanField(
        label=_("For the buyer's whole group"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    reason = text_field(_("Reason"))
    supplier = forms.CharField(
        label=_("Trade reference: supplier (a company, no person)"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=CONTROL),
    )
    pays = forms.ChoiceField(
        label=_("The supplier says that the buyer"),
        required=False,
        choices=[(each.value, text) for each, text in PAYS.items()],
        widget=forms.Select(attrs=SELECT),
    )
    highest_credit = amount_field(_("Highest credit that the supplier gave"), needed=False)
    documents = forms.MultipleChoiceField(
        label=_("Documents of the company file, such as the buyer's statements"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, *args: Any, stored: Iterable[tuple[str, str]] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        choices = list(stored)
        if choices:
            documents = self.fields["documents"]
            assert isinstance(documents, forms.MultipleChoiceField)  # noqa: S101 - as declared
            documents.choices = choices
        else:
            del self.fields["documents"]

    def new(self) -> NewRequest:
        """What was asked for."""
        said = self.cleaned_data
        currency = said["currency"].upper()
        references: tuple[TradeReference, ...] = ()
        if said["supplier"].strip():
            references = (
                TradeReference(
                    said["supplier"].strip(), Pays(said["pays"]), said["highest_credit"], currency
                ),
            )
        return NewRequest(
            kind=LimitKind(said["kind"]),
            currency=currency,
            amount=said["amount"],
            reason=said["reason"],
            for_group=said["for_group"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            settlement_currency=said["settlement_currency"].upper(),
            references=references,
            documents=tuple(UUID(each) for each in said.get("documents", ())),
        )


class DecideForm(forms.Form):
    """A decision: all of it, a part, or nothing."""

    amount = amount_field(_("Amount to grant (less than requested: a part)"), needed=False)
    conditions = text_field(_("Conditions, in words"), needed=False, rows=1)
    said = text_field(_("Reason"), needed=False)


class ChangeForm(forms.Form):
    """Review, reduce or withdraw what stands."""

    kind = kind_field()
    amount = amount_field(_("New amount (to reduce)"), needed=False)
    said = text_field(_("Reason"))


class InsuredForm(forms.Form):
    """What an insurer covers, by hand until the insurer's answers come by themselves."""

    amount = amount_field(_("Insured limit (0: withdrawn)"))
    currency = forms.CharField(
        label=_("Currency"), max_length=3, widget=forms.TextInput(attrs=CODE)
    )
    ends_on = forms.DateField(
        label=_("Through (empty: until changed)"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    said = forms.CharField(
        label=_("Where the insurer wrote it, such as the number of the endorsement"),
        max_length=200,
        widget=forms.TextInput(attrs=CONTROL),
    )


class WorklistForm(forms.Form):
    """The search and filter above the requests."""

    q = search_field(_("Part of a buyer's name or number"))
    state = choice_field(
        _("State"),
        (
            ("open", _("Waiting for a decision")),
            *(
                (state.value, name)
                for state, (name, _tone) in REQUEST_STATES.items()
                if state not in (RequestState.REQUESTED, RequestState.RECOMMENDED)
            ),
        ),
    )
