"""What the reader of ledger files tells: the recognised layout, its questions, the result.

What a reader would get wrong: amounts here are exact decimals signed as the file writes them;
only the written ledger folder has positive amounts with a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from xindun.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: ``field`` is what it is read as; ``also`` what it could have been."""

    position: int
    header: str
    field: str | None
    also: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An ambiguity that only the user can settle, with the option that answers it."""

    code: str
    table: str
    column: str
    examples: tuple[str, ...]
    option: str

    @property
    def sentence(self) -> str:
        """English template with named placeholders; edges translate it."""
        return QUESTIONS[self.code]

    def say(self) -> str:
        """The question in English, filled in."""
        return self.sentence.format(
            table=self.table,
            column=self.column,
            examples=", ".join(self.examples),
            option=self.option,
        )


QUESTIONS: dict[str, str] = {
    "date_order": "Column {column} of {table} holds {examples}: day first or month first? "
    "Answer with {option}.",
    "dates_mixed": "Column {column} of {table} mixes day-first and month-first dates "
    "({examples}); say which is right with {option}, the others are rejected.",
    "two_digit_year": "Column {column} of {table} has two-digit years ({examples}); "
    "say how they read with {option}.",
    "decimal": "Column {column} of {table} holds {examples}: is the mark a decimal point or a "
    "thousands separator? Answer with {option}.",
    "decimals_mixed": "Column {column} of {table} mixes decimal styles ({examples}); "
    "say which is right with {option}, the others are rejected.",
    "currency": "Column {column} of {table} holds {examples}, which may be more than one "
    "currency; name it with {option}.",
    "terms": "{table} has no due dates and states no payment terms; "
    "say how many days buyers have with {option}.",
    "encoding": "{table} is neither UTF-8 nor plausible GB18030 (near {examples}); "
    "name its encoding with {option}.",
    "duplicate_header": "{table} has more than one column {column}; "
    "say which is meant with {option}.",
    "missing_column": "{table} has no column that says {column}; name it with {option}.",
}


class NeedsAnswer(DomainError):
    """Reading stops: the file can be read in more than one way."""

    code = "needs_answer"
    sentence = "{questions}"

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        super().__init__(questions=" ".join(question.say() for question in questions))


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know; code and parameters, template in :data:`NOTICES`."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def say(self) -> str:
        """The notice in English, filled in."""
        return NOTICES[self.code].format_map(dict(self.params))


NOTICES: dict[str, str] = {
    "no_currency": "The file names no currency; its amounts are kept as XXX.",
    "currency_option": "Amounts without a currency in the file are taken as {currency}.",
    "payment_date_unknown": "{rows} rows are paid in part or in full without a date; the payment "
    "is entered on {day}, the last day the file speaks of, and marked.",
    "fifo_applied": "{receipts} receipts name no invoice; {settlements} applications were derived, "
    "oldest due first.",
    "applies_to_missing": "{rows} rows name an invoice that is not in the file: "
    "unapplied here, applied in a ledger that holds it.",
    "overpaid": "{rows} invoices are paid beyond their amount; the rest stands as unapplied cash.",
    "used_elsewhere": "{rows} receipts or credit notes are used up by documents that are not in "
    "the file.",
    "over_applied": "{rows} applications exceed what the invoice still owes; "
    "the rest stays unapplied.",
    "due_derived": "{rows} due dates were derived from {anchor} plus the payment terms.",
    "due_before_issue": "{rows} invoices are due before they were issued.",
    "open_flag_contradicts": "{rows} rows are marked open and carry a payment date; "
    "the date is believed.",
    "country_unknown": "Column {column} does not hold ISO countries; no country is taken.",
    "amount_is_open_amount": "No other amount than {column} is given; it is taken as the amount.",
    "currency_missing": "{rows} rows name no currency; their amounts are kept as XXX.",
    "currency_of_header": "The header {column} names the currency {currency}.",
    "kind_by_sign": "Document types {examples} do not say what they are; "
    "positive amounts are read as invoices, negative ones as credit notes.",
    "ignored_rows": "{rows} total or repeated header rows are left out.",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One recognised table (a file, or a sheet of a workbook)."""

    file: str
    sheet: str | None
    format: str
    encoding: str | None
    delimiter: str | None
    header_line: int
    layout: str
    role: str
    columns: tuple[Column, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int
    date_order: str | None = None
    decimal: str | None = None
    currency: str | None = None
    """The currency that the amount's header names, where no column does."""

    @property
    def label(self) -> str:
        """File name, with the sheet where there is one."""
        return f"{self.file}[{self.sheet}]" if self.sheet else self.file

    @property
    def fields(self) -> dict[str, int]:
        """Field → position of the column it is read from."""
        return {column.field: column.position for column in self.columns if column.field}

    @property
    def mapping(self) -> dict[str, str]:
        """Field → header, as recognised."""
        return {column.field: column.header for column in self.columns if column.field}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headers that no field takes."""
        return tuple(c.header for c in self.columns if c.field is None and c.also is None)


@dataclass(frozen=True, slots=True)
class Recognition:
    """Everything recognised, before anything is written."""

    tables: tuple[Table, ...]
    questions: tuple[Question, ...]
    notices: tuple[Notice, ...]

    @property
    def first(self) -> Table:
        """The main table: the one with the most rows."""
        return max(self.tables, key=lambda table: table.rows)


@dataclass(frozen=True, slots=True)
class Control:
    """Control totals of one currency: file = ledger + rejects, in rows and in amounts.

    Amounts are signed as written. ``unreadable_rows`` are rejected rows without a readable
    amount; they count as rows and add nothing to amounts.
    """

    currency: str
    file_rows: int
    file_amount: Decimal
    ledger_rows: int
    ledger_amount: Decimal
    reject_rows: int
    reject_amount: Decimal
    unreadable_rows: int

    @property
    def reconciles(self) -> bool:
        """Whether file = ledger + rejects, exactly."""
        return (
            self.file_rows == self.ledger_rows + self.reject_rows
            and self.file_amount == self.ledger_amount + self.reject_amount
        )


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A ledger folder and what was read into it."""

    folder: Path
    recognition: Recognition
    rows_read: int
    items: int
    settlements: int
    buyers: int
    rejects: int
    ignored: int
    control: tuple[Control, ...]
    content_hash: str
    notices: tuple[Notice, ...]
    recorded_at: datetime
    first_movement_on: date | None
    last_movement_on: date | None
