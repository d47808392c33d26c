"""The form on which statements are spread: one column a period, and what is true of all of them.

What a reader would get wrong: an amount is in the unit that the form states. The unit has no first
choice of its own; a file's heading may propose one, a person has to leave it standing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from xindun.connectors.ledger_files.amounts import NotAnAmount, TooLarge, TooPrecise, parse
from xindun.connectors.statement_files import Draft, closing_days
from xindun.engine.figures import LINES, Figures
from xindun.kernel.money import is_currency
from xindun.record.statements.reads import starts_of
from xindun.record.statements.values import (
    AuditOpinion,
    NewStatement,
    Scope,
    SourceLine,
    Standard,
)
from xindun.web.statements import words

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
DAY = {"class": "form-control", "type": "date"}
AMOUNT = {"class": "form-control num", "inputmode": "decimal", "autocomplete": "off"}
MOST_PERIODS = 5
NOT_SPREAD = frozenset(("ebitda",))
"""Follows from EBIT and depreciation."""
SHEET_SALT = "xindun.statements.sheet"


class AmountField(forms.CharField):
    """An amount as people write it; what it says is a Decimal or None."""

    def to_python(self, value: Any) -> Any:
        """The amount.

        Raises:
            ValidationError: not a number.
        """
        text = str(value or "").strip()
        try:
            return parse(text, ".") if text else None
        except TooPrecise:
            return Decimal(text.replace(",", ""))  # a sheet in 亿元 has more than four decimals
        except (NotAnAmount, TooLarge) as error:
            raise forms.ValidationError(_("Write a number such as 1,234.50.")) from error


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the file said, carried through the form under a signature."""

    sha256: str
    lines: tuple[tuple[tuple[str, str, str | None], ...], ...]


