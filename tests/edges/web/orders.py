"""Orders of a company whose policy compares limits alone, and people who decide about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.test import Client

from tests.contexts.limits.granting import grant
from tests.edges.web.conftest import PASSWORD, Company, signed_in
from tests.unit.control.gate.cases import policy
from xindun.control.gate.actions import check
from xindun.control.gate.values import Decision
from xindun.kit.tenancy import tenant_scope
from xindun.prevention.credit_policy.values import Authority, CreditPolicy
from xindun.record.orders.values import Asked
from xindun.record.parties import reads as parties
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor
from xindun.record.tenants.values import Role

ERP = machine_actor("system:erp")
BUYER = "Tardy GmbH"


def limits_alone(_currency: str) -> CreditPolicy:
    """The built-in policy's stand-in: two limits, a tolerance, and who may decide how much."""
    authorities = (
        Authority(Role.ANALYST, Decimal(1), 10),
        Authority(Role.CREDIT_MANAGER, Decimal(1_000_000), 10),
        Authority(Role.OWNER, None, 10),
    )
    return replace(policy(), number=0, authorities=authorities)


def asks(company: Company, number: str, amount: str, at: datetime, **more: Any) -> Decision:
    """One order of Tardy's that the ERP asks about."""
    reserve = more.pop("reserve", True)
    asked = Asked("erp", number, "EUR", Decimal(amount), **more)
    with tenant_scope(company.tenant_id):
        return check(ERP, company.buyers[BUYER], asked, reserve=reserve, now=at)


def with_room(company: Company, amount: str, at: datetime) -> None:
    """Grant Tardy what it owes already and ``amount`` more."""
    with tenant_scope(company.tenant_id):
        buyer_id = parties.buyer(company.buyers[BUYER]).id
        grant(buyer_id, "1000000", at=at - timedelta(days=5))
    least = Decimal("0.01")
    asked = asks(company, "?", str(least), at, reserve=False)
    owed = (asked.verdict.exposure or least) - least
    with tenant_scope(company.tenant_id):
        grant(buyer_id, str(owed + Decimal(amount)), at=at - timedelta(days=4))


def joins(company: Company, email: str, role: Role, at: datetime) -> Client:
    """A member's browser."""
    tenants.create_user(email=email, password=PASSWORD, name=email.partition("@")[0])
    with tenant_scope(company.tenant_id):
        tenants.add_member(email=email, actor="system:test", now=at, role=role)
    return signed_in(email)


def held_id(company: Company, number: str) -> UUID:
    """The worklist's entry of an order."""
    from xindun.control.gate.reads import holds_page

    with tenant_scope(company.tenant_id):
        return next(x.public_id for x in holds_page(query=number).holds)
