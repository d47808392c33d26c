"""All that the gate's rules look at, in a form that is stored and read back to decide again.

What a reader would get wrong: the facts leave out the order in question. ``committed`` holds what
the *other* orders commit; what the order itself adds follows from ``asked`` and from what of it is
already delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from xindun.record.orders.values import OrderKind

ZERO = Decimal(0)


class StopKind(StrEnum):
    """Why nothing may go out to a buyer, whatever its limit."""

    SANCTIONS = "sanctions"
    FRAUD = "fraud"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """The order in question.

    Attributes:
        amount, prepaid: of the whole order, in ``currency``.
        released, delivered, invoiced, billed: what stands of it from before; zero for a new one.
        by_person: a person released it, so that a rise within the tolerance passes.
    """

    number: str
    kind: OrderKind
    currency: str
    amount: Decimal
    deliver_on: date
    terms_days: int | None = None
    contract: str | None = None
    prepaid: Decimal = ZERO
    released: Decimal = ZERO
    delivered: Decimal = ZERO
    invoiced: Decimal = ZERO
    billed: Decimal = ZERO
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """What one buyer owes in one currency by the ledger."""

    currency: str
    receivables: Decimal = ZERO
    unbilled: Decimal = ZERO
    credits: Decimal = ZERO
    unapplied: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class CommittedFacts:
    """What other orders of one buyer commit, in one currency, for delivery on one day."""

    currency: str
    due_on: date
    ordered: Decimal = ZERO
    delivered: Decimal = ZERO
    billed: Decimal = ZERO
    prepaid: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Account:
    """One holder of the limit: the buyer itself, then the other members of its group."""

    buyer_id: int
    ledger: tuple[LedgerFacts, ...] = ()
    committed: tuple[CommittedFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """A limit in force: internal (permanent and temporary together), starter or insured.

    ``limit_ids`` are the public ids of the granted limits that it is made of.
    """

    kind: str
    amount: Decimal
    currency: str
    of_group: bool = False
    limit_ids: tuple[str, ...] = ()
    next_review_on: date | None = None


@dataclass(frozen=True, slots=True)
class SecurityFacts:
    """What an instrument is worth after its haircut; ``contract`` ties an advance to one."""

    security_id: str
    kind: str
    currency: str
    eligible: Decimal
    contract: str | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Open amounts of one currency by days past due; not due has 0 days."""

    currency: str
    days: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """What is prepared of a buyer, so that a check does not wait for it.

    Attributes:
        grade: 1 best to 10 worst; None where the buyer has none.
        is_new: a new customer by the policy's starter rule.
        sector: NACE section; None where it is not known.
        kyb_missing: what the checklist still lacks; empty when it passes.
        dunning_level: None while no dunning is recorded.
        knockouts: public events of the policy's list that count today.
        members: buyers of the same group, without this one.
        party_ids: row ids of the company's files; none while nobody has said which it is.
        ledger_version, policy_number: what it was prepared from.
    """

    as_of: date
    prepared_at: datetime
    ledger_version: int
    policy_number: int
    party_ids: tuple[int, ...] = ()
    grade: int | None = None
    grade_kind: str | None = None
    is_new: bool = True
    country: str | None = None
    sector: str | None = None
    kyb_missing: tuple[str, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    dunning_level: int | None = None
    knockouts: tuple[str, ...] = ()
    group_id: str | None = None
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one decision rests on.

    Attributes:
        currency: of the limit, in which all is compared.
        rates: units of ``currency`` for one unit of each currency that occurs; None where no
            rate is known for the day, which holds the order.
        rates_on: the day of the oldest rate used; None when none was needed.
        accounts: the buyer first.
        stops: sanctions, fraud and legal stops that count now.
    """

    as_of: date
    currency: str
    asked: AskedFacts
    standing: Standing
    accounts: tuple[Account, ...]
    limits: tuple[LimitFacts, ...] = ()
    securities: tuple[SecurityFacts, ...] = ()
    rates: tuple[tuple[str, Decimal | None], ...] = ()
    rates_on: date | None = None
    stops: tuple[StopKind, ...] = ()