class SpreadForm(forms.Form):
    """Statements of one to five periods."""

    currency = forms.CharField(
        label=_("Currency"),
        min_length=3,
        max_length=3,
        widget=forms.TextInput(attrs={**CONTROL, "placeholder": "CNY"}),
    )
    unit = forms.TypedChoiceField(
        label=_("Unit of the amounts"),
        coerce=int,
        choices=[("", _("Choose: it is never guessed")), *words.UNITS.items()],
        widget=forms.Select(attrs=SELECT),
    )
    standard = forms.ChoiceField(
        label=_("Standard"),
        choices=list(words.STANDARDS.items()),
        widget=forms.Select(attrs=SELECT),
    )
    scope = forms.ChoiceField(
        label=_("Consolidated or single"),
        choices=[("", _("Choose")), *words.SCOPES.items()],
        widget=forms.Select(attrs=SELECT),
    )
    audit_opinion = forms.ChoiceField(
        label=_("Audit opinion"),
        choices=list(words.OPINIONS.items()),
        initial=AuditOpinion.NONE_STATED.value,
        widget=forms.Select(attrs=SELECT),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        widget=forms.TextInput(attrs={**CONTROL, "placeholder": _("Accounts sent by the buyer")}),
    )
    filed_on = forms.DateField(
        label=_("Published on"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    sheet = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, periods: int, **named: Any) -> None:
        super().__init__(*args, **named)
        self.periods = range(periods)
        for number in self.periods:
            first = number == 0
            self.fields[f"ends_on_{number}"] = forms.DateField(
                label=_("Closing day"), required=first, widget=forms.DateInput(attrs=DAY)
            )
            self.fields[f"months_{number}"] = forms.IntegerField(
                label=_("Months covered"),
                required=first,
                initial=12,
                min_value=1,
                max_value=24,
                widget=forms.NumberInput(attrs=CONTROL),
            )
            self.fields[f"usd_rate_{number}"] = forms.DecimalField(
                label=_("US dollars for one unit, if known"),
                required=False,
                max_digits=18,
                decimal_places=9,
                widget=forms.NumberInput(attrs={**CONTROL, "step": "any"}),
            )
            for name in LINES:
                if name not in NOT_SPREAD:
                    self.fields[f"{name}_{number}"] = AmountField(
                        required=False, widget=forms.TextInput(attrs=AMOUNT)
                    )

    def clean_currency(self) -> str:
        """An ISO 4217 code."""
        code = str(self.cleaned_data["currency"]).upper()
        if not is_currency(code):
            raise forms.ValidationError(_("Use an ISO 4217 code such as CNY or USD."))
        return code

    def general(self) -> Iterator[forms.BoundField]:
        """The fields that are true of every period."""
        for name in self.base_fields:
            if name != "sheet":
                yield self[name]

    def heads(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The rows above the amounts: closing day, months, dollars."""
        for name in ("ends_on", "months", "usd_rate"):
            yield self.fields[f"{name}_0"].label, [self[f"{name}_{n}"] for n in self.periods]

    def rows(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """A row a line, a field a period."""
        for name in LINES:
            if name not in NOT_SPREAD:
                fields = [self[f"{name}_{number}"] for number in self.periods]
                for field in fields:
                    field.field.widget.attrs["aria-label"] = words.line(name)
                yield words.line(name), fields

    def figures(self, number: int) -> Figures:
        """One period's figures in whole units."""
        said = {name: self.cleaned_data.get(f"{name}_{number}") for name in LINES}
        return Figures(**said).scaled(self.cleaned_data["unit"])

    def statements(self) -> list[NewStatement]:
        """The periods that have a closing day, the newest first."""
        sheet = self.carried()
        return [
            self._statement(number, sheet)
            for number in self.periods
            if self.cleaned_data.get(f"ends_on_{number}")
        ]

    def _statement(self, number: int, sheet: Sheet | None) -> NewStatement:
        said = self.cleaned_data
        ends_on: date = said[f"ends_on_{number}"]
        unit: int = said["unit"]
        lines = sheet.lines[number] if sheet and number < len(sheet.lines) else ()
        return NewStatement(
            starts_on=starts_of(ends_on, said.get(f"months_{number}") or 12),
            ends_on=ends_on,
            standard=Standard(said["standard"]),
            currency=said["currency"],
            unit=unit,
            scope=Scope(said["scope"]),
            audit_opinion=AuditOpinion(said["audit_opinion"]),
            figures=self.figures(number),
            source=said["source"],
            source_lines=tuple(SourceLine(n, Decimal(a) * unit, line) for n, a, line in lines),
            document_sha256=sheet.sha256 if sheet else None,
            filed_on=said["filed_on"],
            usd_rate=said.get(f"usd_rate_{number}"),
        )

    def carried(self) -> Sheet | None:
        """What the file said; None for a statement spread by hand or a broken signature."""
        try:
            found = signing.loads(self.cleaned_data.get("sheet") or "", salt=SHEET_SALT)
        except signing.BadSignature:
            return None
        lines = tuple(tuple((n, a, line) for n, a, line in period) for period in found["lines"])
        return Sheet(found["sha256"], lines)


def initial_of(draft: Draft, sha256: str, source: str) -> Mapping[str, Any]:
    """The form's first values from a file; unit and period are proposals that a person confirms."""
    first: dict[str, Any] = {
        "currency": draft.currency,
        "unit": draft.unit or "",
        "standard": (Standard.CAS if draft.is_chinese else Standard.IFRS).value,
        "source": source,
    }
    days = closing_days(draft)
    for number, period in enumerate(draft.periods[:MOST_PERIODS]):
        first[f"ends_on_{number}"] = days[number]
        first[f"months_{number}"] = period.months or 12
        for name, amount in period.figures.stated().items():
            first[f"{name}_{number}"] = f"{amount:,f}"
    lines = [
        [[line.name, str(line.amount), line.line] for line in period.lines]
        for period in draft.periods[:MOST_PERIODS]
    ]
    first["sheet"] = signing.dumps(
        {"sha256": sha256, "lines": lines}, salt=SHEET_SALT, compress=True
    )
    return first
