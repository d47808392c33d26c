"""What is open, on any day, as known at any moment: against rules and a slow reading of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.engine import reference
from tests.unit.engine.ledgers import (
    DAYS,
    KNOWN,
    MOMENTS,
    buyer,
    item,
    ledger,
    paid,
    random_ledgers,
)
from xindun.engine.aged import aged_report
from xindun.engine.run import Ledger, LedgerIncomplete, open_ledger

BUCKETS = [name for name, _, _ in reference.BUCKETS]
RECOGNITION = ["r_lt_1y", "r_1_2y", "r_2_3y", "r_gt_3y"]
MONEY = ["open_total", *BUCKETS, *RECOGNITION, "disputed", "under_bills"]
ISSUED = date(2025, 1, 10)
DUE = date(2025, 2, 10)


def aged(opened: Ledger, as_of: date, known_at: datetime = KNOWN) -> list[dict[str, Any]]:
    with opened:
        rows: list[dict[str, Any]] = aged_report(opened, as_of=as_of, known_at=known_at).to_pylist()
    return rows


def only(opened: Ledger, as_of: date, known_at: datetime = KNOWN) -> dict[str, Any]:
    (row,) = aged(opened, as_of, known_at)
    return row


@settings(max_examples=60, deadline=None)
@given(random_ledgers(), DAYS, MOMENTS)
def test_the_engine_agrees_with_a_slow_reading_of_the_rules(
    rows: Any, as_of: date, known_at: datetime
) -> None:
    items, settlements = rows
    expected = reference.accounts(items, settlements, as_of, known_at)
    found = {
        (row["buyer_id"], row["currency"]): row
        for row in aged(ledger(items, settlements), as_of, known_at)
    }
    assert set(found) == set(expected)
    for account, row in found.items():
        names = [*MONEY, "credits", "unapplied", "unbilled", "open_items", "max_days_overdue"]
        assert {n: row[n] for n in names} == {n: expected[account][n] for n in names}


@settings(max_examples=25, deadline=None)
@given(random_ledgers(least=1), DAYS, MOMENTS)
def test_buckets_partition_the_open_total_and_net_is_an_identity(
    rows: Any, as_of: date, known_at: datetime
) -> None:
    for row in aged(ledger(*rows), as_of, known_at):
        assert sum(row[name] for name in BUCKETS) == row["open_total"]
        assert sum(row[name] for name in RECOGNITION) == row["open_total"]
        assert row["overdue"] == row["open_total"] - row["not_due"]
        assert row["net"] == row["open_total"] - row["credits"] - row["unapplied"]


@settings(max_examples=25, deadline=None)
@given(random_ledgers(least=1), DAYS, MOMENTS, st.data())
def test_what_happens_or_is_learned_later_changes_nothing(
    rows: Any, as_of: date, known_at: datetime, data: st.DataObject
) -> None:
    items, settlements = rows
    before = aged(ledger(items, settlements), as_of, known_at)
    target = data.draw(st.sampled_from(items))["item_id"]
    tomorrow, learned = as_of + timedelta(days=1), known_at + timedelta(seconds=1)
    later = [
        paid(900, target, 7, tomorrow),
        paid(901, target, 7, as_of, recorded_at=learned),
    ]
    future = [
        item(900, 50, tomorrow, tomorrow),
        item(901, 50, as_of, as_of, recorded_at=learned),
    ]
    assert aged(ledger(items + future, settlements + later), as_of, known_at) == before


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "not_due"),
        (1, "d1_30"),
        (30, "d1_30"),
        (31, "d31_60"),
        (60, "d31_60"),
        (61, "d61_90"),
        (90, "d61_90"),
        (91, "d91_120"),
        (120, "d91_120"),
        (121, "d121_180"),
        (180, "d121_180"),
        (181, "d181_365"),
        (365, "d181_365"),
        (366, "d_gt_365"),
    ],
)
def test_a_bucket_includes_its_upper_day(days: int, name: str) -> None:
    row = only(ledger([item(1, 100, ISSUED, DUE)]), DUE + timedelta(days=days))
    assert [n for n in BUCKETS if row[n]] == [name]
    assert row["max_days_overdue"] == days


@pytest.mark.parametrize(
    ("as_of", "name"),
    [
        (date(2025, 2, 28), "r_lt_1y"),
        (date(2025, 3, 1), "r_1_2y"),
        (date(2026, 2, 28), "r_1_2y"),
        (date(2027, 2, 28), "r_2_3y"),
        (date(2027, 3, 1), "r_gt_3y"),
    ],
)
def test_an_anniversary_ends_its_year_also_from_29_february(as_of: date, name: str) -> None:
    row = only(ledger([item(1, 100, date(2024, 2, 29))]), as_of)
    assert [n for n in RECOGNITION if row[n]] == [name]


def test_an_item_without_a_due_date_is_not_due() -> None:
    row = only(ledger([item(1, 100, ISSUED)]), date(2026, 1, 1))
    assert (row["not_due"], row["oldest_due_on"]) == (Decimal(100), None)


def test_receipts_and_credit_notes_stand_apart_until_they_are_used() -> None:
    opened = [
        item(1, 100, ISSUED, DUE),
        item(2, 30, ISSUED, kind="receipt"),
        item(3, 20, ISSUED, kind="credit_note"),
        item(4, 5, ISSUED, kind="unbilled_delivery"),
    ]
    used = [paid(1, 1, 10, ISSUED + timedelta(days=5), source_item_id=2)]
    row = only(ledger(opened, used), ISSUED + timedelta(days=5))
    assert row["open_total"] == Decimal(90)
    assert (row["credits"], row["unapplied"]) == (Decimal(20), Decimal(20))
    assert (row["net"], row["unbilled"]) == (Decimal(50), Decimal(5))


def test_a_backdated_receipt_does_not_change_what_was_known() -> None:
    learned = datetime.fromisoformat("2025-06-01T12:00")
    rows = [item(1, 100, ISSUED, DUE)], [paid(1, 1, 100, DUE, recorded_at=learned)]
    as_of = date(2025, 3, 1)
    assert only(ledger(*rows), as_of, learned - timedelta(seconds=1))["open_total"] == 100
    assert aged(ledger(*rows), as_of, learned) == []


def test_a_corrected_item_counts_once_in_the_version_that_was_current() -> None:
    changed = datetime.fromisoformat("2025-06-01")
    versions = [
        item(1, 100, ISSUED, DUE, superseded_at=changed),
        item(1, 80, ISSUED, DUE, recorded_at=changed),
    ]
    assert only(ledger(versions), DUE, changed - timedelta(days=1))["open_total"] == 100
    assert only(ledger(versions), DUE, changed)["open_total"] == 80


HANDED, MATURES = date(2025, 2, 1), date(2025, 8, 1)


def bill(cleared: date | None = None, dishonoured: date | None = None, amount: int = 60) -> Ledger:
    settlement = paid(
        1,
        1,
        amount,
        HANDED,
        kind="bank_acceptance",
        matures_on=MATURES,
        cleared_on=cleared,
        dishonoured_on=dishonoured,
    )
    return ledger([item(1, 100, ISSUED, DUE)], [settlement])


def test_a_live_bill_stays_owed_and_ages_from_its_maturity() -> None:
    row = only(bill(), date(2025, 3, 12))
    assert (row["open_total"], row["under_bills"]) == (Decimal(100), Decimal(60))
    assert (row["not_due"], row["d1_30"]) == (Decimal(60), Decimal(40))


def test_maturity_alone_does_not_clear_a_bill() -> None:
    row = only(bill(), MATURES + timedelta(days=5))
    assert (row["under_bills"], row["d1_30"], row["d121_180"]) == (60, 60, 40)


def test_an_honoured_bill_is_paid_from_the_day_it_is_honoured() -> None:
    honoured = MATURES + timedelta(days=2)
    assert only(bill(honoured), honoured - timedelta(days=1))["open_total"] == 100
    row = only(bill(honoured), honoured)
    assert (row["open_total"], row["under_bills"]) == (Decimal(40), Decimal(0))


def test_dishonour_restores_the_original_due_date() -> None:
    bounced = MATURES + timedelta(days=3)
    row = only(bill(dishonoured=bounced), bounced)
    assert (row["under_bills"], row["max_days_overdue"]) == (0, (bounced - DUE).days)
    assert row["d121_180"] == Decimal(100)


def test_a_bill_covers_no_more_than_is_open_and_the_item_counts_once() -> None:
    row = only(bill(amount=150), date(2025, 3, 12))
    assert (row["open_total"], row["under_bills"], row["open_items"]) == (100, 100, 1)


def test_currencies_are_accounts_of_their_own() -> None:
    rows = aged(
        ledger(
            [item(1, 100, ISSUED), item(2, 50, ISSUED, currency="USD")], buyers=[buyer(1, "DE")]
        ),
        DUE,
    )
    assert [(r["currency"], r["open_total"], r["country"]) for r in rows] == [
        ("EUR", 100, "DE"),
        ("USD", 50, "DE"),
    ]


def test_a_folder_without_its_files_is_refused(tmp_path: Any) -> None:
    with pytest.raises(LedgerIncomplete, match=r"buyers\.parquet"):
        open_ledger(tmp_path)
