"""A company file through the API: facts with conflicts, events, documents, all or nothing."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.edges.api.conftest import ROOT, Program

DAY = "2024-05-31"
CODE, OTHER_CODE = "91110000600037341L", "91310115551504385L"
PDF = b"%PDF-1.7 a licence"


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


def send(program: Program, path: str, file: tuple[str, bytes], **form: str) -> Any:
    """A form with one file."""
    return Client(raise_request_exception=False).post(
        f"{ROOT}/{path}",
        {**form, "file": SimpleUploadedFile(*file)},
        headers={"Authorization": f"Bearer {program.token}", "Idempotency-Key": uuid4().hex},
    )


def opened(program: Program, place: int = 0) -> str:
    """The address of a customer whose company file is open."""
    where = f"customers/{program.json('customers')['items'][place]['id']}"
    assert program.post(f"{where}/company-file").status_code == 200
    return where


def told(kind: str, value: Any, source: str = "register", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "value": value, "source": source, "as_of": DAY, **more}


def test_facts_are_recorded_together_compared_and_withdrawn(program: Program) -> None:
    customer = program.json("customers?limit=1")["items"][0]["id"]
    where = f"customers/{customer}"
    assert program.json(f"{where}/facts") == {"next": None, "items": []}
    early: Any = program.post(f"{where}/facts", {"facts": [told("status", "active")]})
    assert (early.status_code, early.json()["code"]) == (409, "no_company_file")
    first: Any = program.post(f"{where}/company-file")
    assert first.json() == program.post(f"{where}/company-file").json()  # type: ignore[attr-defined]

    capital = {"amount": "500", "currency": "CNY"}
    other = {"amount": "5000000", "currency": "CNY"}
    half: Any = program.post(
        f"{where}/facts", {"facts": [told("status", "active"), told("employees", "many")]}
    )
    assert (half.status_code, half.json()["code"]) == (422, "bad_fact_count")
    assert program.json(f"{where}/facts")["items"] == []

    facts = [
        told("status", "active"),
        told("registered_capital", capital),
        told("registered_capital", other, "report"),
    ]
    made: Any = program.post(f"{where}/facts", {"facts": facts})
    assert made.status_code == 201, made.content
    assert len(made.json()["items"]) == 3
    again: Any = program.post(f"{where}/facts", {"facts": facts})
    assert (again.status_code, again.json()["items"]) == (201, [])

    page = program.json(f"{where}/facts?limit=2")
    rest = program.json(page["next"])
    found = [*page["items"], *rest["items"]]
    assert [each["kind"] for each in found] == ["status", *["registered_capital"] * 2]
    assert [each["verdict"] for each in found] == ["one_source", "conflict", "conflict"]
    assert found[1]["checks"][0] == "unit_misread"
    assert program.json(f"{where}/facts?as_of=2024-05-30")["items"] == []
    strange: Any = program.get(page["next"].replace(customer, opened(program, 1)[10:]))
    assert (strange.status_code, strange.json()["code"]) == (400, "invalid_cursor")

    [wrong] = [each for each in found if each["source"] == "report"]
    gone: Any = program.post(f"{where}/facts/{wrong['id']}/withdraw")
    assert (gone.status_code, gone.json()["id"]) == (200, wrong["id"])
    left = program.json(f"{where}/facts?kind=registered_capital")["items"]
    assert [(each["value"], each["verdict"]) for each in left] == [(capital, "one_source")]
    foreign: Any = program.post(f"{opened(program, 1)}/facts/{wrong['id']}/withdraw")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "unknown_fact")


def test_an_event_counts_by_code_ground_and_end(program: Program) -> None:
    where = opened(program)

    def event(number: str, **more: Any) -> dict[str, Any]:
        said = {"kind": "dishonest_debtor", "source": "court", "as_of": DAY, "case_number": number}
        return {**said, "published_on": "2014-05-30", **more}

    program.post(f"{where}/facts", {"facts": [told("uscc", CODE)]})
    events = [
        event("1", ground="有履行能力而拒不履行生效法律文书确定义务", uscc=CODE),
        event("2", ground="4"),
        event("3", uscc=OTHER_CODE),
        event("4", lifted_on=DAY),
        event("5", amount="12.50", currency="CNY"),
    ]
    made: Any = program.post(f"{where}/events", {"events": events})
    assert made.status_code == 201, made.content
    found = {each["case_number"]: each for each in program.json(f"{where}/events")["items"]}
    states = {number: (each["state"], each["ground"]) for number, each in found.items()}
    assert states == {
        "1": ("in_force", "1"),
        "2": ("expired", "4"),
        "3": ("other_company", ""),
        "4": ("lifted", ""),
        "5": ("in_force", ""),
    }
    assert (found["5"]["amount"], found["1"]["expires_on"]) == ("12.50", None)
    counted = program.json(f"{where}/events?state=in_force")["items"]
    assert {each["case_number"] for each in counted} == {"1", "5"}
    for wrong, code in (
        ({"kind": "status"}, "not_an_event"),
        ({"ground": "7"}, "bad_fact_ground"),
        ({"amount": "1"}, "bad_fact_money"),
        ({"as_of": str((datetime.now(UTC) + timedelta(days=9)).date())}, "fact_in_future"),
    ):
        refused: Any = program.post(f"{where}/events", {"events": [event("6") | wrong]})
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert len(program.json(f"{where}/events")["items"]) == 5


def test_a_document_is_stored_by_its_content_and_shows_a_fact(program: Program) -> None:
    where = opened(program)
    said = {"kind": "registration", "source": "Handelsregister", "as_of": DAY}
    liar = send(program, f"{where}/files", ("licence.pdf", b"\x7fELF\0"), **said)
    assert (liar.status_code, liar.json()["code"]) == (422, "document_refused")
    unsaid = send(program, f"{where}/files", ("licence.pdf", PDF), source="x", as_of=DAY)
    assert (unsaid.status_code, unsaid.json()["code"]) == (422, "invalid_body")
    assert unsaid.json()["errors"][0]["pointer"] == "#/kind"
    assert program.json(f"{where}/files")["items"] == []

    stored = send(program, f"{where}/files", ("licence.pdf", PDF), **said)
    assert stored.status_code == 201, stored.content
    digest = sha256(PDF).hexdigest()
    shown = program.json(stored["Location"])
    assert shown == stored.json()
    assert (shown["sha256"], shown["media_type"], shown["size"]) == (digest, "application/pdf", 18)
    same = send(program, f"{where}/files", ("again.pdf", PDF), **said)
    assert same.json()["id"] == shown["id"]
    assert program.json(f"{where}/files?kind=contract")["items"] == []

    answer = program.get(f"{where}/files/{shown['id']}/content", Accept="*/*")
    assert b"".join(answer) == PDF
    assert "licence.pdf" in answer["Content-Disposition"]
    other = opened(program, 1)
    foreign: Any = program.get(f"{other}/files/{shown['id']}")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "unknown_company_document")

    fact = told("status", "active", file=shown["id"])
    refused: Any = program.post(f"{other}/facts", {"facts": [fact]})
    assert refused.status_code == 404
    assert program.json(f"{other}/facts")["items"] == []
    made: Any = program.post(f"{where}/facts", {"facts": [fact]})
    assert made.json()["items"][0]["document_sha256"] == digest
