"""A company with a log, and a key that is not on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.contexts.evidence.keys import MemoryKeys
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.actions import append, sequence_pending
from xindun.record.evidence.values import Evidence, Subject
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeys:
    """A keyring in memory, empty at first."""
    kept = MemoryKeys()
    for module in ("sequence", "rotate"):
        monkeypatch.setattr(f"xindun.record.evidence.actions.{module}.keyring", lambda: kept)
    return kept


@pytest.fixture
def company(ring: MemoryKeys) -> int:
    """A tenant's id; its first record is its own opening."""
    return a_company("Acme")


def a_company(name: str) -> int:
    return tenants.create_tenant(
        NewTenant(name, "EUR", "Europe/Berlin", "DE"), actor="test", now=NOW
    ).id


def records(count: int, subject: str = "0198") -> list[Evidence]:
    """Append records in the current scope."""
    return [
        append(
            kind="action_marked",
            subject=Subject("buyer", subject),
            actor="user:0197",
            occurred_at=NOW,
            inputs={"rank": number},
            result={"state": "done", "客户": "甲"},
            versions={"ledger": 1},
        )
        for number in range(count)
    ]


@pytest.fixture
def grow(company: int) -> Callable[[int], list[Evidence]]:
    """Append so many records and sequence them, as one batch."""

    def grown(count: int) -> list[Evidence]:
        with tenant_scope(company):
            made = records(count)
        assert sequence_pending(clock=lambda: NOW).sequenced >= count
        return made

    return grown
