"""Receipts and credit notes that name an invoice of another file, read by the real reader."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.contexts.receivables.conftest import new_tenant
from tests.contexts.receivables.named import (
    I1,
    I2,
    R1,
    R2,
    Files,
    Row,
    exposures,
    invoice,
    receipt,
    state,
    uses,
    whole,
)
from xindun.kit.tenancy import tenant_scope
from xindun.record.exposure import reads as exposure
from xindun.record.receivables.models import Document, Settlement
from xindun.record.receivables.rules import document_hash, settlement_hash


@pytest.fixture
def files(db: None) -> Files:
    return Files(new_tenant("Seller"))


INVOICES = (I1, I2, invoice("I-3", "40.00"))
FUNDS = (R1, R2, Row("C-1", "10.00", "2025-02-05", kind="credit note", names="I-3"))


@pytest.mark.parametrize("parts", [(INVOICES, FUNDS), (FUNDS, INVOICES)])
def test_two_files_in_any_order_are_the_whole_file(
    files: Files, parts: tuple[tuple[Row, ...], ...]
) -> None:
    for rows in parts:
        files.take_rows(*rows)
    expected = whole(*INVOICES, *FUNDS)
    assert state(files.tenant_id) == expected
    assert uses(files.tenant_id) == [
        ("I-1", "R-1", Decimal(60)),
        ("I-1", "R-2", Decimal(40)),
        ("I-2", "R-2", Decimal(50)),
        ("I-3", "C-1", Decimal(10)),
    ]
    for rows in (*parts, INVOICES + FUNDS, FUNDS + INVOICES):
        assert files.take_rows(*rows).counts.changed_nothing
    assert state(files.tenant_id) == expected


def test_what_is_more_than_the_invoice_stays_unapplied(files: Files) -> None:
    files.take_rows(I1)
    files.take_rows(receipt("R-9", "130.00", "I-1"))
    assert uses(files.tenant_id) == [("I-1", "R-9", Decimal(100))]
    with tenant_scope(files.tenant_id):
        (balance,) = exposure.all_balances()
    assert (balance.receivables, balance.unapplied) == (0, 30)


def test_an_earlier_receipt_that_comes_later_goes_first(files: Files) -> None:
    rows = (I1, receipt("R-8", "80.00", "I-1", "2025-03-01"))
    early = receipt("R-9", "50.00", "I-1", "2025-02-01")
    files.take_rows(*rows)
    batch = files.take_rows(early)
    assert (batch.counts.settlements_added, batch.counts.settlements_updated) == (1, 1)
    assert state(files.tenant_id) == whole(*rows, early)
    assert uses(files.tenant_id) == [("I-1", "R-8", Decimal(50)), ("I-1", "R-9", Decimal(50))]


@pytest.mark.parametrize("other", [{"buyer": "Beta"}, {"currency": "USD"}])
def test_another_buyer_or_currency_is_not_meant(files: Files, other: dict[str, str]) -> None:
    files.take_rows(I1)
    files.take_rows(replace(R1, **other))
    assert uses(files.tenant_id) == []


def test_another_source_is_not_meant(files: Files) -> None:
    files.take_rows(I1)
    files.take_rows(R1, source="erp")
    assert uses(files.tenant_id) == []


def test_another_tenant_is_not_meant(files: Files) -> None:
    files.take_rows(I1)
    stranger = Files(new_tenant("Stranger"))
    stranger.take_rows(R2, invoice("I-7"))
    stranger.take_rows(R1)
    assert uses(files.tenant_id) == uses(stranger.tenant_id) == []


def test_a_corrected_receipt_lets_go_of_its_invoice(files: Files) -> None:
    files.take_rows(I1, I2)
    files.take_rows(R1)
    batch = files.take_rows(replace(R1, names="I-2"))
    assert (batch.counts.settlements_added, batch.counts.settlements_withdrawn) == (1, 1)
    assert state(files.tenant_id) == whole(I1, I2, replace(R1, names="I-2"))


def test_a_corrected_customer_takes_the_invoice_out_of_reach(files: Files) -> None:
    files.take_rows(I1)
    files.take_rows(R1)
    files.take_rows(replace(I1, buyer="Beta"))
    assert uses(files.tenant_id) == []
    assert exposures(files.tenant_id).keys() == {("Acme", "EUR"), ("Beta", "EUR")}
    files.take_rows(I1)
    assert state(files.tenant_id) == whole(I1, R1)


def test_a_receipt_of_several_rows_keeps_what_each_names(files: Files) -> None:
    rows = (R1, receipt("R-1", "20.00", "I-2"))
    files.take_rows(I1)
    files.take_rows(*rows)
    files.take_rows(I2)
    assert state(files.tenant_id) == whole(I1, I2, *rows)
    assert uses(files.tenant_id) == [("I-1", "R-1", Decimal(60)), ("I-2", "R-1", Decimal(20))]


def test_a_bill_that_comes_apart_does_not_clear_its_invoice(files: Files) -> None:
    bill = receipt(
        "R-5", "70.00", "I-1", means="bank acceptance", matures="2025-08-01", bill="B-77"
    )
    files.take_rows(I1)
    files.take_rows(bill)
    assert state(files.tenant_id) == whole(I1, bill)
    with tenant_scope(files.tenant_id):
        (balance,) = exposure.all_balances()
        (use,) = Settlement.objects.all()
    assert (balance.receivables, balance.bills) == (100, 70)
    assert (use.kind, use.cleared_on, use.bill_number) == ("bank_acceptance", None, "B-77")


PAID = replace(I1, paid="90.00", paid_on="2025-02-20")
CREDIT = Row("C-2", "30.00", "2025-02-05", kind="credit note", names="I-1")


MORE, LESS = replace(PAID, paid="100.00"), replace(PAID, paid="60.00")


@pytest.mark.parametrize(
    ("told", "funds"),
    [
        *((PAID, funds) for funds in ((R1,), (R1, CREDIT), (CREDIT,), (R2,), (R2, CREDIT))),
        *((told, funds) for told in (MORE, LESS) for funds in ((R1, CREDIT), (R2,))),
    ],
)
def test_a_payment_that_both_files_state_counts_once(
    files: Files, told: Row, funds: tuple[Row, ...]
) -> None:
    expected = whole(told, *funds)
    for parts in (((told,), funds), (funds, (told,))):
        apart = Files(new_tenant("Apart"))
        for rows in (*parts, *reversed(parts)):  # and again, in the other order
            apart.take_rows(*rows)
            if rows == parts[1]:
                assert state(apart.tenant_id) == expected


def test_a_smaller_receipt_gives_the_stated_part_back(files: Files) -> None:
    files.take_rows(PAID)
    files.take_rows(R1)
    files.take_rows(replace(R1, amount="20.00"))
    assert state(files.tenant_id) == whole(PAID, replace(R1, amount="20.00"))


def test_the_hashes_made_here_are_those_of_the_rules(files: Files) -> None:
    files.take_rows(PAID, I2)
    files.take_rows(R1, R2)
    with tenant_scope(files.tenant_id):
        for row in Document.objects.select_related("buyer"):
            assert bytes(row.row_hash) == document_hash(row.buyer.buyer_key, row.__dict__)
        for use in Settlement.objects.select_related("item", "source_item"):
            source = use.source_item.document_key if use.source_item else None
            assert bytes(use.row_hash) == settlement_hash(
                use.item.document_key, source, use.__dict__
            )


def test_nothing_is_looked_up_when_nothing_is_named(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xindun.record.receivables.actions.naming._FUNDS", "broken")
    files.take_rows(I1)
    files.take_rows(PAID, I2)
