"""Values that cross the border of this context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID


class Treatment(StrEnum):
    """What becomes of a place's data when a person is erased."""

    REPLACED = "replaced"
    DELETED = "deleted"
    KEPT = "kept"


class Whose(StrEnum):
    """Who is meant by a place's data."""

    MEMBER = "member"
    STAFF_IN_LEDGER = "staff_in_ledger"
    BUYER = "buyer"
    OFFICER = "officer"


class Link(StrEnum):
    """How a row names a person."""

    ROW_ID = "row_id"
    PUBLIC_ID = "public_id"
    ACTOR = "actor"
    ADDRESS = "address"
    INVITATION = "invitation"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Law:
    """A provision that lets data be kept.

    Attributes:
        source: where its text stands.
        read_on: when it was looked up.
        confirmed: whether its text was read there; otherwise have it checked before relying on it.
    """

    name: str
    source: str
    read_on: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A table and the columns in which personal data lie.

    Attributes:
        code: stable, for programs and translations.
        shown: columns that an export gives out; secrets are not among them.
        hidden: personal or secret columns that are never given out.
        link: how ``key`` names the person.
        laws: why it may be kept, where it is.
    """

    code: str
    table: str
    shown: tuple[str, ...]
    key: str
    link: Link
    whose: Whose
    treatment: Treatment
    hidden: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What one place holds about a person."""

    place: Place
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known about one person in the current tenant."""

    public_id: UUID
    email: str
    name: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        login_closed: False where the person still belongs to another company.
        deleted: place's code → rows that went.
        kept: codes of the places whose rows stay, with their reasons in ``rules.PLACES``.
    """

    login_closed: bool
    deleted: dict[str, int]
    kept: tuple[str, ...]
