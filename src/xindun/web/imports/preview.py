"""What was recognised in an uploaded file, prepared for reading: columns, samples, questions.

What a reader would get wrong: the whole file is looked at, not its first rows, so a preview can
take a moment; and it writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xindun.config.ledger_reading import options_of
from xindun.connectors.ledger_files import Question, Recognition, recognise
from xindun.connectors.ledger_files.fields import FIELDS
from xindun.connectors.ledger_files.values import NOTICES, Table
from xindun.kernel.errors import DomainError
from xindun.kit.tenancy import current_tenant_id
from xindun.record.receivables.actions import named_file
from xindun.web.imports.fields import field_name
from xindun.web.imports.forms import unique_headers
from xindun.web.words import refusal, said

CONTROLS = {
    "date_order": "date_order",
    "dates_mixed": "date_order",
    "two_digit_year": "date_order",
    "decimal": "decimal",
    "decimals_mixed": "decimal",
    "currency": "currency",
    "terms": "terms_days",
    "encoding": "encoding",
}
"""Question code → the form field that answers it; the others are answered by the columns."""
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column of the file: what it is read as, and some of its cells."""

    position: int
    header: str
    mapping_name: str
    field: str
    recognised: str
    field_name: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableLines:
    """One table of the file; only the main one's columns can be read as something else."""

    label: str
    rows: int
    main: bool
    columns: tuple[ColumnLine, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the form field that answers it (empty: the columns below do)."""

    sentence: str
    control: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything of the preview page; ``refusal`` when the file cannot be read at all."""

    refusal: str = ""
    recognition: Recognition | None = None
    tables: tuple[TableLines, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    questions: tuple[Asked, ...] = ()
    notices: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    names_currency: bool = True


def preview_of(public_id: UUID, options: Mapping[str, Any]) -> Preview:
    """Look at the uploaded file with these options."""
    try:
        with named_file(current_tenant_id(), public_id) as path:
            found = recognise([path], options_of(options))
    except DomainError as error:
        return Preview(refusal=refusal(error), questions=_asked_by(error))
    return Preview(
        recognition=found,
        tables=_tables(found, options),
        unused=tuple((name, field_name(name)) for name, header in _pinned(options) if not header),
        questions=tuple(map(_asked, found.questions)),
        notices=tuple(said(NOTICES[each.code], each.params) for each in found.notices),
        fields=tuple((name, field_name(name)) for name in FIELDS),
        names_currency="currency" in found.first.fields,
    )


def _pinned(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Field and header of what the person chose before."""
    return [(str(name), str(header)) for name, header in (options.get("mapping") or {}).items()]


def _tables(found: Recognition, options: Mapping[str, Any]) -> tuple[TableLines, ...]:
    """The main table first: the choices of the form are its columns'."""
    pinned = {name for name, _header in _pinned(options)}
    main = found.first
    others = [table for table in found.tables if table is not main]
    return tuple(
        TableLines(table.sheet or table.file, table.rows, table is main, _columns(table, pinned))
        for table in (main, *others)
    )


def _columns(table: Table, pinned: set[str]) -> tuple[ColumnLine, ...]:
    return tuple(
        ColumnLine(
            position=column.position,
            header=column.header or _("(no header)"),
            mapping_name=name,
            field=column.field or "",
            # What the person chose before stays a choice of theirs when the form comes back.
            recognised="" if column.field in pinned else column.field or "",
            field_name=field_name(column.field) if column.field else "",
            samples=tuple(
                row[column.position]
                for row in table.sample[:SAMPLES]
                if column.position < len(row) and row[column.position]
            ),
        )
        for column, name in zip(table.columns, unique_headers(table), strict=True)
    )


def _asked(question: Question) -> Asked:
    params = {
        "table": question.table,
        "column": question.column,
        "examples": ", ".join(question.examples),
        "option": _("the choice below"),
    }
    return Asked(said(question.sentence, params), CONTROLS.get(question.code, ""))


def by_control(questions: tuple[Asked, ...]) -> list[tuple[str, list[str]]]:
    """Questions that one field answers stand together, in their first one's place."""
    found: dict[str, list[str]] = {}
    for each in questions:
        found.setdefault(each.control, []).append(each.sentence)
    return list(found.items())


def _asked_by(error: DomainError) -> tuple[Asked, ...]:
    """Questions that reading itself raised, such as the encoding."""
    return tuple(map(_asked, getattr(error, "questions", ())))
