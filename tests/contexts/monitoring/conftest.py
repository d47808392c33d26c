"""Two tenants with ledgers; the data home is the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contexts.monitoring.portfolio import Console, small_ledger
from tests.contexts.receivables.ledgers import START, Importer
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> None:
    settings.XINDUN_HOME = tmp_path


def _console(name: str, time_zone: str = "Europe/Berlin") -> Console:
    tenant = tenants.create_tenant(
        NewTenant(name=name, base_currency="EUR", time_zone=time_zone, country="DE"),
        actor="system:test",
        now=START,
    )
    return Console(Importer(tenant.id))


@pytest.fixture
def empty(db: None) -> Console:
    """A tenant with nothing imported."""
    return _console("Empty")


@pytest.fixture
def console(db: None) -> Console:
    """A tenant with the small ledger."""
    made = _console("Seller")
    made.take(*small_ledger())
    return made


@pytest.fixture
def other(db: None) -> Console:
    """Another tenant with the small ledger."""
    made = _console("Another seller")
    made.take(*small_ledger())
    return made
