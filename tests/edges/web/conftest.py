"""Two companies with ledgers, their people, and somebody who belongs to neither.

What a reader would get wrong: both companies are imported and reviewed once, and committed; each
test changes them inside its own transaction, over a copy of their files.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.contexts.monitoring.portfolio import Console, small_ledger
from tests.contexts.receivables.ledgers import START, Importer
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import all_tenant_ids
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


@dataclass(frozen=True)
class Seed:
    """What was committed for all tests of this folder."""

    home: Path
    company: Company
    rival: Company


@pytest.fixture(scope="session")
def seed(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Seed:
    """Two companies with the small ledger."""
    from django.conf import settings

    home = tmp_path_factory.mktemp("companies")
    before, settings.XINDUN_HOME = settings.XINDUN_HOME, home
    with django_db_blocker.unblock():
        # Addresses of their own: other tests commit theirs while these rows stand.
        made = Seed(
            home,
            make_company("Seller", "anna@seed.example"),
            make_company("Rival", "ben@seed.example"),
        )
    settings.XINDUN_HOME = before
    return made


@pytest.fixture(autouse=True)
def own_home(seed: Seed, tmp_path: Path, settings: Any) -> None:
    shutil.copytree(seed.home, tmp_path, dirs_exist_ok=True)
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


def standing(made: Company, name: str) -> Company:
    """The committed company; made anew for this test where tests with commits emptied all."""
    if made.tenant_id not in all_tenant_ids():
        return make_company(name, made.email)
    return replace(made, client=signed_in(made.email))


@pytest.fixture
def company(db: None, seed: Seed) -> Company:
    return standing(seed.company, "Seller")


@pytest.fixture
def rival(db: None, seed: Seed) -> Company:
    return standing(seed.rival, "Rival")


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
