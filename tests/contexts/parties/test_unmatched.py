"""Buyers without a company get candidates by a job; people accept and reject them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contexts.parties.conftest import Load
from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import START, Doc, Importer
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.reads import records_of
from xindun.record.evidence.values import Subject
from xindun.record.parties import actions, reads, tasks
from xindun.record.parties.values import Band, RegisterRow
from xindun.record.tenants.values import Actor, NotPermitted, Permission

LEI = "213800KUD8LAJWSQ9D15"
ROWS = [
    RegisterRow("1", "Brightwater Trading Ltd", "GB"),
    RegisterRow("2", "Brightwater Trading SA", "FR"),
    RegisterRow("3", "Müller Øresund AG", "DE", identifiers=(("lei", LEI),)),
]
ACTOR = Actor("user:analyst", frozenset({Permission.FILES_READ, Permission.FILES_CHANGE}))


@pytest.fixture(scope="module", autouse=True)
def register(load: Load) -> None:
    load(ROWS)


@pytest.fixture
def tenant(db: None, tmp_path: Path, settings: Any) -> int:
    settings.XINDUN_HOME = tmp_path
    importer = Importer(new_tenant("Seller"))
    importer.take(
        Doc("A-1", buyer="K1", name="BRIGHTWATER TRADING"),
        Doc("A-2", buyer="K2", name="Nobody Knows Whom"),
        Doc("A-3", buyer=LEI, name="Oresund shipping and more"),
    )
    return importer.tenant_id


def listed() -> dict[str, tuple[str | None, Band | None]]:
    """Buyer → its best candidate and band."""
    return {
        each.buyer.name: (each.best.name, each.best.comparison.band) if each.best else (None, None)
        for each in reads.unmatched_page().rows
    }


def test_candidates_are_prepared_accepted_and_rejected(
    tenant: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xindun.record.parties.actions.unmatched.BATCH", 2)
    with tenant_scope(tenant):
        assert reads.preparation() == (0, 3)
        tasks.prepare(tenant)
        assert reads.preparation() == (3, 3)
        assert listed() == {
            "Oresund shipping and more": (ROWS[2].name, Band.SAME),  # its key is the LEI
            "BRIGHTWATER TRADING": (ROWS[0].name, Band.SAME),
            "Nobody Knows Whom": (None, None),
        }
        by_name = {each.buyer.name: each for each in reads.iter_unmatched(sort="name")}
        buyer = by_name["BRIGHTWATER TRADING"].buyer
        assert [each.buyer.id for each in reads.iter_unmatched("bright")] == [buyer.id]
        assert reads.unmatched_page(band=Band.CHECK).total == 0

        reader = Actor("user:reader", frozenset({Permission.FILES_READ}))
        for verb in (actions.accept_suggestion, actions.reject_suggestion):
            with pytest.raises(NotPermitted):
                verb(reader, buyer.public_id, now=START)
        actions.reject_suggestion(ACTOR, buyer.public_id, now=START)
        [rejected] = records_of(Subject("buyer", str(buyer.public_id)))
        assert (rejected.kind, rejected.inputs["name"]) == ("match_rejected", "equal")
        assert listed()[buyer.name][0] == ROWS[1].name, "the next best takes its place"
        tasks.prepare(tenant)
        assert listed()[buyer.name][0] == ROWS[1].name, "and is not forgotten"

        actions.accept_suggestion(ACTOR, buyer.public_id, now=START)
        party = reads.party_of(buyer.id)
        assert party is not None
        assert party.name == ROWS[1].name
        assert buyer.name not in listed()
        nobody = by_name["Nobody Knows Whom"].buyer
        for one in (buyer, nobody):
            with pytest.raises(actions.NoSuggestion):
                actions.accept_suggestion(ACTOR, one.public_id, now=START)
        assert reads.party_of(nobody.id) is None
