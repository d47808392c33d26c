"""Two companies with ledgers, their people, and somebody who belongs to neither."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.contexts.monitoring.portfolio import Console, small_ledger
from tests.contexts.receivables.ledgers import START, Importer
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant

PASSWORD = "correct-horse-battery"


@dataclass
class Company:
    """A company's console, a signed-in member's browser, and ids to ask for."""

    console: Console
    email: str
    client: Client
    buyers: dict[str, UUID]
    action_id: int
    batch: UUID

    @property
    def tenant_id(self) -> int:
        return self.console.tenant_id


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> None:
    settings.XINDUN_HOME = tmp_path


def signed_in(email: str) -> Client:
    client = Client()
    assert client.post("/login/", {"username": email, "password": PASSWORD}).status_code == 302
    return client


def make_company(name: str, email: str) -> Company:
    tenant = tenants.create_tenant(
        NewTenant(name=name, base_currency="EUR", time_zone="Europe/Berlin", country="DE"),
        actor="system:test",
        now=START,
    )
    tenants.create_user(email=email, password=PASSWORD, name=name)
    with tenant_scope(tenant.id):
        tenants.add_member(email=email, actor="system:test", now=START)
    console = Console(Importer(tenant.id))
    console.take(*small_ledger())
    console.run()
    rows = console.ask("buyers_page").rows
    return Company(
        console=console,
        email=email,
        client=signed_in(email),
        buyers={row.name: row.buyer_public_id for row in rows},
        action_id=console.ask("actions_page").rows[0].action_id,
        batch=batch_of(tenant.id),
    )


def batch_of(tenant_id: int) -> UUID:
    from xindun.record.receivables.reads import batches

    with tenant_scope(tenant_id):
        return batches(limit=1)[0].public_id


@pytest.fixture
def company(db: None) -> Company:
    return make_company("Seller", "anna@seller.example")


@pytest.fixture
def rival(db: None) -> Company:
    return make_company("Rival", "ben@rival.example")


@pytest.fixture
def newcomer(db: None) -> Client:
    """A member of a company that has imported nothing."""
    tenant = tenants.create_tenant(
        NewTenant(name="Empty", base_currency="CNY", time_zone="Asia/Shanghai", country="CN"),
        actor="system:test",
        now=START,
    )
    tenants.create_user(email="new@empty.example", password=PASSWORD, name="New")
    with tenant_scope(tenant.id):
        tenants.add_member(email="new@empty.example", actor="system:test", now=START)
    return signed_in("new@empty.example")
