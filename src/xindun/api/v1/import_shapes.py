"""How an import, its recognition and its figures are told.

What a reader would get wrong: a notice and a question carry a code for programs and a sentence
for people; only the first is stable.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field

from xindun.api.problems import stored_problem
from xindun.api.v1.jobs import ProblemShape
from xindun.api.v1.shapes import Amount, Currency, Figure, Shape, figure, money, plain_params
from xindun.api.words import filled
from xindun.connectors.ledger_files import Column, Question, Recognition, Table
from xindun.connectors.ledger_files.values import NOTICES
from xindun.record.receivables.values import BatchValue, ControlRow

SAMPLES = 3


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    READING = "reading"
    LOADING = "loading"
    COMMITTED = "committed"
    FAILED = "failed"
    REJECTED_DUPLICATE = "rejected_duplicate"


class Said(Shape):
    """A code with its parameters and the sentence it makes."""

    code: str
    params: dict[str, Any]
    text: str


class ControlShape(Shape):
    """Control totals: what the file holds = what the ledger took + what was rejected."""

    currency: Currency
    file_rows: int
    file_amount: Amount
    ledger_rows: int
    ledger_amount: Amount
    reject_rows: int
    reject_amount: Amount
    unreadable_rows: int = Field(description="Rejected rows whose amount could not be read.")
    reconciles: bool


class CountsShape(Shape):
    """What the import did."""

    documents_added: int
    documents_updated: int
    documents_unchanged: int
    settlements_added: int
    settlements_updated: int
    settlements_unchanged: int
    settlements_withdrawn: int
    settlements_unmatched: int
    buyers_added: int
    buyers_updated: int
    rejected: int


class ImportShape(Shape):
    """One file on its way into the ledger."""

    id: UUID
    state: ImportState
    file_name: str
    file_sha256: str
    file_size: int
    source: str
    options: dict[str, Any] = Field(description="How it is read, as it was confirmed.")
    progress: Figure
    notices: list[Said]
    control: list[ControlShape]
    counts: CountsShape
    has_rejects: bool
    error: ProblemShape | None
    merkle_root: str | None = Field(description="Over the rows it wrote; hexadecimal SHA-256.")
    ledger_version: int | None
    made_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ColumnShape(Shape):
    """One column of the file and what it is read as."""

    position: int
    header: str
    field: str | None
    samples: list[str]


class TableShape(Shape):
    """One table of the file."""

    name: str
    format: str
    layout: str
    encoding: str | None
    rows: int
    date_order: str | None
    decimal: str | None
    columns: list[ColumnShape]


class QuestionShape(Shape):
    """What only the owner of the file knows; `option` is the field of `start` that answers."""

    code: str
    table: str
    column: str
    examples: list[str]
    option: str
    text: str


class RecognitionShape(Shape):
    """What was recognised before anything is read in; no questions left: it can be started."""

    ready: bool
    tables: list[TableShape]
    questions: list[QuestionShape]
    notices: list[Said]


def import_shape(batch: BatchValue) -> ImportShape:
    """An import as the interface tells it."""
    return ImportShape(
        id=batch.public_id,
        state=ImportState(batch.status.value),
        file_name=batch.file_name,
        file_sha256=batch.file_sha256,
        file_size=batch.file_size,
        source=batch.source,
        options=batch.options,
        progress=figure(round(Decimal(batch.progress), 4)),
        notices=[_said(each["code"], each.get("params") or {}) for each in batch.notices],
        control=[_control(each) for each in batch.control],
        counts=CountsShape.model_validate(batch.counts),
        has_rejects=batch.has_rejects,
        error=None if batch.error is None else ProblemShape(**stored_problem(batch.error)),
        merkle_root=batch.merkle_root,
        ledger_version=batch.ledger_version,
        made_by=batch.actor,
        created_at=batch.created_at,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
    )


def recognition_shape(found: Recognition) -> RecognitionShape:
    """What was recognised, as the interface tells it."""
    return RecognitionShape(
        ready=not found.questions,
        tables=[_table(each) for each in found.tables],
        questions=[*map(question_shape, found.questions)],
        notices=[_said(each.code, each.params) for each in found.notices],
    )


def question_shape(each: Question) -> QuestionShape:
    """A question, as the interface tells it."""
    params = {
        "table": each.table,
        "column": each.column,
        "examples": ", ".join(each.examples),
        "option": option_name(each.option),
    }
    return QuestionShape(
        code=each.code,
        table=each.table,
        column=each.column,
        examples=list(each.examples),
        option=option_name(each.option),
        text=filled(each.sentence, params),
    )


def option_name(option: str) -> str:
    """The field that answers, from the option of the command line.

    >>> option_name("--date-order dmy|mdy")
    'date_order'
    """
    return option.partition(" ")[0].removeprefix("--").replace("-", "_")


def _table(table: Table) -> TableShape:
    return TableShape(
        name=table.sheet or table.file,
        format=table.format,
        layout=table.layout,
        encoding=table.encoding,
        rows=table.rows,
        date_order=table.date_order,
        decimal=table.decimal,
        columns=[_column(table, each) for each in table.columns],
    )


def _column(table: Table, column: Column) -> ColumnShape:
    at = column.position
    samples = [row[at] for row in table.sample[:SAMPLES] if at < len(row) and row[at]]
    return ColumnShape(position=at, header=column.header, field=column.field, samples=samples)


def _said(code: str, params: Mapping[str, Any]) -> Said:
    text = filled(NOTICES.get(code, code), params)
    return Said(code=code, params=plain_params(params), text=text)


def _control(row: ControlRow) -> ControlShape:
    return ControlShape(
        currency=row.currency,
        file_rows=row.file_rows,
        file_amount=money(row.file_amount, row.currency),
        ledger_rows=row.ledger_rows,
        ledger_amount=money(row.ledger_amount, row.currency),
        reject_rows=row.reject_rows,
        reject_amount=money(row.reject_amount, row.currency),
        unreadable_rows=row.unreadable_rows,
        reconciles=row.reconciles,
    )
