"""Public events: what a court or register published about a company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from xindun.record.company_file.values.kinds import FactKind, Severity


class EventState(StrEnum):
    """Whether an event counts; only one IN_FORCE does."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    LIFTED = "lifted"
    OTHER_COMPANY = "other_company"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A public event to record, in fields; ``rules.fact_of`` makes a fact of it.

    Attributes:
        kind: a kind of the catalogue that is an event.
        case_number: tells events of a kind and source apart; without one the day does.
        uscc: the credit code that the source states for the debtor.
        ground: of 失信, by its number in article one or by its wording there.
    """

    kind: FactKind
    source: str
    as_of: date
    retrieved_at: datetime
    case_number: str = ""
    authority: str = ""
    published_on: date | None = None
    expires_on: date | None = None
    lifted_on: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    uscc: str = ""
    ground: str = ""
    detail: str = ""
    document_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One event as it stands on a day.

    Attributes:
        effective_on: the day it was published or took effect.
        expires_on: the first day on which it no longer counts; None for until it is lifted.
        uscc: the credit code that the source states for the debtor, if it does.
        ground: numbers of the grounds of 失信 that it states, such as ``1,4``.
        state: OTHER_COMPANY where that code is not the party's: it is shown and never counted.
    """

    public_id: UUID
    party_id: int
    kind: FactKind
    effective_on: date
    expires_on: date | None
    source: str
    severity: Severity
    state: EventState
    case_number: str
    authority: str
    amount: Decimal | None
    currency: str
    uscc: str
    ground: str
    detail: str
    as_of: date
    recorded_at: datetime
