"""A fact stated by hand; the shape of its value follows the kind."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xindun.record.company_file.values import KINDS, Document, FactKind, Json, NewFact, ValueType
from xindun.web.facts import words

CONTROL = {"class": "form-control"}
SELECT = {"class": "form-select"}
LIST_OF_PEOPLE = 500


class FactForm(forms.Form):
    """What a person read somewhere; the action judges it."""

    kind = forms.ChoiceField(
        label=_("Fact"),
        choices=[(kind.value, words.KINDS[kind]) for kind in FactKind],
        widget=forms.Select(attrs=SELECT),
    )
    value = forms.CharField(
        label=_("What the source says"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={**CONTROL, "rows": 2}),
        help_text=_(
            "A day as 2019-05-31, an amount as 5000000. Officers: one a line, name and role with a"
            " comma between. Empty: it is so no longer."
        ),
    )
    currency = forms.CharField(
        label=_("Currency of an amount"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={**CONTROL, "placeholder": "CNY"}),
    )
    reference = forms.CharField(
        label=_("Case number or reference, for events and banks"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=CONTROL),
    )
    uscc = forms.CharField(
        label=_("Credit code that an event names"),
        required=False,
        max_length=18,
        widget=forms.TextInput(attrs=CONTROL),
    )
    ground = forms.ChoiceField(
        label=_("Ground of 失信 (article one)"),
        required=False,
        choices=[("", _("not stated")), *words.GROUNDS.items()],
        widget=forms.Select(attrs=SELECT),
        help_text=_("Without a ground, or on the first, the entry counts until it is lifted."),
    )
    ends_on = forms.DateField(
        label=_("An event ends on"),
        required=False,
        widget=forms.DateInput(attrs={**CONTROL, "type": "date"}),
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, widget=forms.TextInput(attrs=CONTROL)
    )
    as_of = forms.DateField(
        label=_("True on"), widget=forms.DateInput(attrs={**CONTROL, "type": "date"})
    )
    document = forms.ChoiceField(
        label=_("Document that shows it"), required=False, widget=forms.Select(attrs=SELECT)
    )

    def __init__(self, *args: Any, documents: tuple[Document, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.sha256, f"{each.file_name} · {each.as_of}") for each in documents]
        self.fields["document"].choices = [("", _("none")), *named]  # type: ignore[attr-defined]

    def new_fact(self, now: datetime) -> NewFact:
        """What the form states; call it on a valid form."""
        said = self.cleaned_data
        kind, as_of = FactKind(said["kind"]), said["as_of"]
        return NewFact(
            kind=kind,
            value=self._value(KINDS[kind].type, said["value"].strip(), as_of),
            source=said["source"],
            source_key=said["reference"] if KINDS[kind].many else "",
            as_of=as_of,
            retrieved_at=now,
            document_sha256=said["document"] or None,
        )

    def _value(self, shape: ValueType, text: str, as_of: date) -> Json:
        said = self.cleaned_data
        if shape is ValueType.EVENT:
            ends_on = said["ends_on"]
            return {
                "case_number": said["reference"],
                "published_on": as_of.isoformat(),
                "expires_on": ends_on.isoformat() if ends_on else "",
                "uscc": said["uscc"],
                "ground": said["ground"],
                "detail": text,
            }
        if not text:
            return None
        if shape is ValueType.MONEY:
            return {"amount": text.replace(" ", ""), "currency": said["currency"]}
        if shape is ValueType.COUNT:
            return int(text) if text.isascii() and text.isdigit() else text
        if shape is ValueType.PEOPLE:
            return [_person(line) for line in text.splitlines()[:LIST_OF_PEOPLE] if line.strip()]
        return text


def initial_of(kind: FactKind, value: Json) -> dict[str, Any]:
    """What the form begins with when a fact is stated again."""
    first: dict[str, Any] = {"kind": kind.value, "value": words.value_text(value)}
    if KINDS[kind].type is ValueType.MONEY and isinstance(value, dict):
        amount = Decimal(str(value["amount"]))
        first |= {"value": f"{amount:f}", "currency": value["currency"]}
    if isinstance(value, list):
        people = [each for each in value if isinstance(each, dict)]
        first["value"] = "\n".join(
            ", ".join(str(each[name]) for name in ("name", "role") if each.get(name))
            for each in people
        )
    elif isinstance(value, int):
        first["value"] = str(value)
    return first


def _person(line: str) -> Json:
    name, _comma, role = line.replace("，", ",").partition(",")
    return {"name": name.strip(), "role": role.strip()}
