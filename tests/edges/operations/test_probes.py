"""What machines that watch are told: health, readiness, metrics and the access log."""

from __future__ import annotations

import json
import logging
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from xindun.config.operations import state
from xindun.kit import outbox
from xindun.kit.logs import ObjectFormatter, Surroundings
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant

NOW = datetime(2025, 6, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant() -> int:
    new = NewTenant(name="Hidden GmbH", base_currency="EUR", time_zone="UTC", country="DE")
    return tenants.create_tenant(new, actor="system:test", now=NOW).id


def a_worker(seconds_ago: int = 0) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)",
            [timedelta(seconds=seconds_ago)],
        )


def ready() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/ready/")
    return answer.status_code, answer.json()


def test_all_is_well() -> None:
    a_worker()
    assert Client().get("/health/").json() == {"status": "ok"}
    checks = dict.fromkeys(("database", "migrations", "worker", "disk"), "ok")
    assert ready() == (200, {"status": "ready", "checks": checks})


def test_a_silent_worker_degrades_and_takes_nothing_away() -> None:
    a_worker(seconds_ago=61)
    code, said = ready()
    assert (code, said["status"], said["checks"]["worker"]) == (200, "degraded", "silent")


def test_missing_migrations_a_full_disk_and_no_database_are_not_ready(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_worker()
    with monkeypatch.context() as patch:
        patch.setattr(state, "missing_migrations", lambda: 2)
        assert ready()[0] == 503
        assert ready()[1]["checks"]["migrations"] == "missing"
    with monkeypatch.context() as patch:
        usage = namedtuple("usage", "total used free")(10**12, 10**12, 10**9)
        patch.setattr(state.shutil, "disk_usage", lambda _: usage)
        assert ready()[1]["checks"]["disk"] == "short"
        assert ready()[0] == 503

    def broken() -> bool:
        raise DatabaseError("password=hunter2")

    monkeypatch.setattr(state, "answers", broken)
    code, said = ready()
    assert (code, said["status"], said["checks"]["database"]) == (503, "not ready", "no answer")
    assert "hunter2" not in json.dumps(said)


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_count_requests_by_route_and_what_waits_over_all_companies(tenant: int) -> None:
    a_worker(seconds_ago=5)
    before = samples(Client().get("/metrics").content.decode())
    with tenant_scope(tenant):
        outbox.publish("ledger.changed", "ledger", {}, occurred_at=NOW)
    Client().get("/buyers/01973c5e-0000-7000-8000-000000000000/?q=secret")
    text = Client().get("/metrics").content.decode()
    after = samples(text)

    def grew(name: str, **labels: str) -> float:
        key = (name, tuple(sorted(labels.items())))
        return after[key] - before.get(key, 0)

    route = "/buyers/<uuid:public_id>/"
    assert grew("xindun_http_requests_total", method="GET", route=route, status="302") == 1
    assert grew("xindun_http_request_seconds_count", route=route) == 1
    assert grew("xindun_outbox_waiting") == 1
    assert grew("xindun_jobs", queue="webhooks", state="waiting") == 1
    assert after[("xindun_outbox_waiting_oldest_seconds", ())] > 0
    assert after[("xindun_evidence_pending", ())] >= 1
    assert after[("xindun_migrations_missing", ())] == 0
    assert 5 <= after[("xindun_worker_silent_seconds", ())] < 60
    assert {name for name, _ in after} >= {
        "xindun_build_info",
        "xindun_webhooks_waiting",
        "xindun_webhooks_dead",
        "xindun_database_connections",
        "xindun_disk_free_bytes",
    }
    for hidden in ("Hidden", "01973c5e", "secret", "tenant"):
        assert hidden not in text


def test_metrics_are_for_this_machine_or_for_who_has_the_token(settings: Any) -> None:
    def code(**how: Any) -> int:
        return Client().get("/metrics", **how).status_code

    assert code() == 200
    assert code(REMOTE_ADDR="192.0.2.1") == 404
    assert code(headers={"X-Forwarded-For": "127.0.0.1"}) == 404
    settings.XINDUN_HAS_PUBLIC_URL = True
    assert code() == 404
    settings.XINDUN_METRICS_TOKEN = "Sw0rdfish-信"
    assert code() == 404
    assert code(headers={"Authorization": "Bearer wrong"}) == 404
    settings.XINDUN_METRICS_TOKEN = "Sw0rdfish"
    wanted = {"Authorization": "Bearer Sw0rdfish"}
    assert code(headers=wanted, REMOTE_ADDR="192.0.2.1") == 200


def test_the_access_log_names_route_status_and_request_and_no_path(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown = Surroundings()
    caplog.handler.addFilter(shown)
    try:
        with caplog.at_level(logging.INFO, logger="xindun.access"):
            Client().get("/buyers/01973c5e-0000-7000-8000-000000000000/?q=secret")
            Client().get("/nothing/here/", headers={"X-Request-Id": "abc-1"})
    finally:
        caplog.handler.removeFilter(shown)
    found = [json.loads(ObjectFormatter().format(record)) for record in caplog.records]
    found = [each for each in found if each["logger"] == "xindun.access"]
    assert [(each["method"], each["route"], each["status"]) for each in found] == [
        ("GET", "/buyers/<uuid:public_id>/", 302),
        ("GET", "(no route)", 404),
    ]
    assert found[1]["request_id"] == "abc-1"
    assert all(each["milliseconds"] >= 0 for each in found)
    assert "01973c5e" not in json.dumps(found)
