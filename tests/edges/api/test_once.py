"""A write happens once; a list is walked without gaps; a read that is known costs nothing."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.edges.api.conftest import FIRST, Program
from xindun.api.idempotency import forget_answers
from xindun.api.models import StoredAnswer
from xindun.config import database
from xindun.control.monitoring.models import ActionMark
from xindun.kit.tenancy import tenant_scope


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


def marks(program: Program) -> int:
    with tenant_scope(program.tenant_id):
        return ActionMark.objects.count()


def test_the_same_key_and_body_give_the_same_answer_and_one_write(program: Program) -> None:
    action = program.json("actions")["items"][0]["id"]
    path = f"actions/{action}/mark"
    first = program.post(path, {"state": "done"}, key="k-1")
    again = program.post(path, {"state": "done"}, key="k-1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Idempotency-Replayed"] == "true"
    assert again["Content-Type"] == first["Content-Type"]
    assert marks(program) == 1
    assert program.post(path, {"state": "done"}, key="k-2").status_code == 200
    assert marks(program) == 2


def test_the_same_key_for_another_request_is_refused_and_writes_nothing(program: Program) -> None:
    first, second = (each["id"] for each in program.json("actions")["items"][:2])
    program.post(f"actions/{first}/mark", {"state": "done"}, key="k")
    for path, body in (
        (f"actions/{first}/mark", {"state": "dismissed"}),
        (f"actions/{second}/mark", {"state": "done"}),
    ):
        answer = program.post(path, body, key="k")
        assert answer.json()["code"] == "idempotency_key_reused"  # type: ignore[attr-defined]
    assert marks(program) == 1


def test_a_write_without_a_good_key_is_refused(program: Program) -> None:
    action = program.json("actions")["items"][0]["id"]
    path = f"actions/{action}/mark"
    missing = program.ask("POST", path, b'{"state": "done"}')
    assert missing.json()["code"] == "idempotency_key_missing"  # type: ignore[attr-defined]
    for bad in ("two words", "x" * 256, "schlüssel"):
        answer = program.post(path, {"state": "done"}, key=bad)
        assert answer.json()["code"] == "idempotency_key_malformed"  # type: ignore[attr-defined]
    assert marks(program) == 0


def test_a_refused_write_may_be_put_right_under_the_same_key(program: Program) -> None:
    action = program.json("actions")["items"][0]["id"]
    path = f"actions/{action}/mark"
    assert program.post(path, {"state": "lost"}, key="k").status_code == 422
    assert program.post(path, {"state": "done"}, key="k").status_code == 200


def test_two_companies_may_use_the_same_key(program: Program, rival: Program) -> None:
    for each in (program, rival):
        action = each.json("actions")["items"][0]["id"]
        answer = each.post(f"actions/{action}/mark", {"state": "done"}, key="same")
        assert "Idempotency-Replayed" not in answer
        assert marks(each) == 1


def test_a_request_that_is_being_worked_on_is_not_begun_twice(program: Program) -> None:
    action = program.json("actions")["items"][0]["id"]
    path = f"actions/{action}/mark"
    url = database.with_database(database.app_url(), connection.settings_dict["NAME"])
    with psycopg.connect(url) as another:
        name = f"{program.tenant_id} mark_action busy"
        another.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [name])
        answer = program.post(path, {"state": "done"}, key="busy")
        assert answer.status_code == 409
        assert answer.json()["code"] == "request_in_flight"  # type: ignore[attr-defined]
        assert answer["Retry-After"] == "1"
        another.rollback()
    assert marks(program) == 0
    assert program.post(path, {"state": "done"}, key="busy").status_code == 200


def test_an_answer_past_its_time_counts_as_never_given(program: Program) -> None:
    action = program.json("actions")["items"][0]["id"]
    path = f"actions/{action}/mark"
    program.post(path, {"state": "done"}, key="k")
    with tenant_scope(program.tenant_id):
        old = datetime.now(UTC) - timedelta(hours=49)
        StoredAnswer.objects.update(created_at=old)
    answer = program.post(path, {"state": "open"}, key="k")
    assert (answer.status_code, "Idempotency-Replayed" in answer) == (200, False)
    assert marks(program) == 2


def test_answers_are_forgotten_after_two_days(program: Program) -> None:
    action = program.json("actions")["items"][0]["id"]
    program.post(f"actions/{action}/mark", {"state": "done"}, key="k")
    now = datetime.now(UTC)
    with tenant_scope(program.tenant_id):
        assert forget_answers(now + timedelta(hours=47)) == 0
        assert forget_answers(now + timedelta(hours=49)) == 1
        assert StoredAnswer.objects.count() == 0


def walked(program: Program, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        page = program.json(following)
        found += page["items"]
        following = page["next"]
    return found


@pytest.mark.parametrize(
    "path",
    [
        "customers",
        "accounts?sort=name",
        "accounts?sort=-grade",
        "accounts?sort=limit_recommended",
        "accounts?currency=EUR",
        "documents",
        "documents?open=true",
        "ageing",
        "actions",
    ],
)
def test_a_list_walked_by_cursor_is_the_whole_list_in_its_order(
    program: Program, path: str
) -> None:
    mark = "&" if "?" in path else "?"
    whole = program.json(f"{path}{mark}limit=500")
    assert whole["next"] is None
    assert walked(program, f"{path}{mark}limit=2") == whole["items"]
    assert len(whole["items"]) > 2


def test_one_customer_s_documents_are_walked_both_ways(program: Program) -> None:
    (customer,) = program.json("customers?q=tardy")["items"]
    path = f"customers/{customer['id']}/documents"
    newest = walked(program, f"{path}?limit=5")
    oldest = walked(program, f"{path}?limit=5&sort=issued_on")
    assert newest == oldest[::-1]
    assert len(newest) == 12


def test_a_cursor_is_good_for_its_own_list_only(program: Program, rival: Program) -> None:
    following = program.json("customers?limit=2")["next"]
    assert FIRST not in following
    cursor = following.partition("cursor=")[2]
    for holder, path in (
        (program, f"customers?limit=2&country=DE&cursor={cursor}"),
        (program, f"accounts?limit=2&cursor={cursor}"),
        (program, f"customers?limit=2&cursor={cursor[:-2]}"),
        (program, "customers?cursor=made-up"),
        (rival, f"customers?limit=2&cursor={cursor}"),
    ):
        answer = holder.get(path)
        assert answer.json()["code"] == "invalid_cursor", path  # type: ignore[attr-defined]


def test_rows_can_be_narrowed_to_some_fields(program: Program) -> None:
    page = program.json("accounts?fields=name,overdue&limit=2")
    assert {frozenset(each) for each in page["items"]} == {frozenset({"id", "name", "overdue"})}
    assert page["review"]["as_of"] == "2025-06-30"
    assert "fields=name" in page["next"]


def test_a_read_that_the_caller_has_already_is_not_sent_again(program: Program) -> None:
    for path in ("company", "customers", "portfolio", "runs", "imports"):
        first = program.get(path)
        again = program.get(path, **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
        chinese = program.get(path, **{"Accept-Language": "zh"})
        assert chinese.status_code == 200
        assert "Accept-Language" in chinese["Vary"]
    assert first["Cache-Control"] == "private, no-cache"
