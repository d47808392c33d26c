"""A draft and what somebody states about it become statements.

What a reader would get wrong: a file's own unit and currency are not asked here. What is stated
counts, and a period whose closing day neither the file nor anybody names is refused.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO

from xindun.connectors.statement_files.reading import Draft, closing_days, read_draft
from xindun.connectors.statement_files.sheets import MOST_BYTES, StatementTooLarge
from xindun.kernel.errors import DomainError
from xindun.record.statements.rules import starts_of
from xindun.record.statements.values import (
    AuditOpinion,
    NewStatement,
    Scope,
    SourceLine,
    Standard,
)

MONTHS = 12
BLOCK = 1 << 20


class ClosingDayMissing(DomainError):
    """The file names no closing day."""

    code = "closing_day_missing"
    sentence = "The file names no closing day of {period}; state the newest one (ends_on)."


@dataclass(frozen=True, slots=True)
class Stated:
    """What is true of every period of a file.

    Attributes:
        unit: what the amounts are written in: 10000 for 万元.
        ends_on: the newest closing day, where the file does not name it.
        months: that the flows cover, where the file does not say so.
    """

    unit: int
    currency: str
    standard: Standard
    scope: Scope
    source: str
    audit_opinion: AuditOpinion = AuditOpinion.NONE_STATED
    ends_on: date | None = None
    months: int | None = None
    filed_on: date | None = None


def read_content(content: IO[bytes], shown: str) -> tuple[Draft, str]:
    """The draft of a file that comes in, and the SHA-256 of its bytes; the content is rewound.

    Raises:
        StatementTooLarge, DomainError: as ``read_draft``.
    """
    hashed, size = sha256(), 0
    content.seek(0)
    with tempfile.TemporaryDirectory(prefix="xindun-statement-") as folder:
        path = Path(folder) / "statement"
        with path.open("wb") as file:
            while block := content.read(BLOCK):
                size += len(block)
                if size > MOST_BYTES:
                    raise StatementTooLarge(file=shown)
                hashed.update(block)
                file.write(block)
        content.seek(0)
        return read_draft(path, shown), hashed.hexdigest()


def statements_of(draft: Draft, stated: Stated, *, document_sha256: str) -> list[NewStatement]:
    """A statement for each period of the draft, the newest first, in whole currency units.

    Raises:
        ClosingDayMissing: as the name says.
    """
    found: list[NewStatement] = []
    days = closing_days(draft, stated.ends_on)
    for day, period in zip(days, draft.periods, strict=True):
        if day is None:
            raise ClosingDayMissing(period=period.key)
        found.append(
            NewStatement(
                starts_on=starts_of(day, stated.months or period.months or MONTHS),
                ends_on=day,
                standard=stated.standard,
                currency=stated.currency,
                unit=stated.unit,
                scope=stated.scope,
                audit_opinion=stated.audit_opinion,
                figures=period.figures.scaled(stated.unit),
                source=stated.source,
                source_lines=tuple(
                    SourceLine(each.name, each.amount * stated.unit, each.line)
                    for each in period.lines
                ),
                document_sha256=document_sha256,
                filed_on=stated.filed_on,
            )
        )
    return found
