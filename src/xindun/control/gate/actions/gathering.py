"""Gather the facts of one decision, under the locks of everybody who shares a limit.

What a reader would get wrong: the order of reading. What may be prepared is read before the lock;
limits, balances and the order itself after it, by later statements, because only those see what
the decision before us has committed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from xindun.control.gate.actions.standing import Prepared, prepared
from xindun.control.gate.rules.decide import INSURED, INTERNAL, STARTER
from xindun.control.gate.values import (
    Account,
    AskedFacts,
    CommittedFacts,
    Facts,
    LedgerFacts,
    LimitFacts,
    SecurityFacts,
    StopKind,
)
from xindun.kernel.money import Money
from xindun.prevention.credit_policy.reads import policy_in_force
from xindun.prevention.credit_policy.values import CreditPolicy
from xindun.prevention.limits import reads as limits
from xindun.prevention.limits.values import GrantedLimit, in_force
from xindun.prevention.securities import reads as securities
from xindun.prevention.securities.values import SecurityKind
from xindun.record.exposure.actions import lock_holders
from xindun.record.exposure.reads import owed_by
from xindun.record.exposure.values import Owed
from xindun.record.orders.reads import commitments_of
from xindun.record.orders.values import Asked, Order, Prepayment
from xindun.record.parties.values import BuyerValue
from xindun.record.reference import reads as reference
from xindun.record.reference.values import RateMissing, RateStale
from xindun.record.screening.reads import has_stopping_hit
from xindun.record.tenants.reads import company_day

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ready:
    """What is read before the lock."""

    buyer: BuyerValue
    policy: CreditPolicy
    prepared: Prepared
    as_of: date


@dataclass(frozen=True, slots=True)
class Question:
    """One order under its buyer's lock, ready to be decided."""

    ready: Ready
    asked: Asked
    before: Order | None
    order: Order
    facts: Facts
    cash: tuple[Prepayment, ...]


def get_ready(buyer: BuyerValue, *, now: datetime) -> Ready:
    """Read what does not have to be exact to the moment."""
    as_of = company_day(now)
    policy = policy_in_force(at=now)
    return Ready(buyer, policy, prepared(buyer, policy, as_of=as_of, now=now), as_of)


def lock(ready: Ready) -> None:
    """Hold the buyer and everybody of its group."""
    lock_holders((ready.buyer.id, *ready.prepared.standing.members))


def gather(
    ready: Ready, asked: Asked, before: Order | None, prepaid: Decimal, *, now: datetime
) -> Facts:
    """All facts of one decision; the holders are locked.

    Args:
        before: the order as it stands; None for a new one.
        prepaid: all cleared cash that is meant for the order, with what came with this question.
    """
    standing, buyer_id = ready.prepared.standing, ready.buyer.id
    group_id = UUID(standing.group_id) if standing.group_id else None
    rows = limits.limits_for_gate(buyer_id, group_id, at=now)
    found = _limits(rows, ready)
    currency = next(
        (x.currency for x in found if not x.of_group and x.kind != INSURED),
        ready.policy.currency,
    )
    owed = owed_by((buyer_id, *standing.members))
    held = securities.security_for_gate(buyer_id, as_of=ready.as_of)
    secured = tuple(
        SecurityFacts(
            str(x.public_id),
            x.kind.value,
            x.currency,
            x.eligible_value,
            x.contract if x.kind is SecurityKind.PREPAYMENT else None,
        )
        for x in held
        if x.eligible_value > ZERO
    )
    accounts = _accounts(buyer_id, standing.members, owed, before)
    question = _asked(asked, before, prepaid, ready.as_of)
    rates, oldest = _rates(currency, ready, question, accounts, found, secured)
    return Facts(
        as_of=ready.as_of,
        currency=currency,
        asked=question,
        standing=standing,
        accounts=accounts,
        limits=found,
        securities=secured,
        rates=rates,
        rates_on=oldest,
        stops=_stops(ready),
    )


