"""A company with one party, two sources that answer from memory, and files to hand in.

The sources are synthetic: they stand in for bureaus, which no test may call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.test import override_settings

from xindun.connectors.bureau import offered
from xindun.connectors.bureau.ports import Query, Send, SourceBusy
from xindun.connectors.bureau.values import Report, ReportedFact, ReportFormat, Subject
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties.actions import open_party
from xindun.record.parties.values import PartyValue
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor
from xindun.record.tenants.values import NewTenant

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
ACTOR = machine_actor("system:test")


@dataclass
class Memory:
    """What the synthetic sources answer, by code: a value of ``status``, None, or busy."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)


MEMORY = Memory()


class _Source:
    code: ClassVar[str]
    title: ClassVar[str]
    provides: ClassVar[frozenset[str]]
    needs_key: ClassVar[bool] = False

    def covers(self, query: Query) -> bool:  # noqa: ARG002
        return True

    def fetch(
        self,
        query: Query,
        *,
        key: str,
        now: datetime,
        send: Send,  # noqa: ARG002
    ) -> Report | None:
        MEMORY.asked.append((self.code, key, query.identifiers))
        told = MEMORY.answers.get(self.code)
        if told == "busy":
            raise SourceBusy(source=self.title, status=429, seconds=60)
        if told is None:
            return None
        day = now.date()
        return Report(
            source=self.title,
            format=ReportFormat.GENERIC_JSON,
            subject=Subject(query.name),
            facts=tuple(ReportedFact(kind, value, day) for kind, value in told.items()),
            statements=(),
            sha256="a" * 64,
            as_of=day,
        )


class FreeSource(_Source):
    code, title = "free", "Free Register"
    provides = frozenset({"status", "legal_name"})


class DearSource(_Source):
    code, title = "dear", "Dear Bureau"
    provides = frozenset({"status", "legal_name", "legal_form"})
    needs_key = True


@dataclass
class World:
    """A tenant and its party."""

    tenant_id: int
    party: PartyValue
    memory: Memory


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Two sources; outside any scope, because the worker is too."""
    MEMORY.answers, MEMORY.asked = {}, []
    new = NewTenant("Seller", "EUR", "Europe/Berlin", "DE")
    tenant = tenants.create_tenant(new, actor="system:test", now=NOW)
    with tenant_scope(tenant.id):
        party = open_party(ACTOR, "Synthetic Muster GmbH", "DE", now=NOW)
    paths = tuple(f"{__name__}.{each.__name__}" for each in (FreeSource, DearSource))
    made = (FreeSource(), DearSource())
    with override_settings(XINDUN_BUREAU_SOURCES=paths), pytest.MonkeyPatch.context() as patch:
        patch.setattr(offered, "_made", lambda _paths: made)
        yield World(tenant.id, party, MEMORY)


@pytest.fixture
def price() -> Callable[[], Any]:
    """Terms in which the dear source costs 30 of a budget of 50."""

    def made() -> Any:
        from dataclasses import replace

        from xindun.connectors.bureau.reads import terms

        return replace(
            terms(),
            wanted=("status", "legal_form"),
            prices={"dear": Decimal(30)},
            budget=Decimal(50),
        )

    return made


__all__ = ["ACTOR", "NOW", "World", "date"]
