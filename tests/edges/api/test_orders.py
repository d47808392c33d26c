"""The gate through the API: decided once, told step by step, and silent towards a shop."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.contexts.limits.granting import grant
from tests.edges.api.conftest import Program
from tests.edges.api.pages import run_page
from tests.unit.control.gate.cases import policy
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import reads as parties
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import machine_actor
from xindun.record.tenants.values import Permission

EUR = {"currency": "EUR"}
PAID = {"amount": "600", "cleared_on": "2025-06-30", "reference": "BANK-1"}


@pytest.fixture(autouse=True)
def limits_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy of limits alone; the built-in one would hold these customers for more."""
    monkeypatch.setattr(
        "xindun.control.gate.actions.gathering.policy_in_force", lambda **_at: policy()
    )


def with_limit(program: Program, amount: str) -> str:
    """A customer whose granted limit is what it owes and ``amount`` more."""
    customer: str = program.json("customers?limit=1")["items"][0]["id"]
    with tenant_scope(program.tenant_id):
        buyer = parties.buyer(customer)  # type: ignore[arg-type]
        grant(buyer.id, "1000000", at=datetime.now(UTC))
    asked: Any = program.post(
        "credit-checks",
        {"customer": customer, "reserve": False, "order": {**EUR, "number": "?", "amount": "0.01"}},
    )
    assert asked.status_code == 201, asked.content
    owed = Decimal(asked.json()["exposure"]) - Decimal("0.01")
    with tenant_scope(program.tenant_id):
        grant(buyer.id, str(owed + Decimal(amount)), at=datetime.now(UTC))
    return customer


def order(number: str, amount: str, **more: Any) -> dict[str, Any]:
    return {**EUR, "number": number, "amount": amount, **more}


def test_a_limit_is_spent_once_and_an_answer_says_why(program: Program) -> None:
    customer = with_limit(program, "1000")
    body = {"customer": customer, "order": order("A-1", "600")}
    first: Any = program.post("credit-checks", body, key="k1")
    again: Any = program.post("credit-checks", body, key="k1")
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    second: Any = program.post("credit-checks", {**body, "order": order("A-2", "600")})
    said = second.json()
    limits = {x["code"]: x for x in said["lines"] if x["code"].endswith("_limit")}
    assert (first.json()["outcome"], said["outcome"]) == ("release", "hold")
    assert limits["dynamic_limit"]["passed"] is False
    assert limits["dynamic_limit"]["text"].startswith("With this order, the buyer would owe")
    assert said["remedies"][0] == {**EUR, "kind": "prepayment", "amount": "200.00", "days": None}
    assert program.json(f"credit-checks/{said['id']}") == said
    listed = program.json(f"customers/{customer}/credit-checks?limit=1")
    assert (listed["items"], bool(listed["next"])) == ([said], True)


def test_an_order_is_told_step_by_step(program: Program) -> None:
    customer = with_limit(program, "1000")
    body = {"customer": customer, "order": order("A-1", "600", prepayments=[PAID])}
    made: Any = program.post("credit-checks", body)
    assert (made.json()["outcome"], made.json()["binding"]) == ("release", "prepaid")
    where = f"orders/{made.json()['order']}"
    assert program.json(where)["state"] == "reserved"
    confirmed: Any = program.post(f"{where}/confirm")
    assert (confirmed.json()["state"], confirmed.json()["reserved_until"]) == ("confirmed", None)
    part = {"number": "D-1", "amount": "600.00", "happened_on": "2025-06-30"}
    assert program.post(f"{where}/deliveries", part).status_code == 201
    told: Any = program.post(f"{where}/invoices", part)
    assert (told.json()["invoiced"], told.json()["not_in_ledger"]) == ("600.00", "600.00")
    other: Any = program.post(f"{where}/invoices", {**part, "amount": "599.00"})
    assert (other.status_code, other.json()["code"]) == (409, "order_part_differs")
    assert program.post(f"{where}/close").json()["state"] == "closed"  # type: ignore[attr-defined]
    late: Any = program.post(f"{where}/confirm")
    assert (late.status_code, late.json()["code"]) == (409, "wrong_order_step")
    bad: Any = program.post("credit-checks", {**body, "order": order("A-3", "1.001")})
    assert (bad.status_code, bad.json()["params"]["field"]) == (422, "amount")
    assert [x["number"] for x in program.json(f"customers/{customer}/orders")["items"]] == ["A-1"]
    unknown: Any = program.get("orders/0190a5a0-0000-7000-8000-000000000000")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_order")


def test_the_tutorial_does_what_it_says(
    program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    customer = program.json(f"customers/{with_limit(program, '1000')}")
    monkeypatch.setenv("CUSTOMER", customer["number"])
    blocks, _names = run_page("tutorial/gate-before-your-erp.md", program, monkeypatch)
    assert blocks == 9
    said = capsys.readouterr().out.splitlines()
    assert said[0] == customer["name"]
    assert "release room left 400.00 EUR" in said
    assert "or: prepayment 200.00" in said
    assert "confirmed None" in said
    assert "delivered 400.00 not in the ledger yet 400.00" in said
    assert said[-4:] == ["release", "['SO-3']", "held released 0.00", "release prepaid"]


def test_a_shop_gets_a_code_and_nothing_else(program: Program) -> None:
    customer = with_limit(program, "1000")
    with tenant_scope(program.tenant_id):
        key = tenants.create_key(
            machine_actor("system:test"),
            name="shop",
            scopes=frozenset({Permission.ORDERS_CHECKOUT}),
            now=datetime.now(UTC),
        )
    shop = Program(program.tenant_id, program.mark, key.token)
    body = {"customer": customer, "order": order("S-1", "99999999")}
    answer: Any = shop.post("checkout-checks", body)
    assert answer.status_code == 201
    assert answer.json().keys() == {"code", "reference"}
    assert answer.json()["code"] == "in_review"
    for path in (
        f"credit-checks/{answer.json()['reference']}",
        f"customers/{customer}/orders",
        f"customers/{customer}/limits",
        f"customers/{customer}/grades",
        "held-orders",
    ):
        assert shop.get(path).status_code == 403, path
    assert shop.post("credit-checks", body).status_code == 403
    [held] = program.json("held-orders")["items"]
    assert (held["order_number"], held["customer"]) == ("S-1", customer)
