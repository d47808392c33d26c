"""Files of public registers as rows of the register: GLEIF's golden copy, and a plain CSV.

What a reader would get wrong: a file is recognised by its content, not by its name. JSON is taken
for GLEIF's golden copy (level 1, or level 2 with who consolidates whom), anything else for CSV in
UTF-8 with the column names below.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import IO

from xindun.connectors.bureau.gleif import (
    LeiRecord,
    RejectedRecord,
    Relationship,
    lei_records,
    relationships,
)
from xindun.kernel import company_numbers
from xindun.kernel.company_schemes import SCHEMES
from xindun.kernel.errors import DomainError
from xindun.record.parties.values import RegisterLink, RegisterRow

INACTIVE = "INACTIVE"
COLUMNS = (
    *("key", "name", "country", "other_names", "legal_form", "status", "address", "city"),
    *("founded_on", "updated_on"),
)
"""Columns of a CSV; any code of a company number may be a column too, such as ``uscc``."""
FIELD_LENGTH = 2_000
SHOWN_REJECTS = 20


class RegisterFileBroken(DomainError):
    """Not text in UTF-8, or a line that no register writes."""

    code = "register_file_broken"
    sentence = "{file} cannot be read as CSV in UTF-8 beyond line {line}."


class RegisterColumnsMissing(DomainError):
    """No header with the two columns that every row needs."""

    code = "register_columns_missing"
    sentence = "{file} needs a first line with the columns key and name; known are: {columns}."


@dataclass
class Rejects:
    """Rows that cannot be used: how many, and the first of them with the reason."""

    count: int = 0
    first: list[RejectedRecord] = field(default_factory=list)

    def add(self, record: RejectedRecord) -> None:
        """Count one; only the first are kept."""
        self.count += 1
        if len(self.first) < SHOWN_REJECTS:
            self.first.append(record)


def is_json(file: IO[bytes]) -> bool:
    """Whether the first character that is no space opens an object; the file is rewound."""
    head = file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    return head.startswith(b"{")


def has_relations(file: IO[bytes]) -> bool:
    """Whether a JSON file is GLEIF's level 2, by the name its list has; the file is rewound."""
    head = file.read(1 << 16)
    file.seek(0)
    return b'"relations"' in head and b'"records"' not in head


def gleif_rows(file: IO[bytes], rejects: Rejects, *, shown: str) -> Iterator[RegisterRow]:
    """Level 1, a row an LEI."""
    for record in lei_records(file, shown=shown):
        if isinstance(record, RejectedRecord):
            rejects.add(record)
        else:
            yield register_row(record)


def gleif_links(file: IO[bytes], rejects: Rejects, *, shown: str) -> Iterator[RegisterLink]:
    """Level 2, a link a relationship."""
    for record in relationships(file, shown=shown):
        if isinstance(record, RejectedRecord):
            rejects.add(record)
        else:
            yield register_link(record)


def register_row(record: LeiRecord) -> RegisterRow:
    """An LEI record as a row of the register."""
    place = record.legal_address
    lines = (*place.lines, place.postal_code, place.city, place.region)
    numbers = [("lei", record.lei)]
    if record.authority_key:
        numbers.append(("number", record.authority_key))
        numbers += [("ra", f"{record.authority}:{record.authority_key}")] * bool(record.authority)
    return RegisterRow(
        key=record.lei,
        name=record.name,
        country=place.country or None,
        other_names=tuple(dict.fromkeys(each.name for each in record.other_names)),
        legal_form=record.legal_form or record.legal_form_text,
        status=record.status,
        address=", ".join(line for line in lines if line),
        city=place.city,
        founded_on=record.created_on,
        updated_on=record.updated_on,
        identifiers=tuple(numbers),
    )


def register_link(record: Relationship) -> RegisterLink:
    """A relationship as a link of the register.

    One that is inactive and states no end has ended by the day of its last update.
    """
    try:
        percent = Decimal(record.percent) if record.percent else None
    except InvalidOperation:
        percent = None
    if percent is not None and not 0 <= percent <= 100:
        percent = None
    return RegisterLink(
        child_key=record.child,
        parent_key=record.parent,
        kind=record.kind,
        percent=percent,
        starts_on=record.starts_on,
        ends_on=record.ends_on or (record.updated_on if record.status == INACTIVE else None),
        updated_on=record.updated_on,
    )


def csv_rows(file: IO[bytes], rejects: Rejects, *, shown: str) -> Iterator[RegisterRow]:
    """A plain CSV, a row a company; a bad number rejects its row.

    Raises:
        RegisterFileBroken, RegisterColumnsMissing: as named.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    reader = csv.DictReader(_bounded(text, shown))
    line = 0
    try:
        names = set(reader.fieldnames or ())
        if not {"key", "name"} <= names:
            raise RegisterColumnsMissing(file=shown, columns=", ".join((*COLUMNS, *SCHEMES)))
        for line, row in enumerate(reader, start=2):
            read = _csv_row(row, line)
            if isinstance(read, RejectedRecord):
                rejects.add(read)
            else:
                yield read
    except (UnicodeDecodeError, csv.Error) as error:
        raise RegisterFileBroken(file=shown, line=line + 1) from error


def _bounded(text: io.TextIOWrapper, shown: str) -> Iterator[str]:
    """Lines; one of a megabyte is no line of a register, and is not read to its end."""
    line = 0
    while part := text.readline(1 << 20):
        line += 1
        if len(part) == 1 << 20 or "\x00" in part:
            raise RegisterFileBroken(file=shown, line=line)
        yield part


def _csv_row(row: dict[str, str | None], line: int) -> RegisterRow | RejectedRecord:
    said = {name: " ".join((row.get(name) or "").split())[:FIELD_LENGTH] for name in COLUMNS}
    if not said["key"] or not said["name"]:
        return RejectedRecord(line, said["key"][:20], "no_key_or_name")
    numbers = []
    for scheme in SCHEMES:
        value = (row.get(scheme) or "").strip()
        if not value:
            continue
        if not company_numbers.is_valid(scheme, value):
            return RejectedRecord(line, said["key"][:20], f"bad_{scheme}")
        numbers.append((scheme, company_numbers.checked(scheme, value)))
    try:
        founded, updated = (_day(said[name]) for name in ("founded_on", "updated_on"))
    except ValueError:
        return RejectedRecord(line, said["key"][:20], "bad_day")
    return RegisterRow(
        key=said["key"],
        name=said["name"],
        country=said["country"].upper() or None,
        other_names=tuple(part.strip() for part in said["other_names"].split("|") if part.strip()),
        legal_form=said["legal_form"],
        status=said["status"],
        address=said["address"],
        city=said["city"],
        founded_on=founded,
        updated_on=updated,
        identifiers=tuple(numbers),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