def _limits(rows: Sequence[GrantedLimit], ready: Ready) -> tuple[LimitFacts, ...]:
    """Own, insured and group limits in force; a new customer without one gets the starter's."""
    found = []
    for of_group in (False, True):
        stands = in_force([x for x in rows if (x.group_id is not None) is of_group])
        own = [x for x in (stands.permanent, stands.temporary) if x is not None]
        if stands.amount is not None and stands.currency is not None:
            ids = tuple(str(x.public_id) for x in own)
            found.append(
                LimitFacts(
                    INTERNAL,
                    stands.amount,
                    stands.currency,
                    of_group,
                    ids,
                    stands.next_review_on,
                )
            )
        elif not of_group and ready.prepared.standing.is_new:
            found.append(LimitFacts(STARTER, ready.policy.starter.cap, ready.policy.currency))
        if stands.insured is not None and not of_group:
            insured = stands.insured
            found.append(
                LimitFacts(
                    INSURED,
                    insured.amount,
                    insured.currency,
                    limit_ids=(str(insured.public_id),),
                )
            )
    return tuple(found)


def _accounts(
    buyer_id: int, members: Sequence[int], owed: Owed, before: Order | None
) -> tuple[Account, ...]:
    """What each holder owes without the order in question."""
    ledger: dict[int, list[LedgerFacts]] = defaultdict(list)
    for each in owed.balances:
        ledger[each.buyer_id].append(
            LedgerFacts(
                each.currency, each.receivables, each.unbilled, each.credits, each.unapplied
            )
        )
    committed: dict[int, dict[tuple[str, date], CommittedFacts]] = defaultdict(dict)
    for line in owed.commitments:
        committed[line.buyer_id][line.currency, line.due_on] = CommittedFacts(
            *(line.currency, line.due_on, line.ordered, line.delivered, line.billed, line.prepaid)
        )
    for own in commitments_of(before):
        place = committed[buyer_id]
        stands = place[own.currency, own.due_on]
        place[own.currency, own.due_on] = CommittedFacts(
            own.currency,
            own.due_on,
            stands.ordered - own.ordered,
            stands.delivered - own.delivered,
            stands.billed - own.billed,
            stands.prepaid - own.prepaid,
        )
    return tuple(
        Account(each, tuple(ledger[each]), tuple(committed[each].values()))
        for each in (buyer_id, *members)
    )


def _asked(asked: Asked, before: Order | None, prepaid: Decimal, as_of: date) -> AskedFacts:
    """The question with what stands of the order; longer terms end a person's release."""
    by_person = False
    if before is not None and before.by_person:
        longer = (asked.terms_days or 0) > (before.terms_days or 0)
        by_person = not longer and asked.currency == before.currency
    return AskedFacts(
        number=asked.number,
        kind=asked.kind,
        currency=asked.currency,
        amount=asked.amount,
        deliver_on=asked.deliver_on or as_of,
        terms_days=asked.terms_days,
        contract=asked.contract,
        prepaid=prepaid,
        released=before.released if before else ZERO,
        delivered=before.delivered if before else ZERO,
        invoiced=before.invoiced if before else ZERO,
        billed=before.billed if before else ZERO,
        by_person=by_person,
    )


def _rates(
    currency: str,
    ready: Ready,
    asked: AskedFacts,
    accounts: Sequence[Account],
    found: Sequence[LimitFacts],
    secured: Sequence[SecurityFacts],
) -> tuple[tuple[tuple[str, Decimal | None], ...], date | None]:
    """What each currency that occurs is worth in ``currency``, and the day of the oldest rate."""
    wanted = {asked.currency, ready.policy.currency, *(x.currency for x in found)}
    wanted |= {x.currency for x in secured}
    wanted |= {x.currency for x in ready.prepared.standing.overdue}
    for account in accounts:
        wanted |= {x.currency for x in account.ledger} | {x.currency for x in account.committed}
    wanted.discard(currency)
    if not wanted:
        return (), None
    table = reference.exchange(on=ready.as_of)
    rates: list[tuple[str, Decimal | None]] = []
    days: list[date] = []
    for each in sorted(wanted):
        try:
            one = table.convert(Money(Decimal(1), each), currency)
        except (RateMissing, RateStale):
            rates.append((each, None))
            continue
        rates.append((each, one.rate_used))
        days += [x.on for x in (one.from_rate, one.to_rate) if x is not None]
    return tuple(rates), min(days, default=None)


def _stops(ready: Ready) -> tuple[StopKind, ...]:
    """People's stops, and the lists' hits on the company behind the buyer."""
    found = set(ready.prepared.stops)
    party_ids = ready.prepared.standing.party_ids
    if party_ids and has_stopping_hit(party_ids):
        found.add(StopKind.SANCTIONS)
    return tuple(sorted(found))
