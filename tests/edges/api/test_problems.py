"""Whatever goes wrong is a problem with a stable code, in the reader's language."""

from __future__ import annotations

import logging
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.edges.api.conftest import Program
from xindun.api import problems
from xindun.kernel.errors import DomainError


def told(answer: HttpResponse) -> dict[str, Any]:
    """A problem, after checking that it is one."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    found: dict[str, Any] = answer.json()  # type: ignore[attr-defined]
    assert found["status"] == answer.status_code
    assert found["type"] == f"urn:xindun:problem:{found['code']}"
    assert found["request_id"] == answer["X-Request-Id"]
    assert found["title"] and found["detail"]
    return found


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


def test_an_unknown_address_is_a_problem_for_anybody(db: None) -> None:
    for path in ("/api/", "/api/v1/nonsense", "/api/v2/customers", "/api/v1/customers/7"):
        for method in ("GET", "POST", "DELETE"):
            answer = Client().generic(method, path)
            assert told(answer)["code"] == "not_found", path  # type: ignore[arg-type]


def test_a_method_that_an_address_does_not_take_names_those_it_does(program: Program) -> None:
    answer = program.ask("DELETE", "imports")
    assert told(answer)["code"] == "method_not_allowed"
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_parameters_are_known_single_and_valid(program: Program) -> None:
    assert told(program.get("customers?colour=red"))["code"] == "unknown_parameter"
    assert told(program.get("customers?q=a&q=b"))["code"] == "unknown_parameter"
    wrong = told(program.get("accounts?limit=501&sort=luck&as_of=yesterday"))
    assert wrong["code"] == "invalid_parameter"
    assert {each["parameter"]: each["code"] for each in wrong["errors"]} == {
        "limit": "less_than_equal",
        "sort": "enum",
        "as_of": "date_from_datetime_parsing",
    }
    assert told(program.get("customers?fields=id,secret"))["code"] == "unknown_row_field"


def test_a_body_is_told_what_is_wrong_with_it_by_pointers(program: Program) -> None:
    (run,) = program.json("imports")["items"]
    path = f"imports/{run['id']}/start"
    wrong = told(program.post(path, {"options": {"terms_days": -1, "x/y~z": 1}, "again": []}))
    assert wrong["status"] == 422
    assert {each["pointer"]: each["code"] for each in wrong["errors"]} == {
        "#/options/terms_days": "greater_than_equal",
        "#/options/x~1y~0z": "extra_forbidden",
        "#/again": "bool_type",
    }
    malformed = program.ask(
        "POST", path, b"{", "application/json", **{"Idempotency-Key": uuid4().hex}
    )
    assert told(malformed)["code"] == "malformed_body"
    kind = program.ask("POST", path, b"a=b", "text/plain", **{"Idempotency-Key": uuid4().hex})
    assert told(kind)["code"] == "unsupported_media_type"
    accepted = program.get("company", Accept="text/html")
    assert told(accepted)["code"] == "not_acceptable"
    huge = b'"' + b"x" * 3_000_000 + b'"'
    large = program.ask("POST", path, huge, "application/json", **{"Idempotency-Key": "k"})
    assert told(large)["code"] == "body_too_large"


def test_sentences_are_chinese_for_who_asks_in_chinese_and_codes_stay(program: Program) -> None:
    answer = program.get("customers?limit=0", **{"Accept-Language": "zh-CN,zh;q=0.9"})
    found = told(answer)
    assert answer["Content-Language"] == "zh-hans"
    assert (found["code"], found["title"]) == ("invalid_parameter", "请求格式错误")
    assert found["errors"][0]["detail"] == "不得小于 1。"


def test_a_refusal_of_the_record_keeps_its_own_code_and_parameters(program: Program) -> None:
    (done,) = program.json("imports")["items"]
    found = told(program.post(f"imports/{done['id']}/discard"))
    assert (found["status"], found["code"]) == (409, "wrong_batch_step")
    assert found["params"] == {"status": "committed", "wanted": "uploaded"}
    future = told(program.post("runs", {"as_of": "2999-01-01"}))
    assert (future["status"], future["code"]) == (422, "day_in_the_future")


def test_an_unexpected_error_tells_nothing_and_leaves_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xindun.control.monitoring import actions

    marked = actions.mark_action

    def broken(*args: Any, **more: Any) -> None:
        marked(*args, **more)
        raise RuntimeError("a secret of the inside")

    action = program.json("actions")["items"][0]
    monkeypatch.setattr(actions, "mark_action", broken)
    answer = program.post(f"actions/{action['id']}/mark", {"state": "done"}, key="again")
    assert told(answer)["code"] == "internal_error"
    assert b"secret" not in answer.content
    monkeypatch.undo()
    assert program.json(f"actions/{action['id']}")["state"] == "open"
    retried = program.post(f"actions/{action['id']}/mark", {"state": "done"}, key="again")
    assert retried.status_code == 200
    assert "Idempotency-Replayed" not in retried


def test_a_refusal_in_the_middle_of_a_write_leaves_nothing(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xindun.control.monitoring import actions

    marked = actions.mark_action

    def refusing(*args: Any, **more: Any) -> None:
        marked(*args, **more)
        raise problems.PreconditionFailed

    action = program.json("actions")["items"][0]
    monkeypatch.setattr(actions, "mark_action", refusing)
    answer = program.post(f"actions/{action['id']}/mark", {"state": "done"})
    assert told(answer)["code"] == "precondition_failed"
    monkeypatch.undo()
    assert program.json(f"actions/{action['id']}")["state"] == "open"


def every_refusal() -> set[type[DomainError]]:
    found: set[type[DomainError]] = set()
    waiting = [DomainError]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting += kind.__subclasses__()
    return found


def test_the_table_of_statuses_names_only_codes_that_something_raises() -> None:
    assert set(problems.STATUSES) <= {kind.code for kind in every_refusal()}
    assert set(problems.STATUSES.values()) == set(problems.TITLES)
