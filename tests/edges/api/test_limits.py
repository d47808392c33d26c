"""Limits and securities through the API: requested, decided in a person's name, read as of then."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.edges.api.conftest import Program
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import member_actor
from xindun.record.tenants.rules.keys import SCOPES
from xindun.record.tenants.values import Role

WANTED = {"kind": "permanent", "amount": "4000.00", "currency": "EUR", "reason": "Orders grow."}


def key_of_owner(program: Program) -> Program:
    """A key whose maker is an owner, in whose name it decides."""
    now = timezone.now()
    user = tenants.create_user(email="olga@q7.example", password="correct-horse-battery", name="O")
    with tenant_scope(program.tenant_id):
        tenants.add_member(email=user.email, actor="system:test", now=now)
        actor = member_actor(user.id, user.public_id, Role.OWNER)
        made = tenants.create_key(actor, name="decides", scopes=SCOPES, now=now)
    return Program(program.tenant_id, program.mark, made.token)


def test_a_limit_is_requested_and_decided_in_the_name_of_whoever_made_the_key(
    program: Program,
) -> None:
    customer = program.json("customers?limit=1")["items"][0]["id"]
    before = program.json(f"customers/{customer}/limit")
    assert (before["own"]["amount"], before["group"]) == (None, None)
    made: Any = program.post(f"customers/{customer}/limit-requests", WANTED)
    assert (made.status_code, made.json()["state"]) == (201, "recommended")
    assert made.json()["recommendation"]["binding"]
    where = made["Location"]
    again: Any = program.post(f"customers/{customer}/limit-requests", WANTED)
    assert (again.status_code, again.json()["code"]) == (409, "limit_request_waits")
    # The test's key was made by no person, so it has nobody's authority.
    nobody: Any = program.post(f"{where}/decision", {"decision": "approve"})
    assert (nobody.status_code, nobody.json()["code"]) == (403, "no_authority")
    owner = key_of_owner(program)
    done: Any = owner.post(f"{where}/decision", {"decision": "approve", "amount": "3000"})
    assert (done.status_code, done.json()["state"], done.json()["granted"]) == (
        200,
        "effective",
        "3000.00",
    )
    assert [step["step"] for step in done.json()["steps"]] == [
        *("recommend", "approve_part", "take_effect")
    ]
    late: Any = owner.post(f"{where}/decision", {"decision": "refuse"})
    assert (late.status_code, late.json()["code"]) == (409, "limit_step_not_possible")
    found = program.json(f"customers/{customer}/limit")["own"]
    assert (found["amount"], found["currency"], found["permanent"]["policy"]) == (
        "3000.00",
        "EUR",
        0,
    )
    then = program.json(f"customers/{customer}/limit?at=2024-01-01T00:00:00Z")["own"]
    assert then["amount"] is None
    [row] = program.json(f"customers/{customer}/limit-history")["items"]
    assert row == found["permanent"]
    own: Any = owner.post(f"customers/{customer}/limit-requests", {**WANTED, "amount": "5000"})
    mine: Any = owner.post(f"{own['Location']}/decision", {"decision": "refuse"})
    assert mine.status_code == 403
    first = program.json("limit-requests?limit=1")
    rest = program.json(first["next"].removeprefix("/api/v1/"))
    assert [each["state"] for each in (*first["items"], *rest["items"])] == [
        *("recommended", "effective")
    ]
    missing: Any = program.get(f"limit-requests/{uuid4()}")
    assert (missing.status_code, missing.json()["code"]) == (404, "unknown_limit_request")


def test_a_security_is_registered_and_counts_nothing_until_it_is_accepted(
    program: Program,
) -> None:
    customer = program.json("customers?limit=1")["items"][0]["id"]
    body = {"kind": "guarantee", "value": "1000.00", "currency": "EUR", "starts_on": "2025-01-01"}
    where = f"customers/{customer}/securities"
    refused: Any = program.post(where, body)
    assert (refused.status_code, refused.json()["code"]) == (422, "guarantee_incomplete")
    assert program.json(where)["items"] == []
    due = {"form": "joint", "principal_due_on": "2025-08-31"}
    made: Any = program.post(where, {**body, "guarantee": due})
    assert made.status_code == 201
    [found] = program.json(f"{where}?as_of=2025-09-01")["items"]
    assert (found["eligible_value"], found["uncounted"]) == ("0.00", "not_accepted")
    assert (found["bound_until"], found["act"]) == ("2026-02-28", "demand_from_guarantor")
