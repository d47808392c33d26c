"""Requests for limits, from the first word to the end of what was granted.

What a reader would get wrong: one request carries one limit through its life. What changes the
limit later (a review, a cut, a withdrawal) is a further step of the request that granted it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from xindun.prevention.limits.values.granted import LimitKind
from xindun.record.tenants.values import Role


class RequestState(StrEnum):
    """Where a request stands; ``rules.TRANSITIONS`` says what may follow what."""

    REQUESTED = "requested"
    RECOMMENDED = "recommended"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly_approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    EFFECTIVE = "effective"
    REVIEWED = "reviewed"
    REDUCED = "reduced"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"


class Step(StrEnum):
    """What happens to a request."""

    RECOMMEND = "recommend"
    ESCALATE = "escalate"
    APPROVE = "approve"
    APPROVE_PART = "approve_part"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"
    TAKE_EFFECT = "take_effect"
    REVIEW = "review"
    REDUCE = "reduce"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    REPLACE = "replace"


class Pays(StrEnum):
    """How a supplier says that the buyer pays."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class TradeReference:
    """What another supplier says of the buyer; the supplier is a company, no person is named."""

    supplier: str
    pays: Pays
    highest_credit: Decimal | None = None
    currency: str = ""
    terms_days: int | None = None


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A credit application.

    Attributes:
        for_group: for the buyer's whole group instead of the buyer.
        amount: what the limit shall be (a temporary one: what it shall add), in ``currency``.
        starts_on, ends_on: days of the company's zone, both included; None: at once, no end.
        settlement_currency: what the buyer pays in; empty for the limit's own.
        documents: public ids of documents in the company file, such as the buyer's statements.
    """

    kind: LimitKind
    currency: str
    amount: Decimal
    reason: str
    for_group: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    settlement_currency: str = ""
    references: tuple[TradeReference, ...] = ()
    documents: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenRecommendation:
    """The recommendation as it stood when the limit was requested, in its stored form.

    Attributes:
        body: currency, amount, binding, formulas and the stamp.
        content_hash: SHA-256 in hex over the canonical JSON of ``body``.
    """

    body: Mapping[str, Any]
    content_hash: str


@dataclass(frozen=True, slots=True)
class LimitRequest:
    """A request as it stands.

    Attributes:
        current_amount: the company's own limit when it was made; None without one.
        total: what the holder's own limit would be if all of it were granted.
        grade: of the buyer when it was made; None without one.
        awaiting: the role that it waits for; None once decided, or when no role may decide it.
        deadline_at: when it moves on to the next role.
        policy_number: of the policy under which it was made.
    """

    public_id: UUID
    buyer_id: int
    group_id: UUID | None
    kind: LimitKind
    currency: str
    amount: Decimal
    starts_at: datetime | None
    ends_at: datetime | None
    reason: str
    settlement_currency: str
    references: tuple[TradeReference, ...]
    documents: tuple[UUID, ...]
    recommendation: FrozenRecommendation | None
    current_amount: Decimal | None
    total: Decimal
    grade: int | None
    policy_number: int
    requester: str
    requested_at: datetime
    state: RequestState
    awaiting: Role | None
    deadline_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    decided_amount: Decimal | None
    conditions: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state in (RequestState.REQUESTED, RequestState.RECOMMENDED)


@dataclass(frozen=True, slots=True)
class RequestStep:
    """One step of a request.

    Attributes:
        role: whose authority was used, or to whom it moved.
        note: the reason, in the words of whoever took the step.
    """

    number: int
    step: Step
    state: RequestState
    actor: str
    at: datetime
    amount: Decimal | None
    role: Role | None
    note: str
    evidence_id: UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """In whose name an actor decides: the person, and every role whose authority they use.

    Attributes:
        person: ``user:<public id>``; for an API key its maker. Empty for no person.
        own: the person's own role, where it may decide limits.
        lent: role → whose it is, for authority that somebody else handed over.
    """

    person: str
    own: Role | None = None
    lent: tuple[tuple[Role, str], ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """Every role whose authority counts."""
        return frozenset({self.own} if self.own else ()) | {role for role, _giver in self.lent}


class NoteCode(StrEnum):
    """What to know of a limit's currency."""

    SETTLES_ELSEWHERE = "settles_elsewhere"
    OWES_ELSEWHERE = "owes_elsewhere"
    NOT_BASE = "not_base"
    NO_RATE = "no_rate"


@dataclass(frozen=True, slots=True)
class CurrencyNote:
    """One thing to know: the currency that it is about, and an amount in it where there is one."""

    code: NoteCode
    currency: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MemberLimit:
    """A buyer of a group with its own limit."""

    buyer_id: int
    currency: str | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class RollUp:
    """A group's limit beside the limits of its buyers.

    Attributes:
        totals: the members' limits by currency; two currencies never meet in a sum.
        over: by how much the members' limits of the group limit's currency go beyond it, which is
            allowed: members share the group's limit. None without a group limit.
    """

    members: tuple[MemberLimit, ...]
    totals: Mapping[str, Decimal]
    over: Decimal | None
