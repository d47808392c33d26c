"""Groups: a register's links and the tenant's own shares together. All names are synthetic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.contexts.parties.conftest import Load
from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import START, Doc, Importer
from tests.contexts.tenants.conftest import NOW, open_firm
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import actions, reads
from xindun.record.parties.rules.ownership import SharesAboveWhole
from xindun.record.parties.values import (
    Group,
    NewOwnership,
    PartyValue,
    RegisterLink,
    RegisterRow,
)
from xindun.record.tenants.actions import approve
from xindun.record.tenants.values import Actor, Permission, Role

ACTOR = Actor("user:analyst", frozenset({Permission.FILES_READ, Permission.FILES_CHANGE}))
DAY, DIRECT = date(2025, 6, 30), "IS_DIRECTLY_CONSOLIDATED_BY"
ULTIMATE = "IS_ULTIMATELY_CONSOLIDATED_BY"
NAMES = {"TOP": "Brightwater SE", "MID": "Brightwater Europe AG", "SUB": "Brightwater Foods GmbH"}
LINKS = [
    RegisterLink("SUB", "MID", DIRECT),
    RegisterLink("MID", "TOP", DIRECT),
    RegisterLink("SUB", "TOP", ULTIMATE),
    RegisterLink("SUB", "UNKNOWN", DIRECT, starts_on=date(2019, 1, 1), ends_on=date(2021, 1, 1)),
    RegisterLink("SUB", "MANAGER", "IS_FUND-MANAGED_BY"),
]


@pytest.fixture(scope="module", autouse=True)
def _register(load: Load) -> None:
    load([RegisterRow(key, name, "DE") for key, name in NAMES.items()], LINKS)


def adopted(name: str) -> PartyValue:
    [hit] = [hit for hit in reads.search_entities(name) if hit.entity.name == name]
    return actions.adopt_entity(ACTOR, hit.entity.public_id, now=START)


def opened(name: str) -> PartyValue:
    return actions.open_party(ACTOR, name, "DE", now=START)


def owns(parent: PartyValue, child: PartyValue, percent: str) -> None:
    share = NewOwnership(Decimal(percent), "shareholder list", date(2024, 1, 1))
    actions.state_ownership(ACTOR, child.public_id, parent.public_id, share, now=START)


def group_of(party: PartyValue, **asked: Any) -> Group:
    return reads.group_of(party.id, **({"as_of": DAY, "known_at": timezone.now()} | asked))


def shape(group: Group) -> list[tuple[str, list[str]]]:
    """Each member with the sources of the links down to it."""
    return [(each.company.name, [link.source for link in each.path]) for each in group.members]


@pytest.mark.django_db
def test_a_group_joins_the_register_and_the_tenants_own_shares() -> None:
    with tenant_scope(new_tenant("Seller")):
        sub, shop, stall = adopted(NAMES["SUB"]), opened("Shop"), opened("Stall")
        owns(sub, shop, "30")
        owns(shop, stall, "60")
        assert shape(group_of(shop)) == [("Shop", []), ("Stall", ["shareholder list"])]
        mid = adopted(NAMES["MID"])
        owns(mid, shop, "20.0001")
        group = group_of(stall)
        own = "shareholder list"
        assert shape(group) == [
            (NAMES["TOP"], []),
            (NAMES["MID"], ["synthetic"]),
            (NAMES["SUB"], ["synthetic"] * 2),
            ("Shop", ["synthetic", own]),
            ("Stall", ["synthetic", own, own]),
        ]
        assert [each.share for each in group.members] == [
            *(None, None, None),
            *(Decimal("50.0001"), Decimal(60)),
        ]
        assert (group.head.party, group.head.country) == (None, "DE")
        assert group.members[1].company.party == mid
        assert (group.contested, group.circular) == ((), False)
        for party in (sub, shop, mid):
            assert group_of(party) == group
        with CaptureQueriesContext(
            connection,
        ) as asked:
            group_of(stall)
        assert len(asked) == 5
        # Before the source of the shares, and as was known before they were recorded.
        for earlier in ({"as_of": date(2023, 12, 31)}, {"known_at": START}):
            assert shape(group_of(shop, **earlier)) == [("Shop", [])]
        assert group_of(sub, as_of=date(2020, 6, 1)).contested[0].name == "UNKNOWN"


@pytest.mark.django_db
def test_a_group_of_one_and_another_tenants_shares() -> None:
    importer = Importer(new_tenant("Seller"))
    importer.take(Doc("I-1"), Doc("I-2", buyer="Second"), Doc("I-3", buyer="Third"))
    with tenant_scope(importer.tenant_id):
        alone, parent = opened("Alone"), opened("Parent")
        assert shape(group_of(alone)) == [("Alone", [])]
        buyers = reads.search_buyers().rows
        actions.match_buyer(ACTOR, buyers[0].public_id, alone.public_id, {}, now=START)
        top = adopted(NAMES["SUB"])
        actions.match_buyer(ACTOR, buyers[1].public_id, top.public_id, {}, now=START)
        asked = {"as_of": DAY, "known_at": timezone.now()}

        def heads() -> dict[int, str]:
            asked["known_at"] = timezone.now()
            found = reads.groups_of_buyers([each.id for each in buyers], **asked)
            return {buyer: company.name for buyer, company in found.items()}

        assert heads() == {buyers[0].id: "Alone", buyers[1].id: NAMES["TOP"]}
        owns(parent, alone, "51")
        owns(alone, parent, "51")
        assert heads()[buyers[0].id] == "Alone"
        assert group_of(alone).circular
        assert group_of(parent) == group_of(alone)
    with tenant_scope(new_tenant("Another")):
        assert shape(group_of(adopted(NAMES["TOP"]))) == [
            (NAMES["TOP"], []),
            (NAMES["MID"], ["synthetic"]),
            (NAMES["SUB"], ["synthetic"] * 2),
        ]


@pytest.mark.django_db
def test_merged_files_are_one_company_of_a_group_and_apart_again_when_undone() -> None:
    firm = open_firm()
    firm.joins("anna", Role.ANALYST)
    olga, anna = firm.actor("olga"), firm.actor("anna")
    with tenant_scope(firm.tenant.id):
        parent, twin, twin_again, shop = map(opened, ("Parent", "Twin Co", "Twin", "Shop"))
        owns(parent, twin, "60")
        owns(twin_again, shop, "60")
        before = group_of(shop), group_of(twin)
        assert [shape(each)[0][0] for each in before] == ["Twin", "Parent"]
        ids = (twin.public_id, twin_again.public_id)
        asked = actions.propose_merge(anna, *ids, reason="one licence", now=NOW)
        approve(olga, asked.public_id, now=NOW)
        source = "shareholder list"
        assert shape(group_of(shop)) == [
            ("Parent", []),
            ("Twin", [source]),
            ("Shop", [source, source]),
        ]
        assert group_of(shop) == group_of(twin)
        [held] = [
            each
            for each in reads.ownerships_of(twin_again.id, known_at=timezone.now())
            if each.child_id == twin_again.id
        ]
        with pytest.raises(SharesAboveWhole):
            owns(opened("Other"), twin_again, "41")
        corrected = NewOwnership(Decimal(70), source, date(2024, 1, 1))
        actions.correct_ownership(ACTOR, held.link, corrected, now=NOW)
        actions.undo_merge(olga, twin.public_id, reason="two licences", now=NOW)
        # The correction stays with the file that the share was recorded on.
        assert reads.ownership(held.link).child_id == twin.id
        assert group_of(shop) == before[0]
        assert [each.share for each in group_of(twin).members] == [None, Decimal(70)]
