"""Long work is asked for, followed and found done; shares are counted; old operations say so."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from ninja import NinjaAPI

from tests.edges.api.conftest import Program
from xindun.api.operations import Leaving, operation
from xindun.api.rates import take
from xindun.control.monitoring.actions import run_portfolio
from xindun.record.receivables.actions import import_batch
from xindun.record.receivables.ports import ledger_reader
from xindun.record.tenants.values import Actor, KeyHolder, Permission

LEDGER = (
    b"Customer;Invoice number;Invoice date;Due date;Amount;Currency;Paid on\n"
    b"Nova GmbH;N-1;2025-03-01;2025-03-31;1200.50;EUR;2025-04-02\n"
    b"Nova GmbH;N-2;2025-05-01;2025-05-31;800.00;EUR;\n"
    b"Nova GmbH;N-3;never;2025-05-31;80.00;EUR;\n"
)
UNCLEAR = (
    b"Customer;Invoice number;Invoice date;Due date;Amount\nNova;N-1;01/02/2025;03/04/2025;1.5\n"
)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


def test_a_ledger_is_uploaded_looked_at_started_and_followed(program: Program) -> None:
    uploaded = program.upload(LEDGER, "march.csv", key="up")
    assert uploaded.status_code == 201, uploaded.content
    found: Any = uploaded.json()  # type: ignore[attr-defined]
    assert uploaded["Location"] == f"/api/v1/imports/{found['id']}"
    assert (found["state"], found["file_size"]) == ("uploaded", len(LEDGER))
    again = program.upload(LEDGER, "march.csv", key="up")
    assert again["Idempotency-Replayed"] == "true"
    assert again.content == uploaded.content
    other = program.upload(UNCLEAR, "march.csv", key="up")
    assert other.json()["code"] == "idempotency_key_reused"  # type: ignore[attr-defined]

    looked = program.json(f"imports/{found['id']}/recognition")
    assert looked["ready"] is True
    fields = {each["header"]: each["field"] for each in looked["tables"][0]["columns"]}
    assert fields["Amount"] == "amount"

    state = program.get(f"imports/{found['id']}")
    path = f"imports/{found['id']}/start"
    stale = program.post(path, {}, **{"If-Match": '"another"'})
    assert stale.json()["code"] == "precondition_failed"  # type: ignore[attr-defined]
    started = program.post(path, {}, **{"If-Match": state["ETag"]})
    assert started.status_code == 202, started.content
    job = program.get(started["Location"])
    assert job["Retry-After"] == "1"
    assert job.json()["state"] == "running"  # type: ignore[attr-defined]

    import_batch(
        program.tenant_id,
        UUID(found["id"]),
        reader=ledger_reader(),
        clock=lambda: datetime.now(UTC),
    )
    done = program.json(started["Location"])
    assert (done["state"], done["progress"]) == ("succeeded", "1")
    result = program.json(done["result"]["href"])
    assert result["counts"]["documents_added"] == 2
    assert all(each["reconciles"] for each in result["control"])
    rejects = program.get(f"imports/{found['id']}/rejects", Accept="text/csv")
    assert b"never" in b"".join(rejects)
    assert program.json("jobs")["items"][0]["id"] == done["id"]
    assert program.json("company")["review"]["stale"] is True


def test_a_file_that_leaves_something_open_asks_before_it_is_started(program: Program) -> None:
    found: Any = program.upload(UNCLEAR, "unclear.csv").json()  # type: ignore[attr-defined]
    looked = program.json(f"imports/{found['id']}/recognition")
    assert looked["ready"] is False
    assert "date_order" in {each["option"] for each in looked["questions"]}
    dropped = program.post(f"imports/{found['id']}/discard")
    assert dropped.json()["error"]["code"] == "discarded"  # type: ignore[attr-defined]


def test_a_review_is_asked_for_and_its_job_finds_it(program: Program) -> None:
    asked = program.post("runs", {"as_of": "2025-06-15"})
    assert asked.status_code == 202, asked.content
    job: Any = asked.json()  # type: ignore[attr-defined]
    assert (job["kind"], job["state"], job["result"]) == ("review", "queued", None)
    run = run_portfolio(
        program.tenant_id,
        now=datetime(2025, 6, 30, 18, tzinfo=UTC),
        actor="system:test",
        as_of=date(2025, 6, 15),
        current=False,
    )
    done = program.json(asked["Location"])
    assert (done["state"], done["result"]["id"]) == ("succeeded", str(run.run_id))
    assert program.json("accounts?as_of=2025-06-15")["review"]["run"] == str(run.run_id)


def test_another_company_s_job_does_not_exist(program: Program, rival: Program) -> None:
    asked = program.post("runs", {})
    assert rival.get(asked["Location"]).status_code == 404


def test_a_key_s_share_runs_out_and_says_when_to_go_on(program: Program, settings: Any) -> None:
    settings.XINDUN_API_REQUESTS_PER_MINUTE = 3
    answers = [program.get("company") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each["RateLimit-Remaining"] for each in answers] == ["2", "1", "0", "0"]
    last = answers[-1]
    assert last["RateLimit-Policy"] == "3;w=60"
    assert 1 <= int(last["Retry-After"]) <= 20
    assert last.json()["code"] == "too_many_requests"  # type: ignore[attr-defined]
    assert take(program.tenant_id, "key:another").refused is False


def test_counting_leaves_the_tenant_as_it_was(program: Program) -> None:
    from django.db import connection

    from xindun.kit.tenancy import tenant_scope

    with tenant_scope(program.tenant_id):
        take(program.tenant_id + 1, "key:x")
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('xindun.tenant_id')")
            assert cursor.fetchone() == (str(program.tenant_id),)


def test_an_operation_on_its_way_out_says_since_when_and_until_when() -> None:
    old = NinjaAPI(urls_namespace="old", docs_url=None, openapi_url=None)
    leaving = Leaving(
        datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC), "/api/v1/docs"
    )

    @old.get("/old")
    @operation(Permission.COMPANY_READ, leaving=leaving)
    def old_operation(request: HttpRequest) -> str:
        return "still here"

    request = RequestFactory().get("/old")
    actor = Actor("key:test", frozenset({Permission.COMPANY_READ}))
    request.key_holder = KeyHolder(1, actor, 1, datetime(2030, 1, 1, tzinfo=UTC), False)  # type: ignore[attr-defined]
    (router,) = (each for each in old._get_bound_routers() if each.path_operations)
    answer = router.path_operations["/old"].operations[0].run(request)
    assert answer.status_code == 200
    assert answer["Deprecation"] == "@1767225600"
    assert answer["Sunset"] == "Wed, 01 Jul 2026 00:00:00 GMT"
    assert answer["Link"] == '</api/v1/docs>; rel="deprecation"'
