"""Hits and checklists through the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.contexts.receivables.ledgers import START
from tests.edges.api.conftest import Program
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import reads as parties
from xindun.record.parties.actions import match_buyer, open_party
from xindun.record.screening import actions
from xindun.record.screening.values import (
    Entry,
    EntryKind,
    EntryName,
    ListCode,
    Occasion,
    ReadList,
)
from xindun.record.tenants.reads import machine_actor


def test_a_program_reads_hits_and_whether_a_customer_passes(program: Program) -> None:
    customer = program.json("customers?limit=1")["items"][0]["id"]
    early = program.json(f"customers/{customer}/checks")
    assert (early["state"], early["passes"], early["standing"]) == ("not_started", False, None)
    assert program.json("screening/hits") == {"next": None, "items": []}
    actor = machine_actor("system:test")
    with tenant_scope(program.tenant_id):
        party = open_party(actor, "Sample Northwind Works", "DE", now=START)
        match_buyer(actor, parties.buyer(customer).public_id, party.public_id, {}, now=START)
        entries = tuple(
            Entry(key, EntryKind.COMPANY, (EntryName(name),))
            for key, name in (("W1", "SAMPLE NORTHWIND WORKS"), ("W2", "Sample Northwind Work"))
        )
        actions.load_watch(actor, ReadList(ListCode.WATCH, None, "0" * 64, entries), now=START)
        actions.screen(actor, party.public_id, Occasion.ORDER, now=START)
    first = program.json("screening/hits?limit=1&state=open")
    rest = program.json(first["next"].removeprefix("/api/v1/"))
    hits = [*first["items"], *rest["items"]]
    assert sorted(hit["entry"] for hit in hits) == ["W1", "W2"]
    assert rest["next"] is None
    [same] = [hit for hit in hits if hit["entry"] == "W1"]
    assert (same["points"], same["state"], same["list_code"]) == (100, "open", "watch")
    assert program.json(f"screening/hits/{same['id']}") == same
    missing: Any = program.get(f"screening/hits/{uuid4()}")
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_hit")
    checks = program.json(f"customers/{customer}/checks?amount=10")
    assert (checks["state"], checks["passes"], checks["standing"]) == ("missing", False, "open")
    found = {line["item"]: (line["state"], line["why"]) for line in checks["items"]}
    assert found["screening"] == ("refused", "hit_open")
    assert found["bank"] == ("not_needed", "below_amount")
