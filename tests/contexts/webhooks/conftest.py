"""A company with the right to settle webhooks, and another side that answers as it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from xindun.connectors.webhooks import actions
from xindun.connectors.webhooks.actions import delivering
from xindun.connectors.webhooks.values import NewEndpoint
from xindun.kernel.errors import DomainError
from xindun.kit.outgoing import Answer
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import Actor, NewTenant, Permission

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
ACTOR = Actor("user:1", frozenset({Permission.WEBHOOKS_MANAGE}))
URL = "https://hooks.example.com/in?token=swordfish"


@dataclass
class OtherSide:
    """What was sent, and what is answered: statuses or refusals, the last one for ever."""

    answers: list[int | DomainError] = field(default_factory=lambda: [204])
    sent: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    before_answering: Callable[[], None] = lambda: None

    def send(
        self, method: str, url: str, *, body: bytes, headers: dict[str, str], **_: Any
    ) -> Answer:
        assert method == "POST"
        self.sent.append((url, body, dict(headers)))
        self.before_answering()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, DomainError):
            raise answer
        return Answer(answer, self.headers, b"said so", False, 0.01)


@pytest.fixture
def other_side(monkeypatch: pytest.MonkeyPatch) -> OtherSide:
    side = OtherSide()
    monkeypatch.setattr(delivering, "send", side.send)
    return side


@pytest.fixture
def tenant(db: None) -> int:
    new = NewTenant(name="A", base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    return tenants.create_tenant(new, actor="system:test", now=NOW).id


@pytest.fixture
def made(tenant: int) -> NewEndpoint:
    with tenant_scope(tenant):
        return actions.create_endpoint(url=URL, topics=(), actor=ACTOR, now=NOW)


@dataclass
class Worker:
    """Dispatches and delivers as the worker's tasks do, by a clock that the test moves."""

    tenant: int
    endpoint_id: int
    now: datetime = NOW

    def work(self, calls: int = 50) -> bool:
        with tenant_scope(self.tenant):
            actions.dispatch(now=self.now)
        return actions.deliver_due(
            self.tenant, self.endpoint_id, clock=lambda: self.now, chance=lambda: 0.0, calls=calls
        )

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def worker(tenant: int, made: NewEndpoint) -> Worker:
    return Worker(tenant, made.endpoint.id)
