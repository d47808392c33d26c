"""A company with one party on which it keeps a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from xindun.kit.tenancy import tenant_scope
from xindun.record.company_file.values import Json, NewFact
from xindun.record.parties.actions import open_party
from xindun.record.parties.values import PartyValue
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


def new_fact(kind: str, value: Json, source: str = "register", **named: Any) -> NewFact:
    return NewFact(
        **{
            "kind": kind,
            "value": value,
            "source": source,
            "source_key": "",
            "as_of": date(2025, 6, 1),
            "retrieved_at": NOW,
        }
        | named
    )
