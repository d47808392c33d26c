"""Facts: what one source says of one thing on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from xindun.record.company_file.values.kinds import FactKind

Json: TypeAlias = bool | int | str | dict[str, "Json"] | list["Json"] | None


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to record.

    Attributes:
        kind: one of ``FactKind`` or its text.
        value: of the kind's ``ValueType``; None when the source says that it is so no longer.
        source: who says so, always spelled the same; a newer fact of the same source takes the
            older one's place.
        source_key: tells several facts of one kind and source apart, such as a case number; empty
            where the kind has one a source.
        as_of: the day for which the source says it.
        retrieved_at: when it was got from there.
        document_sha256: hash in hex of the stored file that shows it.
    """

    kind: FactKind | str
    value: Json
    source: str
    source_key: str
    as_of: date
    retrieved_at: datetime
    document_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A recorded fact; ``recorded_at`` is when it was learned."""

    id: int
    public_id: UUID
    party_id: int
    kind: FactKind
    value: Json
    source: str
    source_key: str
    as_of: date
    retrieved_at: datetime
    document_sha256: str | None
    recorded_at: datetime


class Verdict(StrEnum):
    """What comparing sources found."""

    ONE_SOURCE = "one_source"
    AGREED = "agreed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says in a comparison; ``stale`` when it should be looked up again."""

    fact: Fact
    stale: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of fact, its sources side by side.

    Attributes:
        statements: the newest first.
        checks: codes of what to check; empty unless they conflict.
    """

    kind: FactKind
    statements: tuple[Statement, ...]
    verdict: Verdict
    checks: tuple[str, ...]
