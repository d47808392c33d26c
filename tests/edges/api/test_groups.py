"""The group of a customer through the API, with and without the scope for money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.contexts.receivables.ledgers import START
from tests.edges.api.conftest import Program, make_key
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import actions
from xindun.record.parties.values import NewOwnership, OtherCompany
from xindun.record.tenants.reads import machine_actor
from xindun.record.tenants.values import Permission


def test_a_program_reads_a_group_and_what_it_owes(program: Program) -> None:
    first, second = [row["id"] for row in program.json("customers?limit=2")["items"]]
    refused: Any = program.get(f"customers/{first}/group")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_company_file")
    actor, day = machine_actor("system:test"), date(2025, 1, 31)
    with tenant_scope(program.tenant_id):
        child, parent = (actions.match_by_hand(actor, each, now=START) for each in (first, second))
        share = NewOwnership(Decimal("75.5"), "shareholder list", day)
        actions.state_ownership(actor, child.public_id, parent.public_id, share, now=START)
        other = OtherCompany(name="Fresh Works")
        actions.state_share_with(actor, child.public_id, other, share, other_owns=False, now=START)
    group = program.json(f"customers/{first}/group")
    assert program.json(f"customers/{second}/group") == {**group, "customer": second}
    assert (group["head"]["file"], group["head"]["company"]) == (str(parent.public_id), None)
    assert (group["contested"], group["circular"]) == ([], False)
    members = {each["name"]: each for each in group["members"]}
    assert [len(each["path"]) for each in group["members"]] == [0, 1, 2]
    assert members["Fresh Works"]["share"] == "75.5"
    assert (members["Fresh Works"]["customers"], members["Fresh Works"]["owed"]) == ([], [])
    assert members[child.name]["customers"] == [first]
    assert members[child.name]["path"] == [
        {
            "parent": parent.name,
            "percent": "75.5",
            "kind": "",
            "source": "shareholder list",
            "as_of": "2025-01-31",
            "starts_on": None,
            "ends_on": None,
        }
    ]
    sums: dict[str, Decimal] = {}
    for each in group["members"]:
        for owed in each["owed"]:
            sums.setdefault(owed["currency"], Decimal(0))
            sums[owed["currency"]] += max(Decimal(owed["amount"]), Decimal(0))
    assert sums
    assert {each["currency"]: Decimal(each["amount"]) for each in group["totals"]} == sums
    alone = program.json(f"customers/{first}/group?as_of=2025-01-30")
    assert [each["name"] for each in alone["members"]] == [child.name]

    token = make_key(program.tenant_id, frozenset({Permission.FILES_READ}))
    holder = Program(program.tenant_id, program.mark, token)
    structure = holder.json(f"customers/{first}/group")
    assert structure["totals"] is None
    assert {each["owed"] for each in structure["members"]} == {None}
