"""Statements through the API: in their unit, refused with both sums, ratios with reasons."""

from __future__ import annotations

from typing import Any

from tests.contexts.receivables.ledgers import START
from tests.edges.api.conftest import Program
from tests.edges.api.test_company_file import opened, send
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import reads as parties
from xindun.record.parties.actions import match_buyer, open_party
from xindun.record.tenants.reads import machine_actor

FIGURES = {
    "current_assets": "45",
    "total_assets": "100",
    "current_liabilities": "30",
    "total_liabilities": "60",
    "equity": "40",
    "retained_earnings": "15",
    "ebit": "9",
    "sales": "120",
    "net_income": "5",
}
BODY: dict[str, Any] = {
    "ends_on": "2024-12-31",
    "standard": "cas",
    "scope": "single",
    "currency": "CNY",
    "unit": 10_000,
    "source": "filed accounts",
    "figures": FIGURES,
}


def test_a_statement_goes_in_by_its_unit_and_comes_out_as_ratios(program: Program) -> None:
    customer = program.json("customers?limit=1")["items"][0]["id"]
    where = f"customers/{customer}/statements"
    assert program.json(where) == {"items": []}
    early: Any = program.post(where, BODY)
    assert (early.status_code, early.json()["code"]) == (409, "no_company_file")
    actor = machine_actor("system:test")
    with tenant_scope(program.tenant_id):
        buyer = parties.buyer(customer)
        party = open_party(actor, buyer.name, buyer.country, now=START)
        match_buyer(actor, buyer.public_id, party.public_id, {}, now=START)
    none: Any = program.get(f"customers/{customer}/ratios")
    assert (none.status_code, none.json()["code"]) == (404, "no_statement_yet")

    off: Any = program.post(where, BODY | {"figures": FIGURES | {"equity": "38"}})
    assert (off.status_code, off.json()["code"]) == (422, "statement_unbalanced")
    assert (off.json()["params"]["left"], off.json()["params"]["right"]) == ("1000000", "980000")
    unstated: Any = program.post(where, {k: v for k, v in BODY.items() if k != "unit"})
    assert unstated.json()["errors"][0]["pointer"] == "#/unit"
    assert program.json(where) == {"items": []}

    made: Any = program.post(where, BODY)
    assert made.status_code == 201, made.content
    [shown] = program.json(where)["items"]
    assert shown == made.json()
    assert (shown["version"], shown["starts_on"], shown["unit"]) == (1, "2024-01-01", 10_000)
    assert shown["figures"]["total_assets"] == "1000000.0000"
    assert program.json(f"{where}?as_of=2024-12-30") == {"items": []}

    found = program.json(f"customers/{customer}/ratios")
    ratios = {each["code"]: each for each in found["ratios"]}
    models = {each["code"]: each for each in found["models"]}
    assert ratios["current_ratio"]["value"] == "1.5"
    assert ratios["cash_ratio"]["why_not"] == {"code": "missing_line", "lines": ["cash"]}
    assert models["altman_z2"]["zone"] == "safe"
    assert models["altman_z2"]["score"] == "2.7778"
    assert models["zmijewski"]["authors_probability"] == "0.125433"
    assert models["ohlson"]["why_not"]["ohlson_size"]["lines"] == ["usd_rate"]


def test_a_statement_file_is_recorded_whole_or_not_at_all(program: Program) -> None:
    where = opened(program)
    sheet = (
        "项目,期末余额,年初余额\n资产总计,1000,900\n负债合计,600,560\n所有者权益合计,400,340\n"
    ).encode()
    stated = {"unit": "10000", "currency": "cny", "standard": "cas", "scope": "single"}

    def sent(content: bytes = sheet, **more: str) -> Any:
        return send(program, f"{where}/statements/file", ("报表.csv", content), **stated, **more)

    undated = sent()
    assert (undated.status_code, undated.json()["code"]) == (422, "closing_day_missing")
    off = sent(sheet.replace(b"340", b"380"), ends_on="2023-12-31")
    assert (off.status_code, off.json()["code"]) == (422, "statement_unbalanced")
    assert sent(b"a,b\n1,2\n", ends_on="2023-12-31").json()["code"] == "no_statement_found"
    guessed: Any = send(program, f"{where}/statements/file", ("a.csv", sheet))
    assert guessed.status_code == 422
    assert {each["pointer"] for each in guessed.json()["errors"]} >= {"#/unit", "#/currency"}
    assert program.json(f"{where}/statements") == {"items": []}
    assert program.json(f"{where}/files")["items"] == []

    made = sent(ends_on="2023-12-31")
    assert made.status_code == 201, made.content
    found = made.json()["items"]
    assert [(each["ends_on"], each["figures"]["total_assets"]) for each in found] == [
        ("2023-12-31", "10000000.0000"),
        ("2022-12-31", "9000000.0000"),
    ]
    [kept] = program.json(f"{where}/files")["items"]
    assert kept["kind"] == "statement"
    assert {each["document_sha256"] for each in found} == {kept["sha256"]}
    assert program.json(f"{where}/statements")["items"] == found
