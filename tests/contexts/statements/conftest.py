"""A company with one party, and what is recorded about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from xindun.kit.tenancy import tenant_scope
from xindun.record.parties.actions import open_party
from xindun.record.parties.values import PartyValue
from xindun.record.statements.actions import record_statement
from xindun.record.statements.values import (
    AuditOpinion,
    Figures,
    NewStatement,
    Scope,
    Standard,
    Statement,
)
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor
from xindun.record.tenants.values import NewTenant

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
ACTOR = machine_actor("system:test")


@pytest.fixture
def party(db: None) -> Iterator[PartyValue]:
    """Inside the scope of its tenant."""
    new = NewTenant("Seller", "CNY", "Asia/Shanghai", "CN")
    tenant = tenants.create_tenant(new, actor="system:test", now=NOW)
    with tenant_scope(tenant.id):
        yield open_party(ACTOR, "重庆钢铁贸易有限公司", "CN", now=NOW)


def new_statement(year: int = 2024, sales: int = 1200, **named: Any) -> NewStatement:
    figures = Figures(
        total_assets=Decimal(1000),
        total_liabilities=Decimal(600),
        equity=Decimal(400),
        sales=Decimal(sales),
    )
    return NewStatement(
        **{
            "starts_on": date(year, 1, 1),
            "ends_on": date(year, 12, 31),
            "standard": Standard.CAS,
            "currency": "CNY",
            "unit": 1,
            "scope": Scope.CONSOLIDATED,
            "audit_opinion": AuditOpinion.UNQUALIFIED,
            "figures": figures,
            "source": "filed accounts",
        }
        | named
    )


@pytest.fixture
def record(party: PartyValue) -> Callable[..., Statement]:
    """Record a statement of the party; see ``new_statement``."""

    def recorded(year: int = 2024, sales: int = 1200, **named: Any) -> Statement:
        new = new_statement(year, sales, **named)
        return record_statement(ACTOR, party.public_id, new, now=NOW)

    return recorded
