"""The demo's credit policy, limits and orders: two people, one ERP, all of it synthetic.

What a reader would get wrong: nothing is written past the rules. The demo's second person requests,
its first approves, and the gate decides every order as it would any other.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from django.db import transaction

from xindun.cli.sample.orders import LIMITS, SampleLimit, SampleOrder, demo_policy
from xindun.control.gate import actions as gate
from xindun.control.gate.reads import holds_page
from xindun.control.gate.values import Outcome
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.credit_policy import actions as policies
from xindun.prevention.credit_policy.reads import draft, policy_in_force
from xindun.prevention.limits import actions as limits
from xindun.prevention.limits.values import LimitKind, NewRequest
from xindun.record.exposure.reads import owed_by
from xindun.record.orders.reads import order_numbered
from xindun.record.orders.values import Asked, Part, PartKind, Prepayment
from xindun.record.parties.reads import search_buyers
from xindun.record.parties.values import BuyerValue
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor, member_actor, user_by_email
from xindun.record.tenants.values import Actor, Role, User

COLLEAGUE = "colleague@example.com"
NAME = "Demo colleague (synthetic)"
SOURCE = "demo-erp"
ERP = machine_actor("cli:demo-erp")
REASON = "Synthetic example of the demo"
CONDITION = "Ship the rest once the first half is paid (synthetic)"


def order_gate(tenant_id: int, owner: User, *, now: datetime) -> None:
    """Policy, limits and orders, once; a tenant that has the first order keeps what it has."""
    with transaction.atomic(), tenant_scope(tenant_id):
        if order_numbered(SOURCE, LIMITS[0].orders[0].number) is not None:
            return
        first = member_actor(owner.id, owner.public_id, Role.OWNER)
        second = _colleague(now)
        _policy(second, first, now)
        for each in LIMITS:
            (buyer,) = search_buyers(each.buyer_key).rows
            _limit(second, first, buyer, each, now)
            for order in each.orders:
                _order(first, buyer, each, order, now)


def _colleague(now: datetime) -> Actor:
    """A second person, whose password nobody knows."""
    user = user_by_email(COLLEAGUE) or tenants.create_user(
        email=COLLEAGUE, password=secrets.token_urlsafe(24), name=NAME
    )
    tenants.add_member(email=COLLEAGUE, actor=ERP.name, now=now, role=Role.CREDIT_MANAGER)
    return member_actor(user.id, user.public_id, Role.CREDIT_MANAGER)


def _policy(second: Actor, first: Actor, now: datetime) -> None:
    before = draft()
    wanted = demo_policy(policy_in_force(at=now))
    kept = policies.save_draft(second, wanted, revision=before.revision if before else 0, now=now)
    proposal = policies.submit_draft(second, revision=kept.revision, now=now)
    tenants.approve(first, proposal.public_id, now=now)


def _limit(
    second: Actor, first: Actor, buyer: BuyerValue, sample: SampleLimit, now: datetime
) -> None:
    """Grant what is owed, rounded up, and the sample's room."""
    owed = sum(
        (
            each.receivables
            for each in owed_by([buyer.id]).balances
            if each.currency == sample.currency
        ),
        Decimal(0),
    )
    steps = (owed / sample.step).to_integral_value(ROUND_CEILING)
    new = NewRequest(
        LimitKind.PERMANENT, sample.currency, steps * sample.step + sample.room, REASON
    )
    asked = limits.request_limit(second, buyer.public_id, new, today=now.date(), now=now)
    limits.approve(first, asked.public_id, said=REASON, now=now)


def _order(
    first: Actor, buyer: BuyerValue, sample: SampleLimit, order: SampleOrder, now: datetime
) -> None:
    """What an ERP does: ask, take on what may go ahead, tell what has left the house."""
    today = now.date()
    amount = sample.room * order.share
    cash = (Prepayment(amount, today, f"{order.number}-P"),) if order.prepaid else ()
    asked = Asked(
        SOURCE,
        order.number,
        sample.currency,
        amount,
        deliver_on=today + timedelta(days=order.days),
        terms_days=order.terms_days,
        prepayments=cash,
    )
    decision = gate.check(ERP, buyer.public_id, asked, now=now)
    if decision.order_id is None:
        return
    if decision.verdict.outcome is Outcome.RELEASE:
        gate.confirm(ERP, decision.order_id, now=now)
    elif order.let_through:
        (held,) = holds_page(query=order.number).holds
        part = amount * order.let_through
        gate.release_hold(
            first, held.public_id, reason=REASON, amount=part, condition=CONDITION, now=now
        )
    if order.delivered:
        part = amount * order.delivered
        told = Part(PartKind.DELIVERY, f"{order.number}-D", part, today)
        gate.tell(ERP, decision.order_id, told, now=now)
