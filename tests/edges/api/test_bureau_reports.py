"""A report file through the API: a job reads it, and somebody decides what becomes of it."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from tests.edges.api.conftest import Program
from tests.edges.api.test_company_file import opened, send
from tests.edges.web.test_reports import never, sec_file
from xindun.connectors.bureau import actions


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


def handed_in(program: Program, where: str, content: bytes) -> tuple[str, str]:
    """The addresses of the job and of the report."""
    sent = send(program, f"{where}/reports", ("facts.json", content))
    assert sent.status_code == 202, sent.content
    assert (sent.json()["kind"], sent.json()["state"]) == ("report", "queued")
    report = sent["Link"].partition(">")[0].removeprefix("</api/v1/")
    return sent["Location"], report


def read(program: Program, report: str) -> None:
    public_id = UUID(report.rpartition("/")[2])
    actions.work(program.tenant_id, public_id, clock=timezone.now, send=never)


def test_a_report_file_is_read_by_a_job_and_recorded_once(program: Program) -> None:
    where = opened(program)
    job, report = handed_in(program, where, sec_file().read())
    early: Any = program.post(f"{report}/record")
    assert (early.status_code, early.json()["code"]) == (409, "bureau_nothing_waits")
    read(program, report)
    done = program.json(job)
    assert (done["state"], done["progress"]) == ("succeeded", "1")
    assert done["result"]["href"] == f"/api/v1/{report}"

    waits = program.json(report)
    assert (waits["state"], waits["content"]["name"]) == ("waiting", "Other Name Inc.")
    [told] = waits["content"]["statements"]
    assert told["figures"]["total_assets"] == "1234567"
    assert program.json(f"{where}/statements") == {"items": []}
    recorded: Any = program.post(f"{report}/record")
    assert recorded.status_code == 200, recorded.content
    outcome = recorded.json()["outcome"]
    assert (outcome["facts"], outcome["statements"], outcome["refused"]) == (2, 1, [])
    assert recorded.json()["content"] is None
    again: Any = program.post(f"{report}/record")
    assert (again.status_code, again.json()["code"]) == (409, "bureau_nothing_waits")
    assert len(program.json(f"{where}/statements")["items"]) == 1


def test_a_report_file_that_cannot_be_read_says_why_and_another_is_discarded(
    program: Program, rival: Program
) -> None:
    where = opened(program)
    mapped = send(program, f"{where}/reports", ("a.json", b"{}"), lei="not-one" * 5)
    assert mapped.json()["errors"][0]["pointer"] == "#/lei"
    job, report = handed_in(program, where, b"{broken")
    read(program, report)
    failed = program.json(job)
    assert (failed["state"], failed["result"]) == ("failed", None)
    assert failed["error"] == program.json(report)["error"]
    _job, other = handed_in(program, where, sec_file().read())
    read(program, other)
    assert rival.get(other).status_code == 404
    gone: Any = program.post(f"{other}/discard")
    assert (gone.json()["state"], gone.json()["content"]) == ("discarded", None)
    assert program.json(f"{where}/statements") == {"items": []}
