"""schemathesis over the document with two companies: no fault, no answer of another shape, and not
one byte of the other company's.

What a reader would get wrong: ids are drawn from both companies. A program of the first that asks
for what belongs to the second must be told that there is no such thing.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.edges.api.conftest import Program
from xindun.api.openapi import document
from xindun.config.wsgi import application

EXAMPLES = 6
NAMES = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
)
QUIET = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
PATHS = {
    "customer_id": "customers",
    "document_id": "documents",
    "import_id": "imports",
    "run_id": "runs",
    "action_id": "actions",
    "job_id": "jobs",
    "evidence_id": "evidence",
}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture, settings: Any) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")
    settings.XINDUN_API_REQUESTS_PER_MINUTE = 100_000
    settings.ALLOWED_HOSTS = ["*"]


@contextmanager
def in_this_transaction() -> Iterator[None]:
    """A real WSGI call ends by closing connections, which would end the test's transaction."""
    both = (signals.request_started, signals.request_finished)
    for each in both:
        each.disconnect(close_old_connections)
    yield
    for each in both:
        each.connect(close_old_connections)


def ids_of(program: Program) -> dict[str, str]:
    program.post("runs", {})
    return {name: str(program.json(path)["items"][0]["id"]) for name, path in PATHS.items()}


def test_no_request_fails_the_server_or_shows_another_company(
    program: Program, rival: Program
) -> None:
    load_all_checks()
    checks = CHECKS.get_by_names(list(NAMES))
    own, foreign = ids_of(program), ids_of(rival)
    drawn = random.Random(3)  # noqa: S311 - a choice of test cases
    schema = schemathesis.openapi.from_dict(document())
    schema.app = application
    seen: dict[int, int] = {}
    for result in schema.get_all_operations():
        operation = result.ok()

        @QUIET
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            theirs = drawn.random() < 0.4
            for name in list(case.path_parameters or {}):
                if name in own:
                    case.path_parameters[name] = (foreign if theirs else own)[name]
            headers = {
                "Authorization": f"Bearer {program.token}",
                "Idempotency-Key": uuid4().hex,
                "Accept": "application/json, text/csv",
            }
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=checks)
            seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
            assert rival.mark.encode() not in answer.content, case.as_curl_command()
            if theirs and case.path_parameters:
                assert answer.status_code in (400, 404, 406, 412, 413, 415, 422), case.path

        with in_this_transaction():
            ask()
    assert seen.get(200, 0) > 40, seen
    assert seen.get(404, 0) > 10, seen
