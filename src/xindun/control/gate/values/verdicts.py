"""Answers of the gate, and what becomes of them.

What a reader would get wrong: nothing here may go to a buyer or to a web shop. Shops get the
neutral codes of ``rules.neutral`` and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from xindun.control.gate.values.facts import StopKind
from xindun.prevention.credit_policy.values import Reaction


class Outcome(StrEnum):
    """What to do with the order."""

    RELEASE = "release"
    HOLD = "hold"
    REFUSE = "refuse"


class Unit(StrEnum):
    """What the figures of a line are; money is in the decision's currency."""

    NONE = "none"
    MONEY = "money"
    ORDER_MONEY = "order_money"
    SHARE = "share"
    DAYS = "days"
    LEVEL = "level"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule's answer.

    Attributes:
        code: a check rule of the policy, or one that no policy can switch off.
        reaction: what the policy does when it fails.
        passed: None where the figure is not known, which fails nothing and says so.
        figure, bound: what was compared with what.
        items: codes that the rule is about, such as a country or what a checklist lacks.
    """

    code: str
    reaction: Reaction
    passed: bool | None
    unit: Unit = Unit.NONE
    figure: Decimal | None = None
    bound: Decimal | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitView:
    """A limit beside the others: what is used of it with this order, and what is left.

    ``room`` is never negative; what lies above an insured limit is wholly uninsured.
    """

    kind: str
    currency: str
    amount: Decimal
    used: Decimal
    room: Decimal


class RemedyKind(StrEnum):
    """What would make a held order pass."""

    PREPAYMENT = "prepayment"
    SECURITY = "security"
    TERMS = "terms"
    PAYMENT = "payment"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to pass the limit or the terms, each alone; ``amount`` in ``currency`` or days."""

    kind: RemedyKind
    amount: Decimal | None = None
    currency: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with its reasons.

    Attributes:
        binding: code of the rule that decided; for a release the one with the least room.
        exposure: what the buyer would owe with this order, after security, in ``currency``;
            None where a rate is missing.
        room: what is left of the limit after this order (release) or before it (otherwise).
    """

    outcome: Outcome
    binding: str
    currency: str
    lines: tuple[Line, ...]
    limits: tuple[LimitView, ...]
    exposure: Decimal | None
    room: Decimal | None
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is kept.

    Attributes:
        order_id: None for a check that reserves nothing.
        buyer_id: row id; the edges name the buyer by its public id.
        reserved_until: None unless this decision made a reservation.
    """

    public_id: UUID
    buyer_id: int
    order_id: UUID | None
    order_number: str
    amount: Decimal
    amount_currency: str
    verdict: Verdict
    as_of: date
    decided_at: datetime
    policy_number: int
    policy_hash: str
    prepared_at: datetime
    evidence_id: UUID
    reserved_until: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """One page of a buyer's checks."""

    rows: tuple[Decision, ...]
    total: int
    page: int
    pages: int


class HoldState(StrEnum):
    """Where a held order stands in the worklist."""

    WAITING = "waiting"
    RELEASED = "released"
    REFUSED = "refused"
    PASSED = "passed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Hold:
    """An order that waits for a decision of somebody's.

    Attributes:
        at_risk: what is not delivered of it, in ``currency``.
        binding: of the newest check.
        due_at: until when somebody has to decide.
    """

    public_id: UUID
    buyer_id: int
    order_id: UUID
    order_number: str
    decision_id: UUID
    binding: str
    at_risk: Decimal
    currency: str
    state: HoldState
    opened_at: datetime
    due_at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class HoldsPage:
    """One page of the worklist."""

    holds: tuple[Hold, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A person's order that nothing goes out to a buyer, until another lifts it."""

    public_id: UUID
    buyer_id: int
    kind: StopKind
    placed_by: str
    placed_at: datetime
    lifted_by: str
    lifted_at: datetime | None
