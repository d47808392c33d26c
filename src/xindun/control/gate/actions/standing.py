"""Prepare what a check would otherwise wait for: grade, checklist, lateness, group.

What a reader would get wrong: a prepared standing counts for its day, its ledger version, its
policy and its epoch; any other is prepared anew by the check that finds it. An epoch ends whenever
a file or a grade changed, told by an event, so a checklist's line can be some seconds old. Stops,
sanctions hits, limits and balances are never prepared: each check reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from xindun.control.gate.rules.stored import json_of, value_of
from xindun.control.gate.values import Overdue, Standing, StopKind
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.credit_policy.values import CreditPolicy
from xindun.prevention.onboarding import reads as onboarding
from xindun.prevention.scoring import reads as scoring
from xindun.prevention.scoring.values import CompanyGrade
from xindun.record.company_file import reads as company_file
from xindun.record.parties import reads as parties
from xindun.record.parties.values import BuyerValue
from xindun.record.receivables import reads as receivables

_FOUND = """
select s.content, (select array_agg(kind order by kind) from gate_stop
        where tenant_id = %(tenant)s and buyer_id = %(buyer)s and lifted_at is null)
from (values (1)) as one (n)
left join gate_epoch e on e.tenant_id = %(tenant)s
left join gate_standing s on s.tenant_id = %(tenant)s and s.buyer_id = %(buyer)s
    and s.as_of = %(as_of)s and s.ledger_version = %(ledger)s and s.policy_number = %(policy)s
    and s.epoch = coalesce(e.number, 0)
"""
_KEEP = """
insert into gate_standing as s
    (tenant_id, buyer_id, epoch, as_of, ledger_version, policy_number, content)
values (%(tenant)s, %(buyer)s, %(epoch)s, %(as_of)s, %(ledger)s, %(policy)s, %(content)s)
on conflict (tenant_id, buyer_id) do update set epoch = excluded.epoch, as_of = excluded.as_of,
    ledger_version = excluded.ledger_version, policy_number = excluded.policy_number,
    content = excluded.content
"""
_EPOCH = "select coalesce(max(number), 0) from gate_epoch where tenant_id = %s"
_NEXT = """
insert into gate_epoch as e (tenant_id, number) values (%s, 1)
on conflict (tenant_id) do update set number = e.number + 1
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A standing that counts now, and the stops that people have placed."""

    standing: Standing
    stops: tuple[StopKind, ...]


def prepared(buyer: BuyerValue, policy: CreditPolicy, *, as_of: date, now: datetime) -> Prepared:
    """The buyer's standing, prepared anew where the kept one no longer counts."""
    ledger = receivables.ledger_state().version
    with connection.cursor() as cursor:
        cursor.execute(
            _FOUND,
            {
                "tenant": current_tenant_id(),
                "buyer": buyer.id,
                "as_of": as_of,
                "ledger": ledger,
                "policy": policy.number,
            },
        )
        content, stops = cursor.fetchone()
    if content is not None:
        standing = value_of(Standing, content)
    else:
        standing = _prepare(buyer, policy, ledger, as_of=as_of, now=now)
    return Prepared(standing, tuple(StopKind(kind) for kind in stops or ()))


def prepare_all(
    buyer_ids: Iterable[int], policy: CreditPolicy, *, as_of: date, now: datetime
) -> int:
    """Prepare many buyers, in the caller's transaction; how many."""
    ledger = receivables.ledger_state().version
    found = parties.buyers_by_id(buyer_ids).values()
    for buyer in found:
        _prepare(buyer, policy, ledger, as_of=as_of, now=now)
    return len(found)


def forget_standings() -> None:
    """End the epoch: every standing of the current tenant is prepared anew when it is needed."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [current_tenant_id()])


def _prepare(
    buyer: BuyerValue, policy: CreditPolicy, ledger: int, *, as_of: date, now: datetime
) -> Standing:
    with connection.cursor() as cursor:
        # Before anything is read: a change that comes in between ends this epoch.
        cursor.execute(_EPOCH, [current_tenant_id()])
        epoch = cursor.fetchone()[0]
    standing = _standing(buyer, policy, ledger, as_of=as_of, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "tenant": current_tenant_id(),
                "buyer": buyer.id,
                "epoch": epoch,
                "as_of": as_of,
                "ledger": ledger,
                "policy": policy.number,
                "content": json_of(standing),
            },
        )
    return standing


def _standing(
    buyer: BuyerValue, policy: CreditPolicy, ledger: int, *, as_of: date, now: datetime
) -> Standing:
    grade = scoring.grade_of(buyer.id, as_of=as_of)
    party = parties.party_of(buyer.id)
    checklist = onboarding.checklist(buyer.id, as_of=as_of, known_at=now)
    late = receivables.late_amounts(buyer.id, as_of=as_of)
    paid = receivables.paid_record(buyer.id, as_of=as_of)
    starter = policy.starter
    is_known = (
        paid.since is not None
        and paid.in_time >= starter.after_paid_documents
        and as_of - paid.since >= timedelta(days=starter.after_days)
    )
    events = (
        company_file.events_of(party.id, as_of=as_of, known_at=now) if party is not None else ()
    )
    listed = {each.value for each in policy.knockouts}
    group_id, members = _group(buyer.id, party.id if party else None, as_of=as_of, now=now)
    return Standing(
        as_of=as_of,
        prepared_at=now,
        ledger_version=ledger,
        policy_number=policy.number,
        party_ids=(parties.ids_behind(party.id, known_at=now) if party else ()),
        grade=_grade(buyer.id, grade, (policy.currency, *(x.currency for x in late)), as_of=as_of),
        is_new=not is_known,
        country=(party.country if party else None) or buyer.country,
        sector=grade.sector if grade else None,
        kyb_missing=tuple(line.item.value for line in checklist.open_items),
        overdue=tuple(Overdue(each.currency, each.days, each.amount) for each in late),
        knockouts=tuple(sorted({x.kind.value for x in events if x.kind.value in listed})),
        group_id=group_id,
        members=members,
    )


def _grade(
    buyer_id: int, company: CompanyGrade | None, currencies: Iterable[str], *, as_of: date
) -> int | None:
    """The worst of the company grade in force and the payment grades, as limits are granted by."""
    scores = [scoring.latest_score(buyer_id, each, as_of=as_of) for each in sorted({*currencies})]
    grades = [company.in_force if company else None, *(x.grade for x in scores if x is not None)]
    return max((grade for grade in grades if grade is not None), default=None)


def _group(
    buyer_id: int, party_id: int | None, *, as_of: date, now: datetime
) -> tuple[str | None, tuple[int, ...]]:
    """Public id of the group's head, and the other buyers who belong to it."""
    if party_id is None:
        return None, ()
    group = parties.group_of(party_id, as_of=as_of, known_at=now)
    head = group.head.party.public_id if group.head.party else group.head.entity
    found = {
        each.id
        for member in group.members
        if member.company.party is not None
        for each in parties.buyers_of(member.company.party.id)
    }
    found |= {each.id for each in parties.buyers_of(party_id)}
    return str(head) if head else None, tuple(sorted(found - {buyer_id}))
