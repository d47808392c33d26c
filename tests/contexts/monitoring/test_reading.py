"""Lists, filters, pages, exports and the credit file of one buyer."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.contexts.monitoring.portfolio import DAY, Console
from tests.contexts.receivables.ledgers import Doc
from xindun.control.monitoring import models, reads
from xindun.control.monitoring.reads import buyers as buyer_reads
from xindun.control.monitoring.reads.buyers import UnknownSort
from xindun.control.monitoring.values import SORTS, BuyerFilters, BuyerRow
from xindun.kit.tenancy import TenantScopeMissing, tenant_scope


@pytest.fixture
def prepared(console: Console) -> Console:
    console.run()
    return console


def value_of(row: BuyerRow, column: str) -> object:
    buckets = {
        name: bucket.amount
        for (name, _), bucket in zip(buyer_reads.BUCKET_COLUMNS, row.buckets, strict=True)
    }
    return buckets[column] if column in buckets else getattr(row, column)


def test_every_column_sorts_both_ways_with_the_unknown_last(prepared: Console) -> None:
    for column in SORTS:
        if column == "name":
            continue  # by pinyin: its own test
        up = [value_of(row, column) for row in prepared.ask("buyers_page", sort=column).rows]
        down = [
            value_of(row, column) for row in prepared.ask("buyers_page", sort=f"-{column}").rows
        ]
        known = sorted(value for value in up if value is not None)
        unknown = [None] * (len(up) - len(known))
        assert up == known + unknown, column
        assert down == known[::-1] + unknown, column


def test_pages_and_exports_show_each_account_once_in_one_order(
    prepared: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buyer_reads, "BATCH", 2)
    for sort in (*SORTS, *(f"-{name}" for name in SORTS)):
        whole = list(prepared.ask("buyers_page", sort=sort).rows)
        assert len(whole) == 6
        for size in (1, 2, 4):
            pages = [
                row
                for page in range(1, -(-6 // size) + 1)
                for row in prepared.ask("buyers_page", sort=sort, page=page, size=size).rows
            ]
            assert pages == whole, (sort, size)
        assert prepared.ask("iter_buyers", sort=sort) == whole, sort


def test_every_order_is_read_from_an_index_and_never_sorted(prepared: Console) -> None:
    """What keeps a page of 100,000 accounts quick; tables of a test are too small to show it."""
    run = prepared.ask("current_run")
    with tenant_scope(prepared.tenant_id), connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_bitmapscan = off")
        # Sorting one row is cheap; that must not hide whether an index could give the order.
        cursor.execute("set local enable_sort = off")
        rows = models.BuyerSnapshot.objects.filter(tenant_id=run.tenant_id, run_id=run.number)
        for sort in SORTS:
            column = "sort_key" if sort == "name" else sort
            known = rows.filter(**{f"{column}__isnull": False})
            unknown = rows.filter(**{f"{column}__isnull": True})
            asked = [known.order_by(column, "id"), known.order_by(f"-{column}", "-id")]
            if models.BuyerSnapshot._meta.get_field(column).null:
                asked.append(unknown.order_by(column, "id"))
            for query in asked:
                plan = query.values_list("id", flat=True)[:50].explain()
                assert f"snapshot_by_{column}" in plan, plan
                assert "Sort" not in plan, plan


def test_names_sort_by_pinyin(prepared: Console) -> None:
    names = [row.name for row in prepared.ask("buyers_page", sort="name").rows]
    assert names == [
        "北京华信贸易有限公司",  # bei jing
        "Newcomer SA",
        "Prompt Ltd",
        "Tardy GmbH",
        "Zwei AG",
        "Zwei AG",
    ]


def test_a_buyer_is_found_in_both_scripts(prepared: Console) -> None:
    for question in ("华信", "huaxin", "bjhx", "HAN"):
        page = prepared.ask("buyers_page", BuyerFilters(query=question))
        assert [row.name for row in page.rows] == ["北京华信贸易有限公司"], question
        assert page.total == 1


FILTERS = [
    (BuyerFilters(currency="USD"), ["Zwei AG"]),
    (BuyerFilters(rated=False), ["Newcomer SA", "Zwei AG"]),
    (BuyerFilters(overdue_only=True), ["Tardy GmbH", "Zwei AG", "北京华信贸易有限公司"]),
    (BuyerFilters(min_days_overdue=50), ["Tardy GmbH", "Zwei AG"]),
    (BuyerFilters(grades=(1,)), ["Prompt Ltd"]),
    (BuyerFilters(over_limit_only=True, rated=True), ["Tardy GmbH", "北京华信贸易有限公司"]),
    (BuyerFilters(query="zwei", currency="EUR"), ["Zwei AG"]),
    (BuyerFilters(query="nobody"), []),
    (BuyerFilters(country="CN"), []),
]


def test_filters_narrow_list_and_export_alike(prepared: Console) -> None:
    for filters, names in FILTERS:
        page = prepared.ask("buyers_page", filters)
        assert sorted(row.name for row in page.rows) == names, filters
        assert page.total == len(names)
        assert sorted(row.name for row in prepared.ask("iter_buyers", filters)) == names


def test_a_page_outside_the_list_is_the_nearest_inside(prepared: Console) -> None:
    assert prepared.ask("buyers_page", page=99, size=4).page == 2
    assert prepared.ask("buyers_page", page=0, size=4).page == 1


def test_an_unknown_order_is_refused(prepared: Console) -> None:
    with pytest.raises(UnknownSort, match="cannot be sorted by row_hash"):
        prepared.ask("buyers_page", sort="-row_hash")


def test_an_export_outlives_the_scope_it_was_asked_in(prepared: Console) -> None:
    with tenant_scope(prepared.tenant_id):
        rows = reads.iter_buyers()
    assert len(list(rows)) == 6
    with pytest.raises(TenantScopeMissing):
        reads.iter_buyers()


def test_a_credit_file_explains_its_score(prepared: Console) -> None:
    slow = prepared.ask("buyers_page", sort="-open_total").rows[0]
    file = prepared.ask("buyer_file", slow.buyer_public_id)
    assert (file.name, file.stale, file.run.as_of) == ("Tardy GmbH", False, DAY)
    (account,) = file.accounts
    assert account.row == slow
    score = account.score
    assert score.grade == slow.grade == file.grade
    assert sum(reason.points for reason in score.reasons) == score.health_score
    assert all(change.reaches_grade < score.grade for change in score.counterfactuals)
    assert score.scale.direction == "1_is_best"
    formulas = {formula.code: formula for formula in account.recommendation.formulas}
    binding = formulas[account.recommendation.binding]
    assert binding.available
    assert account.recommendation.amount <= binding.amount
    assert all(formula.reason for formula in formulas.values() if not formula.available)
    assert account.behaviour["judged_items"] == 12
    assert [point.as_of for point in account.history] == [DAY]
    assert {action.code for action in file.actions} >= {"hold_orders", "review_limit"}


def test_a_buyers_grade_is_the_worst_of_its_accounts(prepared: Console) -> None:
    zwei = next(row for row in prepared.ask("iter_buyers") if row.name == "Zwei AG")
    file = prepared.ask("buyer_file", zwei.buyer_public_id)
    assert sorted(account.row.currency for account in file.accounts) == ["EUR", "USD"]
    assert file.grade == 4
    unrated = next(a for a in file.accounts if a.row.currency == "USD")
    assert unrated.score.grade is None
    assert unrated.score.not_rated_reason == "too_few_items"


def test_a_buyer_that_came_after_the_run_has_a_file_without_accounts(prepared: Console) -> None:
    prepared.take(Doc("L-1", "10.00", buyer="L", name="Later Ltd"))
    from xindun.record.parties.reads import search_buyers

    with tenant_scope(prepared.tenant_id):
        (later,) = search_buyers("later").rows
    file = prepared.ask("buyer_file", later.public_id)
    assert (file.accounts, file.grade, file.stale) == ((), None, True)


def test_the_portfolio_page_names_methods_and_reasons(prepared: Console) -> None:
    page = prepared.ask("portfolio_page", actions=3)
    assert [total.currency for total in page.totals] == ["EUR", "USD"]
    euro = page.totals[0]
    assert all(kpi.method for kpi in euro.kpis)
    assert all(kpi.reason for kpi in euro.kpis if kpi.value is None)
    assert euro.kpi("dso_simple").value is not None
    assert {point.currency for point in page.series} == {"EUR", "USD"}
    assert max(point.month_end for point in page.series) == DAY
    assert page.concentration[0].top1_share is not None
    assert sum(part.share for part in page.concentration[0].countries) == 1
    assert [action.rank for action in page.actions] == [1, 2, 3]
    assert page.actions_open > 3
