"""Events exist exactly when their transaction does, in order for each subject."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from xindun.connectors.webhooks.values import TOPICS
from xindun.kit import outbox
from xindun.kit.models import OutboxEvent
from xindun.kit.tenancy import TenantScopeMissing, tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant

NOW = datetime(2025, 6, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant() -> int:
    new = NewTenant(name="A", base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    return tenants.create_tenant(new, actor="system:test", now=NOW).id


class Undone(Exception):
    pass


def publish(subject: str) -> outbox.Event:
    return outbox.publish("ledger.changed", subject, {"ledger_version": 1}, occurred_at=NOW)


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="webhooks.dispatch").count()


def test_numbers_count_each_subject_without_gaps_even_after_a_rollback(tenant: int) -> None:
    with tenant_scope(tenant):
        assert [publish("a").number, publish("b").number, publish("a").number] == [1, 1, 2]
        with pytest.raises(Undone), transaction.atomic():
            assert publish("a").number == 3
            raise Undone
        assert publish("a").number == 3
        taken = outbox.take(10, now=NOW)
    assert [(event.subject, event.number) for event in taken] == [
        ("a", 1),
        ("b", 1),
        ("a", 2),
        ("a", 3),
    ]


def test_an_event_is_taken_once_and_again_only_if_the_taking_is_undone(tenant: int) -> None:
    with tenant_scope(tenant):
        event = publish("a")
        with pytest.raises(Undone), transaction.atomic():
            assert outbox.take(10, now=NOW) == [event]
            raise Undone
        assert outbox.is_waiting()
        assert outbox.take(10, now=NOW) == [event]
        assert outbox.take(10, now=NOW) == []
        assert not outbox.is_waiting()


def test_publishing_asks_for_the_consumer_once(tenant: int) -> None:
    before = jobs()
    with tenant_scope(tenant):
        publish("a")
        publish("b")
    assert jobs() == before + 1


def test_events_of_another_tenant_are_not_seen_and_without_a_tenant_none_is_written(
    tenant: int,
) -> None:
    new = NewTenant(name="B", base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    other = tenants.create_tenant(new, actor="system:test", now=NOW).id
    with tenant_scope(tenant):
        publish("a")
    with tenant_scope(other):
        assert outbox.take(10, now=NOW) == []
        assert publish("a").number == 1
    with pytest.raises(TenantScopeMissing):
        publish("a")


def test_events_are_forgotten_a_month_after_they_were_handed_over(tenant: int) -> None:
    with tenant_scope(tenant):
        publish("a")
        outbox.take(1, now=NOW)
        publish("b")
        assert outbox.prune(now=NOW + timedelta(days=30)) == 0
        assert outbox.prune(now=NOW + timedelta(days=30, seconds=1)) == 1
        assert list(OutboxEvent.objects.values_list("subject", flat=True)) == ["b"]
        assert publish("a").number == 2


def test_every_topic_that_is_published_is_in_the_catalogue() -> None:
    source = Path(__file__).resolve().parents[3] / "src" / "xindun"
    named = set()
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            topic = node.args[0]
            if called == "publish" and isinstance(topic, ast.Constant):
                named.add(topic.value)
    assert named >= {"import.finished", "portfolio.reviewed"}
    made_of_kinds = {
        *("key.created", "key.rotated", "key.revoked"),
        *("member.role_changed", "member.deactivated", "member.reactivated"),
        *("limit.requested", "limit.escalated", "limit.decided"),
    }
    assert named | made_of_kinds == set(TOPICS)
