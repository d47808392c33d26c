"""Values that cross the border of this context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

Plain: TypeAlias = (
    bool
    | int
    | str
    | Decimal
    | date
    | datetime
    | UUID
    | bytes
    | Mapping[str, "Plain"]
    | Sequence["Plain"]
    | None
)
"""What a record may hold. No floats: two machines may print one differently."""

Json: TypeAlias = bool | int | str | dict[str, "Json"] | list["Json"] | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a record is about: a type word such as ``import_batch`` and its public id."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record as it was stored.

    Attributes:
        actor: who decided, such as ``user:<public id>`` or ``system:worker``.
        occurred_at: when, by the caller's clock; ``recorded_at`` is the database's.
        inputs: hashes or identifiers of what was looked at.
        versions: of the rules, models and ledgers that were used.
        personal: field → ``{"salted_hash": hex}``; what was hashed lies apart and can be erased.
        content_hash: SHA-256 over the canonical JSON of everything but itself and recorded_at.
    """

    public_id: UUID
    tenant_id: int
    kind: str
    subject: Subject
    actor: str
    occurred_at: datetime
    recorded_at: datetime
    inputs: dict[str, Json]
    versions: dict[str, Json]
    result: dict[str, Json]
    personal: dict[str, Json]
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class PersonalContent:
    """Personal data that a record names by a salted hash only.

    Attributes:
        record_id: public id of the record.
        person: public id of whom it is about: a user, or an invitation before there is a user.
    """

    record_id: UUID
    person: str
    field: str
    content: str
    recorded_at: datetime
