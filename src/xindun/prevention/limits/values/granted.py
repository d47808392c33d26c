"""Limits as people granted them.

What a reader would get wrong: a limit of zero is a decision (it was withdrawn), no limit is the
absence of one; the gate treats them differently. And a temporary limit adds to the permanent one
while it runs, in the same currency; it never replaces it, so that a cut of the permanent limit
always bites.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class LimitKind(StrEnum):
    """What a limit is; an insured one is an insurer's and stands beside the company's own."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    INSURED = "insured"


class Change(StrEnum):
    """What a row of the history did."""

    GRANTED = "granted"
    REVIEWED = "reviewed"
    REDUCED = "reduced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class GrantedLimit:
    """One row of the history: a limit of a buyer, or of a group, as it was decided.

    Attributes:
        buyer_id: row id of the buyer; None for a limit of a group.
        group_id: public id of the group's ultimate parent; None for a limit of a buyer.
        amount: on the outstanding, in ``currency``; an insured one is as the insurer stated it,
            never divided by the insured percentage.
        valid_from, valid_until: half-open; None lasts until another decision.
        decided_at: when it was decided, which is when it was known.
        evidence_id: of the record that says why.
        conditions: in words, such as "only with a guarantee"; they bind people, not the gate.
        request_id: public id of the request it came from; None for one without.
        policy_number: of the credit policy under which it was decided; None for an insured one.
    """

    public_id: UUID
    buyer_id: int | None
    group_id: UUID | None
    currency: str
    amount: Decimal
    kind: LimitKind
    valid_from: datetime
    valid_until: datetime | None
    next_review_on: date | None
    decided_at: datetime
    evidence_id: UUID
    conditions: str
    change: Change
    decided_by: str
    request_id: UUID | None
    policy_number: int | None


@dataclass(frozen=True, slots=True)
class LimitInForce:
    """The limits of one buyer, or of one group, at a moment: at most one of each kind."""

    permanent: GrantedLimit | None = None
    temporary: GrantedLimit | None = None
    insured: GrantedLimit | None = None

    @property
    def currency(self) -> str | None:
        """Of the company's own limit; None without one."""
        stands = self.permanent or self.temporary
        return stands.currency if stands else None

    @property
    def amount(self) -> Decimal | None:
        """The company's own limit: permanent plus temporary. None without one, 0 if withdrawn."""
        own = [each for each in (self.permanent, self.temporary) if each is not None]
        if not own:
            return None
        # Granting refuses a second currency; one that got there otherwise must not be added.
        return sum((each.amount for each in own if each.currency == self.currency), Decimal(0))

    @property
    def next_review_on(self) -> date | None:
        """When the company's own limit has to be looked at again, the earliest day."""
        own = (self.permanent, self.temporary)
        days = [each.next_review_on for each in own if each and each.next_review_on]
        return min(days, default=None)


def in_force(rows: Iterable[GrantedLimit]) -> LimitInForce:
    """The limits of one holder from what ``reads.limits_for_gate`` gives for it."""
    by_kind = {row.kind: row for row in rows}
    return LimitInForce(
        permanent=by_kind.get(LimitKind.PERMANENT),
        temporary=by_kind.get(LimitKind.TEMPORARY),
        insured=by_kind.get(LimitKind.INSURED),
    )
