"""The upload, and the answers to what a file leaves open.

What a reader would get wrong: an answer is only stored when it differs from what was recognised,
so that a column which was recognised by itself is never pinned by accident.
"""

from __future__ import annotations

from typing import IO, Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xindun.connectors.ledger_files.fields import FIELDS
from xindun.connectors.ledger_files.sources.content import OtherContent, check_content
from xindun.connectors.ledger_files.values import Table
from xindun.kernel.money import is_currency
from xindun.web.words import refusal

MAX_BYTES = 2 * 1024**3
SIGNATURES = {".xlsx": b"PK\x03\x04", ".parquet": b"PAR1"}
TEXT_ENDINGS = (".csv", ".tsv", ".txt")
ACCEPTED = (*TEXT_ENDINGS, *SIGNATURES)
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
HEAD = 4096
TEXT = {"class": "form-control"}
SELECT = {"class": "form-select"}
ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "cp1252", "shift_jis", "euc_kr")


class UploadForm(forms.Form):
    """One ledger file; its ending and its first bytes must agree."""

    file = forms.FileField(
        label=gettext_lazy("Ledger file"),
        widget=forms.ClearableFileInput(
            attrs={"class": "form-control", "accept": ",".join(ACCEPTED)}
        ),
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large, of another kind, or not what its name says."""
        found: UploadedFile[Any] = self.cleaned_data["file"]
        name = (found.name or "").lower()
        ending = next((each for each in ACCEPTED if name.endswith(each)), None)
        if ending is None:
            raise forms.ValidationError(
                _("Choose a CSV, TSV, XLSX or Parquet file. (An old .xls: save it as .xlsx.)")
            )
        if (found.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 2 GB. Use the command “xindun import” for it.")
            )
        head = found.read(HEAD)
        found.seek(0)
        signature = SIGNATURES.get(ending)
        binary = b"\x00" in head and not head.startswith(UTF16_MARKS)
        if (signature and not head.startswith(signature)) or (not signature and binary):
            raise forms.ValidationError(
                _("The content of the file is not what its name says (%(ending)s).")
                % {"ending": ending}
            )
        try:
            check_content(cast("IO[bytes]", found), found.name or "")
        except OtherContent as error:
            raise forms.ValidationError(refusal(error)) from error
        return found


class AnswersForm(forms.Form):
    """What the reader of the file is told: answers to questions, and corrections."""

    date_order = forms.ChoiceField(
        label=gettext_lazy("Order of dates"),
        required=False,
        choices=(
            ("", gettext_lazy("As recognised")),
            ("dmy", gettext_lazy("Day first: 31/12/2025")),
            ("mdy", gettext_lazy("Month first: 12/31/2025")),
            ("ymd", gettext_lazy("Year first: 2025-12-31")),
        ),
        widget=forms.Select(attrs=SELECT),
    )
    decimal = forms.ChoiceField(
        label=gettext_lazy("Decimal mark"),
        required=False,
        choices=(
            ("", gettext_lazy("As recognised")),
            (".", gettext_lazy("Point: 1,234.56")),
            (",", gettext_lazy("Comma: 1.234,56")),
        ),
        widget=forms.Select(attrs=SELECT),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency of amounts without one"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={**TEXT, "placeholder": "CNY", "list": "currencies"}),
    )
    terms_days = forms.IntegerField(
        label=gettext_lazy("Payment terms in days, where a due date is missing"),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.NumberInput(attrs={**TEXT, "placeholder": "30"}),
    )
    due_anchor = forms.ChoiceField(
        label=gettext_lazy("Terms run from"),
        required=False,
        choices=(
            ("", gettext_lazy("Invoice date")),
            ("delivered", gettext_lazy("Delivery")),
            ("accepted", gettext_lazy("Acceptance")),
            ("reconciled", gettext_lazy("Reconciliation")),
            ("invoiced", gettext_lazy("Invoicing")),
        ),
        widget=forms.Select(attrs=SELECT),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        choices=(("", gettext_lazy("As recognised")), *((name, name) for name in ENCODINGS)),
        widget=forms.Select(attrs=SELECT),
    )
    source = forms.SlugField(
        label=gettext_lazy("Name of the source system"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Part of each document's identity. Keep it the same every time."),
        widget=forms.TextInput(attrs={**TEXT, "placeholder": "main"}),
    )
    again = forms.BooleanField(
        label=gettext_lazy("Import it even if the same file was imported before"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def ask(self, names: set[str]) -> set[str]:
        """Show the fields that answer a question with all their choices at once."""
        for name in names & {"date_order", "decimal"}:
            field = self.fields[name]
            choices = [each for each in getattr(field, "choices", ()) if each[0]]
            field.widget = forms.RadioSelect(choices=choices)
        return names

    def clean_currency(self) -> str:
        """Upper case, and in ISO 4217."""
        code: str = self.cleaned_data["currency"].strip().upper()
        if code and not is_currency(code):
            raise forms.ValidationError(_("Use an ISO 4217 code such as CNY, USD or EUR."))
        return code

    def options(self) -> dict[str, Any]:
        """The stored form of the answers; call it on a valid form."""
        names = ("date_order", "decimal", "currency", "terms_days", "due_anchor", "encoding")
        given = {name: self.cleaned_data[name] for name in names}
        kept = {name: value for name, value in given.items() if value not in ("", None)}
        mapping = chosen_mapping(self.data)
        return {**kept, "mapping": mapping} if mapping else kept

    @property
    def source_name(self) -> str:
        """The name of the source system, ``main`` by default."""
        return self.cleaned_data.get("source") or "main"


def chosen_mapping(data: Any) -> dict[str, str]:
    """Field → header of the columns that the person read differently than the recogniser.

    Column ``i`` comes as ``column-i`` (the chosen field), ``auto-i`` (the recognised one) and
    ``header-i``. A recognised field that no column keeps is mapped to nothing, and so is each
    ``unused`` one: those that were mapped to nothing before.
    """
    mapping: dict[str, str] = {}
    chosen: set[str] = set()
    left = {field for field in data.getlist("unused") if field in FIELDS}
    for name in data:
        if not name.startswith("column-"):
            continue
        position = name.removeprefix("column-")
        field, recognised = data[name], data.get(f"auto-{position}", "")
        chosen.add(field)
        if field and field != recognised:
            mapping[field] = data.get(f"header-{position}", "")
        if not field and recognised:
            left.add(recognised)
    return {**mapping, **dict.fromkeys(sorted(left - chosen), "")}


def unique_headers(table: Table) -> list[str]:
    """Headers as a mapping names them: a second column of one name gets ``#2``."""
    seen: dict[str, int] = {}
    found = []
    headers = [column.header for column in table.columns]
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        repeated = headers.count(header) > 1
        found.append(f"{header}#{seen[header]}" if repeated else header)
    return found
