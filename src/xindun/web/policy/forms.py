"""Forms of a draft, one a section; the action judges whether the whole can be meant.

What a reader would get wrong: ratios are written as per cent. Each form makes a changed policy out
of the one it was shown for, and touches its own section only.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from xindun.prevention.credit_policy.values import (
    Authority,
    Backing,
    CreditPolicy,
    Knockout,
    Segment,
    Starter,
    Tier,
)
from xindun.record.tenants.values import Role
from xindun.web.granting import ROLES
from xindun.web.policy import words

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
NUMBER = {**CONTROL, "inputmode": "decimal"}
CHECK = {"class": "form-check-input"}


class FactorField(forms.DecimalField):
    """A factor or an amount, shown without needless zeros."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        widget = forms.NumberInput(attrs={**NUMBER, "step": "any", "min": 0})
        super().__init__(
            label=label, required=required, min_value=Decimal(0), max_digits=18, widget=widget
        )

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class PercentField(FactorField):
    """A ratio, written as per cent."""

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field."""
        return super().prepare_value(value * 100 if isinstance(value, Decimal) else value)

    def clean(self, value: Any) -> Decimal | None:
        """The ratio."""
        found = super().clean(value)
        return None if found is None else found / 100


class CodesField(forms.CharField):
    """Codes with commas or spaces between them."""

    def __init__(self, label: Any, placeholder: str) -> None:
        widget = forms.TextInput(attrs={**CONTROL, "placeholder": placeholder})
        super().__init__(label=label, required=False, max_length=1_000, widget=widget)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field."""
        return ", ".join(value) if isinstance(value, tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """The codes."""
        return tuple(super().clean(value).replace(",", " ").upper().split())


def whole(label: Any, *, required: bool = True) -> forms.IntegerField:
    """A whole number of 0 or more."""
    widget = forms.NumberInput(attrs={**NUMBER, "min": 0})
    return forms.IntegerField(label=label, required=required, min_value=0, widget=widget)


class TierForm(forms.Form):
    """One tier."""

    code = forms.CharField(
        label=words.FIELDS["code"], max_length=20, widget=forms.TextInput(attrs=CONTROL)
    )
    best_grade = whole(words.FIELDS["best_grade"])
    worst_grade = whole(words.FIELDS["worst_grade"])
    limit_multiplier = FactorField(words.FIELDS["limit_multiplier"])
    terms_days = whole(words.FIELDS["terms_days"])
    prepayment_share = PercentField(_("Prepayment, per cent"))
    security = forms.ChoiceField(
        label=words.FIELDS["security"],
        initial=Backing.NONE.value,  # what a browser sends for the empty row
        choices=[(each.value, words.BACKINGS[each]) for each in Backing],
        widget=forms.Select(attrs=SELECT),
    )
    review_days = whole(words.FIELDS["review_days"])
    discount_percent = FactorField(words.FIELDS["discount_percent"], required=False)
    discount_days = whole(words.FIELDS["discount_days"], required=False)


class AuthorityForm(forms.Form):
    """One line of the authority table."""

    role = forms.ChoiceField(
        label=words.FIELDS["role"],
        initial=Role.OWNER.value,  # what a browser sends for the empty row
        choices=[(each.value, ROLES[each]) for each in Role],
        widget=forms.Select(attrs=SELECT),
    )
    up_to = FactorField(_("Up to (empty for any amount)"), required=False)
    worst_grade = whole(words.FIELDS["worst_grade"])


class _RowsForm:
    """Several forms below each other, one a row, an empty one last, each row removable."""

    form: type[forms.Form]

    def __init__(self, rows: list[dict[str, Any]], data: Any) -> None:
        kind = formset_factory(self.form, extra=1, can_delete=True, max_num=30)
        self.rows = kind(data, initial=rows, prefix="row")
        for row in self.rows:
            row.fields["DELETE"].label = _("Remove")
            row.fields["DELETE"].widget.attrs.update(CHECK)

    def is_valid(self) -> bool:
        """Whether every row can be read."""
        return self.rows.is_valid()

    def said(self) -> list[dict[str, Any]]:
        """The rows that stay."""
        return [
            {name: value for name, value in each.items() if name != "DELETE"}
            for each in self.rows.cleaned_data
            if each and not each["DELETE"]
        ]


class TiersForm(_RowsForm):
    """All tiers."""

    form = TierForm

    def __init__(self, policy: CreditPolicy, data: Any) -> None:
        names = TierForm.base_fields
        super().__init__(
            [{name: getattr(each, name) for name in names} for each in policy.tiers], data
        )

    def changed(self, policy: CreditPolicy) -> CreditPolicy:
        """The policy with these tiers, the best first."""
        tiers = [Tier(**{**each, "security": Backing(each["security"])}) for each in self.said()]
        tiers.sort(key=lambda each: each.best_grade)
        return replace(policy, tiers=tuple(tiers))


class AuthoritiesForm(_RowsForm):
    """The authority table."""

    form = AuthorityForm

    def __init__(self, policy: CreditPolicy, data: Any) -> None:
        names = AuthorityForm.base_fields
        super().__init__(
            [{name: getattr(each, name) for name in names} for each in policy.authorities], data
        )

    def changed(self, policy: CreditPolicy) -> CreditPolicy:
        """The policy with this table."""
        lines = [Authority(**{**each, "role": Role(each["role"])}) for each in self.said()]
        return replace(policy, authorities=tuple(lines))


class StarterForm(forms.Form):
    """The starter rule."""

    cap = FactorField(_("Cap without a granted limit"))
    step_up_ratio = FactorField(words.FIELDS["step_up_ratio"])
    after_paid_documents = whole(words.FIELDS["after_paid_documents"])
    after_days = whole(words.FIELDS["after_days"])

    def __init__(self, policy: CreditPolicy, data: Any) -> None:
        first = {name: getattr(policy.starter, name) for name in type(self).base_fields}
        super().__init__(data, initial=first)

    def changed(self, policy: CreditPolicy) -> CreditPolicy:
        """The policy with this rule."""
        return replace(policy, starter=Starter(**self.cleaned_data))


class NumbersForm(forms.Form):
    """What stands once in a policy: currency, tolerance, deadlines, knock-outs."""

    currency = forms.CharField(
        label=words.FIELDS["currency"],
        min_length=3,
        max_length=3,
        widget=forms.TextInput(attrs=CONTROL),
    )
    tolerance_ratio = PercentField(_("Tolerance of released orders, per cent"))
    horizon_days = whole(words.FIELDS["horizon_days"])
    reservation_hours = whole(words.FIELDS["reservation_hours"])
    hold_hours = whole(words.FIELDS["hold_hours"])
    knockouts = forms.MultipleChoiceField(
        label=words.FIELDS["knockouts"],
        required=False,
        choices=[(each.value, words.KNOCKOUTS[each]) for each in Knockout],
        widget=forms.CheckboxSelectMultiple(attrs=CHECK),
    )

    def __init__(self, policy: CreditPolicy, data: Any) -> None:
        first = {name: getattr(policy, name) for name in type(self).base_fields}
        super().__init__(data, initial=first)

    def changed(self, policy: CreditPolicy) -> CreditPolicy:
        """The policy with these."""
        said = self.cleaned_data
        knockouts = tuple(map(Knockout, said["knockouts"]))
        return replace(
            policy, **{**said, "knockouts": knockouts, "currency": said["currency"].upper()}
        )


class SegmentForm(forms.Form):
    """Whom a segment is for."""

    code = forms.CharField(
        label=words.FIELDS["code"], max_length=20, widget=forms.TextInput(attrs=CONTROL)
    )
    countries = CodesField(_("Only in (countries)"), "CN, DE")
    sectors = CodesField(_("Only of (NACE sections)"), "C, F")
    new_customers = forms.ChoiceField(
        label=words.FIELDS["new_customers"],
        required=False,
        choices=[
            ("", _("both")),
            ("true", _("only new ones")),
            ("false", _("only established ones")),
        ],
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, segment: Segment | None, data: Any) -> None:
        chosen = {None: "", True: "true", False: "false"}
        first = {}
        if segment is not None:
            first = {name: getattr(segment, name) for name in type(self).base_fields}
            first["new_customers"] = chosen[segment.new_customers]
        super().__init__(data, initial=first)

    def said(self) -> dict[str, Any]:
        """The fields of the segment."""
        meant = {"": None, "true": True, "false": False}
        return {**self.cleaned_data, "new_customers": meant[self.cleaned_data["new_customers"]]}


class SubmitForm(forms.Form):
    """When a draft is to take effect."""

    effective_from = forms.DateTimeField(
        label=_("Takes effect (empty: as soon as it is approved)"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        widget=forms.DateTimeInput(attrs={**CONTROL, "type": "datetime-local"}),
    )


class FileForm(forms.Form):
    """A policy as YAML."""

    file = forms.FileField(
        label=_("YAML file"),
        widget=forms.ClearableFileInput(attrs={**CONTROL, "accept": ".yaml,.yml"}),
    )
