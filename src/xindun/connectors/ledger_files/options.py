"""What a user may declare about a ledger file when the file itself does not say it.

Everything here answers a question that recognition would otherwise have to guess. What a reader
would get wrong: an option never overrides what a cell says (a currency column beats
``currency``); it fills gaps and settles ambiguities. ``date_order`` and ``decimal`` are the
exception: they are taken as the truth for ambiguous cells and contradicting cells are rejected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import yaml

from xindun.connectors.ledger_files.fields import FIELDS
from xindun.kernel.errors import DomainError

DateOrder = Literal["ymd", "dmy", "mdy"]
Decimal = Literal[".", ","]
Anchor = Literal["delivered", "accepted", "reconciled", "invoiced", "issued"]


class UnreadableMapping(DomainError):
    """The mapping file is not YAML of the form ``field: header``."""

    code = "unreadable_mapping"
    sentence = "{file} is not a mapping file: write one line per field, like 'amount: Total'."


class UnknownField(DomainError):
    """A mapping names a field that the ledger does not have."""

    code = "unknown_field"
    sentence = "{field} is not a field of the ledger; the fields are {fields}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Declarations for reading one ledger.

    Attributes:
        mapping: field name → header as written in the file (``Header#2`` for a second column of
            the same name); an empty header: no column is read as this field.
        encoding: a Python codec name; None tries UTF-8 (16 with a byte order mark), then GB18030.
        delimiter: the character between cells of a text file; None recognises it.
        date_order: how 01/02/2025 and two-digit years read.
        decimal: the decimal mark.
        currency: ISO 4217 code for rows whose file names none; None means XXX with a notice.
        source: the name of the system the file comes from; part of every document's identity.
        row_id: header of a column that identifies a row for good, where numbers are missing.
        sheet: only this sheet of a workbook.
        due_anchor: the event that starts the payment term when the due date is missing.
        terms_days: days from the anchor to the due date when the file states no terms.
        recorded_at: when the file was learned of (naive UTC); None means the start of the last
            movement's day, so that reading needs no clock.
        apply_fifo: apply receipts that name no invoice, oldest due first.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    date_order: DateOrder | None = None
    decimal: Decimal | None = None
    currency: str | None = None
    source: str = "main"
    row_id: str | None = None
    sheet: str | None = None
    due_anchor: Anchor | None = None
    terms_days: int | None = None
    recorded_at: datetime | None = None
    apply_fifo: bool = True

    def __post_init__(self) -> None:
        for name in self.mapping:
            if name not in FIELDS:
                raise UnknownField(field=name, fields=", ".join(FIELDS))


def load_mapping(path: Path) -> dict[str, str]:
    """Read a mapping file (YAML, ``field: header``; ``field:`` alone reads no column as it).

    Raises:
        UnreadableMapping: not a flat YAML mapping of texts.
        UnknownField: a key is not a field of the ledger.
    """
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableMapping(file=path.name) from error
    if not isinstance(loaded, dict) or not all(
        isinstance(v, str | int | None) for v in loaded.values()
    ):
        raise UnreadableMapping(file=path.name)
    mapping = {str(k): "" if header is None else str(header) for k, header in loaded.items()}
    for name in mapping:
        if name not in FIELDS:
            raise UnknownField(field=name, fields=", ".join(FIELDS))
    return mapping
