"""Documents: stored files about a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class DocumentKind(StrEnum):
    """What a document is, by whoever stored it."""

    REGISTRATION = "registration"
    STATEMENT = "statement"
    REPORT = "report"
    CONTRACT = "contract"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Document:
    """A stored file.

    Attributes:
        file_name: as it was named when it came in, for people; it decides nothing.
        media_type: by its content.
        as_of: the day for which it holds.
        sha256: hash in hex of its bytes, by which facts and statements name it.
        actor: who stored it, as evidence names people.
    """

    public_id: UUID
    party_id: int
    kind: DocumentKind
    file_name: str
    media_type: str
    size: int
    sha256: str
    source: str
    as_of: date
    actor: str
    recorded_at: datetime
