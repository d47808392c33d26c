"""What a list of records is asked for, and a page of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xindun.record.evidence.values.records import Evidence


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What narrows a list of records; empty narrows nothing.

    Attributes:
        query: a record's whole public id, or part of a subject's id, an actor or a kind.
        actors: whole names of actors, as evidence writes them, that match the query as well.
        since, until: half-open, by the time the database recorded it.
    """

    query: str = ""
    kind: str = ""
    subject_type: str = ""
    actors: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of a list: the record and its number in the log, None while it waits."""

    record: Evidence
    number: int | None


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """A page of the records that were asked for."""

    rows: tuple[RecordRow, ...]
    total: int
    page: int
    pages: int
    sort: str
