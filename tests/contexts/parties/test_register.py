"""A register is taken in once and again, and its companies are found. All names are synthetic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.contexts.parties.conftest import Load
from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import START, Doc, Importer
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import actions, reads
from xindun.record.parties.actions import identifiers
from xindun.record.parties.rules.search import MOST_FOUND
from xindun.record.parties.values import Band, Loaded, RegisterLink, RegisterRow
from xindun.record.tenants.values import Actor, Permission

ROWS = [
    RegisterRow(
        "1",
        "北京华信科技股份有限公司",
        "CN",
        ("Beijing Huaxin Technology Co., Ltd.",),
        identifiers=(("uscc", "91110000600037341L"),),
    ),
    RegisterRow("2", "重慶鋼鐵貿易有限公司", "CN"),
    RegisterRow("3", "Société Générale de Vannerie SARL", "FR", city="Lille"),
    RegisterRow("4", "Kowalski i Synowie Sp. z o.o.", "PL"),
    RegisterRow("5", "Brightwater Holdings PLC", "GB"),
    RegisterRow("6", "Brightwater Trading Ltd", "GB"),
    RegisterRow("7", "Müller Øresund AG", "DE", identifiers=(("lei", "213800KUD8LAJWSQ9D15"),)),
]
LINK = RegisterLink("6", "5", "IS_DIRECTLY_CONSOLIDATED_BY")


RENAMED = replace(ROWS[3], name="Nowak i Synowie Sp. z o.o.")
COMMON = [RegisterRow(f"common-{n}", "Evergreen Shipping Lines", "TW") for n in range(MOST_FOUND)]
RARE = RegisterRow("rare", "Evergreen Shipping Lines", "FO")


@pytest.fixture(scope="module", autouse=True)
def loads(load: Load) -> list[Loaded]:
    """What came of one load after the other; the last is refused in its middle."""

    def broken() -> Any:
        yield RegisterRow("8", "Halfway Ltd", "GB")
        raise RuntimeError("the file ends")

    done = [load(ROWS, [LINK]), load(ROWS, [LINK]), load([*ROWS, ROWS[3], RENAMED])]
    with pytest.raises(RuntimeError):
        load(broken())
    load([*COMMON, RARE])
    return done


def names(question: str, **narrowed: Any) -> list[str]:
    return [hit.entity.name for hit in reads.search_entities(question, **narrowed)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("华信", ROWS[0].name),
        ("華信", ROWS[0].name),
        ("huaxin", ROWS[0].name),
        ("hua xin", ROWS[0].name),
        ("bjhx", ROWS[0].name),
        ("beijing huaxin tech", ROWS[0].name),
        ("91110000600037341l", ROWS[0].name),
        ("911100", ROWS[0].name),
        ("重庆钢铁", ROWS[1].name),
        ("chongqing", ROWS[1].name),
        ("societe generale", ROWS[2].name),
        ("vanerie", ROWS[2].name),
        ("NOWAK", RENAMED.name),
        ("nowac i synowie", RENAMED.name),
        ("Brightwater Holdings", ROWS[4].name),
        ("brightwater tr", ROWS[5].name),
        ("muller oresund", ROWS[6].name),
        ("2138 00KU D8LA JWSQ 9D15", ROWS[6].name),
    ],
)
def test_a_company_is_found_first(question: str, first: str) -> None:
    assert names(question)[0] == first


@pytest.mark.django_db
def test_a_question_without_a_fitting_name_finds_nothing() -> None:
    assert [names(question) for question in ("", "  ", "zzzzqq", "%", "'; --", "\x00")] == [[]] * 6
    assert names("brightwater", country="CN") == []
    assert len(names("brightwater", country="GB", limit=1)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["evergreen shipping lines", "shipping", "evergren"])
def test_a_country_is_found_behind_as_many_of_its_name_as_a_search_reads(question: str) -> None:
    hits = reads.search_entities(question, country="FO", limit=1)
    assert [(hit.entity.name, hit.entity.country) for hit in hits] == [(RARE.name, "FO")]
    assert {hit.entity.country for hit in reads.search_entities(question)} == {"TW"}


@pytest.mark.django_db
def test_the_register_tells_numbers_and_refuses_to_be_written() -> None:
    found = reads.search_entities("muller")[0].entity
    assert [(each.scheme, each.value) for each in reads.entity_identifiers(found.id)] == [
        ("lei", "213800KUD8LAJWSQ9D15")
    ]
    assert reads.entity(found.public_id) == found
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("update parties_legal_entity set name = 'mine'")


@pytest.mark.django_db
def test_a_repeated_load_writes_only_what_changed(loads: list[Loaded]) -> None:
    assert loads == [Loaded(7, 0, 0, 1), Loaded(0, 0, 7, 1), Loaded(0, 1, 8, 0)]
    assert names("nowak") == [RENAMED.name]
    with connection.cursor() as cursor:
        cursor.execute(
            "select gram, count(*) from parties_legal_entity, unnest(grams) as gram group by gram"
            " except select gram, entities from parties_gram where entities > 0"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_a_load_that_breaks_leaves_nothing_behind() -> None:
    assert names("halfway") == []


ACTOR = Actor("user:analyst", frozenset({Permission.FILES_READ, Permission.FILES_CHANGE}))


@pytest.mark.django_db
def test_a_buyer_becomes_a_company_when_somebody_says_so(tmp_path: Path, settings: Any) -> None:
    settings.XINDUN_HOME = tmp_path
    importer = Importer(new_tenant("Seller"))
    importer.take(
        Doc("A-1", buyer="K1", name="MUELLER OERESUND"),
        Doc("A-2", buyer="K2", name="Muller Øresund"),
    )
    with tenant_scope(importer.tenant_id):
        odd, buyer = (each for each in reads.search_buyers().rows)
        best = reads.candidates(buyer.public_id)[0]
        assert (best.name, best.is_party, best.comparison.band) == (ROWS[6].name, False, Band.SAME)
        assert reads.party_of(buyer.id) is None
        party = actions.match_to_entity(ACTOR, buyer.public_id, best.public_id, now=START)
        assert reads.party_of(buyer.id) == party
        assert [each.value for each in reads.identifiers_of(party.id)] == ["213800KUD8LAJWSQ9D15"]
        own = reads.candidates(odd.public_id)[0]
        assert (own.is_party, own.public_id) == (True, party.public_id)
        actions.match_to_party(ACTOR, odd.public_id, party.public_id, now=START)
        assert len(reads.buyers_of(party.id)) == 2
        actions.unmatch_buyer(ACTOR, odd.public_id, now=START)
        assert reads.buyers_of(party.id) == (buyer,)
        hand = actions.match_by_hand(ACTOR, odd.public_id, now=START)
        with pytest.raises(identifiers.IdentifierTaken):
            actions.state_identifier(
                ACTOR, hand.public_id, "lei", "213800KUD8LAJWSQ9D15", source="x", now=START
            )


@pytest.mark.django_db
def test_a_prospect_is_a_buyer_that_no_ledger_has_named() -> None:
    with tenant_scope(new_tenant("Seller")):
        entity = reads.search_entities("brightwater holdings")[0].entity
        first = actions.open_prospect(ACTOR, entity.public_id, now=START)
        assert (first.source, first.name) == ("prospect", ROWS[4].name)
        assert actions.open_prospect(ACTOR, entity.public_id, now=START) == first
        assert reads.search_buyers().total == 1
