"""Finding a buyer by what a person types, inside one tenant only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.ledgers import Doc, Importer
from xindun.kit.tenancy import tenant_scope
from xindun.record.parties import reads

NAMES = [
    "重庆钢铁贸易有限公司",
    "北京华信科技有限公司",
    "Acme Trading Ltd",
    "华信 Huaxin GmbH",
    "100% Öl AG",
]


@pytest.fixture
def tenant(db: None, tmp_path: Path, settings: Any) -> int:
    settings.XINDUN_HOME = tmp_path
    importer = Importer(new_tenant("Seller"))
    importer.take(
        *(Doc(f"A-{n}", buyer=f"K{n}", name=name) for n, name in enumerate(NAMES)),
    )
    return importer.tenant_id


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("华信", {"北京华信科技有限公司", "华信 Huaxin GmbH"}),
        ("HUAXIN", {"北京华信科技有限公司", "华信 Huaxin GmbH"}),
        ("bjhx", {"北京华信科技有限公司"}),
        ("chong qing", {"重庆钢铁贸易有限公司"}),
        ("acme  trading", {"Acme Trading Ltd"}),
        ("k2", {"Acme Trading Ltd"}),
        ("100%", {"100% Öl AG"}),
        ("_", set()),
        ("nobody", set()),
    ],
)
def test_a_buyer_is_found(tenant: int, question: str, found: set[str]) -> None:
    with tenant_scope(tenant):
        page = reads.search_buyers(question)
        ids = reads.matching_ids(question)
    assert {row.name for row in page.rows} == found
    assert page.total == len(found) == len(ids)


def test_an_empty_question_lists_everybody_by_pinyin(tenant: int) -> None:
    with tenant_scope(tenant):
        names = [row.name for row in reads.search_buyers().rows]
        pages = [reads.search_buyers(limit=2, offset=n).rows for n in (0, 2, 4)]
    assert names == [NAMES[4], NAMES[2], NAMES[1], NAMES[0], NAMES[3]]
    assert [row.name for page in pages for row in page] == names


def test_a_page_past_the_end_still_counts(tenant: int) -> None:
    with tenant_scope(tenant):
        page = reads.search_buyers("华信", offset=10)
    assert (page.rows, page.total) == ((), 2)


def test_another_tenant_finds_nothing(tenant: int) -> None:
    with tenant_scope(new_tenant("Another")):
        assert reads.search_buyers("华信").total == 0
