"""A tenant with an empty ledger, and somebody who imports into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contexts.receivables.ledgers import START, Importer
from xindun.record.receivables.reads.aged import forget
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.XINDUN_HOME = tmp_path
    yield
    forget()


def new_tenant(name: str) -> int:
    tenant = tenants.create_tenant(
        NewTenant(name=name, base_currency="EUR", time_zone="Europe/Berlin", country="DE"),
        actor="system:test",
        now=START,
    )
    return tenant.id


@pytest.fixture
def importer(db: None) -> Importer:
    return Importer(new_tenant("Seller"))


@pytest.fixture
def other(db: None) -> Importer:
    return Importer(new_tenant("Another seller"))
