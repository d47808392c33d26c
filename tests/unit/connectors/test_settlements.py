"""What reduces an invoice: stated payments, named documents, clearings, bills; nothing twice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.unit.connectors.tables import Read, Reader

WIDE = ["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount", "Currency"]


def wide(number: str = "1", amount: str = "100") -> list[str]:
    return ["Acme", number, "2025-01-10", "2025-02-09", amount, "EUR"]


def spent(ledger: Read, number: str) -> Decimal:
    item = ledger.item(number)["item_id"]
    return sum((s["amount"] for s in ledger.settlements if s["source_item_id"] == item), Decimal())


@pytest.mark.parametrize(
    ("header", "cells", "amounts"),
    [
        (["Paid on"], ["2025-02-01"], [100]),
        (["Paid on"], [""], []),
        (["Paid on", "Paid amount"], ["2025-02-01", "40"], [40]),
        (["Paid on", "Balance due"], ["2025-02-01", "70"], [30]),
        (["Balance due"], ["100"], []),
        (["Paid on", "Paid amount"], ["", "0"], []),
    ],
)
def test_a_row_states_its_own_payment(
    read: Reader, header: list[str], cells: list[str], amounts: list[int]
) -> None:
    ledger = read([[*WIDE, *header], [*wide(), *cells]])
    assert [s["amount"] for s in ledger.settlements] == amounts
    assert all(s["cleared_on"] == date(2025, 2, 1) for s in ledger.settlements)
    assert all(s["source_item_id"] is None and not s["derived"] for s in ledger.settlements)


@pytest.mark.parametrize(
    ("header", "cell", "amount"), [("Balance due", "30", 70), ("Status", "Paid", 100)]
)
def test_a_payment_without_a_date_is_dated_on_the_last_day_of_the_file_and_marked(
    read: Reader, header: str, cell: str, amount: int
) -> None:
    later = ["Beta", "2", "2025-03-31", "2025-04-30", "5", "EUR"]
    ledger = read([[*WIDE, header], [*wide(), cell], [*later, "5" if cell == "30" else "Open"]])
    (use,) = ledger.settlements
    assert (use["amount"], use["effective_on"]) == (amount, date(2025, 3, 31))
    assert (use["date_known"], use["derived"], use["source_item_id"]) == (False, True, None)
    assert "payment_date_unknown" in ledger.notices


def test_what_is_paid_beyond_the_amount_stands_as_unapplied_cash(read: Reader) -> None:
    ledger = read([[*WIDE, "Paid on", "Paid amount"], [*wide(), "2025-02-01", "120"]])
    invoice, rest = ledger.items
    assert [s["amount"] for s in ledger.settlements] == [100]
    assert (invoice["amount"], rest["kind"], rest["amount"]) == (100, "receipt", 20)
    assert "overpaid" in ledger.notices


def test_open_balances_after_each_instalment_give_each_payment(read: Reader) -> None:
    header = [*WIDE, "Paid on", "Balance due"]
    ledger = read(
        [
            header,
            [*wide(), "2025-02-01", "60"],
            [*wide(), "2025-03-01", "0"],
        ]
    )
    assert [(s["amount"], s["effective_on"].month) for s in ledger.uses("1")] == [(40, 2), (60, 3)]


DOCS = ["Customer", "Type", "Number", "Date", "Due Date", "Amount", "Currency", "Applies to"]


def doc(kind: str, number: str, day: str, amount: object, target: str = "") -> list[object]:
    due = "2025-02-28" if kind == "Invoice" else ""
    return ["Acme", kind, number, day, due, amount, "EUR", target]


def test_documents_reduce_the_invoice_that_they_name_up_to_what_it_owes(read: Reader) -> None:
    ledger = read(
        [
            DOCS,
            doc("Invoice", "I1", "2025-01-10", 100),
            doc("Credit note", "C1", "2025-01-20", 10, "I1"),
            doc("Receipt", "R1", "2025-02-01", 60, "I1"),
            doc("Write-off", "W1", "2025-03-01", 5, "I1"),
            doc("Receipt", "R2", "2025-04-01", 40, "I1"),
        ],
        apply_fifo=False,
    )
    assert [(s["kind"], s["amount"]) for s in ledger.uses("I1")] == [
        ("credit_note", 10),
        ("cash", 60),
        ("write_off", 5),
        ("cash", 25),
    ]
    assert [i["kind"] for i in ledger.items] == ["invoice", "credit_note", "receipt", "receipt"]
    assert (spent(ledger, "C1"), spent(ledger, "R1"), spent(ledger, "R2")) == (10, 60, 25)
    assert "over_applied" in ledger.notices


def test_one_receipt_pays_several_invoices(read: Reader) -> None:
    ledger = read(
        [
            DOCS,
            doc("Invoice", "I1", "2025-01-10", 100),
            doc("Invoice", "I2", "2025-01-11", 50),
            doc("Receipt", "R1", "2025-02-01", 120, "I1, I2"),
            doc("Receipt", "R2", "2025-03-01", 10, "I2"),
            doc("Receipt", "R2", "2025-03-01", 15, "I1"),
        ]
    )
    assert [s["amount"] for s in ledger.uses("I1")] == [100]
    assert [s["amount"] for s in ledger.uses("I2")] == [20, 10]
    assert ledger.item("R2")["amount"] == 25
    assert spent(ledger, "R2") == 10


def test_a_receipt_before_its_invoice_takes_effect_with_the_invoice(read: Reader) -> None:
    ledger = read(
        [
            DOCS,
            doc("Receipt", "R1", "2025-01-01", 50, "I1"),
            doc("Invoice", "I1", "2025-01-10", 100),
        ]
    )
    (use,) = ledger.uses("I1")
    assert use["effective_on"] == date(2025, 1, 10)


def test_a_name_that_is_not_in_the_file_leaves_cash_unapplied_and_refuses_a_write_off(
    read: Reader,
) -> None:
    ledger = read(
        [
            DOCS,
            doc("Invoice", "I1", "2025-01-10", 100),
            doc("Receipt", "R1", "2025-02-01", 60, "I9"),
            doc("Write-off", "W1", "2025-03-01", 5, "I9"),
            doc("Write-off", "W2", "2025-03-01", 5),
        ]
    )
    assert ledger.uses("I1") == []
    assert ledger.reasons == [(4, "names_no_invoice"), (5, "names_no_invoice")]
    assert "applies_to_missing" in ledger.notices


def test_a_payment_told_twice_counts_once(read: Reader) -> None:
    ledger = read(
        [
            [*DOCS, "Balance due"],
            [*doc("Invoice", "I1", "2025-01-10", 100), "20"],
            [*doc("Receipt", "R1", "2025-02-01", 60, "I1"), ""],
        ]
    )
    assert [(s["amount"], s["source_item_id"] is None) for s in ledger.uses("I1")] == [
        (20, True),
        (60, False),
    ]


SAP = ["Account", "Document Number", "Document Type", "Document Date", "Net due date"]
SAP_REST = ["Amount in local currency", "Local Currency", "Clearing date"]


def test_a_sap_clearing_links_payments_and_invoices(read: Reader) -> None:
    ledger = read(
        [
            [*SAP, *SAP_REST],
            ["1000", "18001", "RV", "2025-01-10", "2025-02-09", "100.00", "EUR", "2025-02-11"],
            ["1000", "18002", "RV", "2025-01-20", "2025-02-19", "50.00", "EUR", "2025-02-11"],
            ["1000", "14001", "DZ", "2025-02-10", "", "-130.00", "EUR", "2025-02-11"],
            ["1000", "16001", "DG", "2025-02-01", "", "-20.00", "EUR", "2025-02-11"],
            ["1000", "18003", "RV", "2025-02-20", "2025-03-22", "70.00", "EUR", ""],
            ["1000", "14002", "DZ", "2025-02-25", "", "-30.00", "EUR", ""],
        ],
        mapping={"customer_number": "Account"},
    )
    used = {n: sum(s["amount"] for s in ledger.uses(n)) for n in ("18001", "18002", "18003")}
    assert used == {"18001": 100, "18002": 50, "18003": 30}
    assert spent(ledger, "14001") == 130
    assert spent(ledger, "16001") == 20
    assert [s["derived"] for s in ledger.uses("18003")] == [True]
    assert not any(s["derived"] for n in ("18001", "18002") for s in ledger.uses(n))


BILL = ["客户名称", "发票号", "开票日期", "到期日", "金额", "币种", "收款日期", "结算方式"]
BILL_REST = ["票据号", "票据到期日", "票据状态", "兑付日期", "拒付日期", "贴现日期", "承兑人"]


@pytest.mark.parametrize(
    ("kind", "cells", "cleared", "bounced"),
    [
        ("电汇", ["", "", "", "", "", ""], date(2025, 2, 1), None),
        ("银承", ["2025-08-01", "", "", "", "", "建行"], None, None),
        ("银承", ["2025-08-01", "", "2025-08-04", "", "", "建行"], date(2025, 8, 4), None),
        ("商承", ["2025-08-01", "已背书", "", "", "", "甲公司"], None, None),
        ("商承", ["2025-08-01", "拒付", "", "2025-08-03", "", "甲公司"], None, date(2025, 8, 3)),
        ("商承", ["2025-08-01", "拒付", "", "", "", "甲公司"], None, date(2025, 8, 1)),
        ("商承", ["2025-08-01", "已贴现", "", "", "2025-03-01", ""], None, None),
        ("商承", ["2025-08-01", "贴现（有追索权）", "", "", "2025-03-01", ""], None, None),
        ("银承", ["2025-08-01", "已承兑", "", "", "", ""], None, None),
        ("银承", ["2025-08-01", "已承兑到期收款", "", "", "", ""], date(2025, 8, 1), None),
        ("银承", ["2025-08-01", "无追索权贴现", "", "", "2025-03-01", ""], date(2025, 3, 1), None),
        ("云信", ["2025-08-01", "已兑付", "", "", "", ""], date(2025, 8, 1), None),
        ("抵账", ["", "", "", "", "", ""], date(2025, 2, 1), None),
    ],
)
def test_bills_clear_when_honoured_and_never_at_maturity_alone(
    read: Reader, kind: str, cells: list[str], cleared: date | None, bounced: date | None
) -> None:
    row = ["华东", "1", "2025-01-10", "2025-02-09", "100", "CNY", "2025-02-01", kind]
    ledger = read([[*BILL, *BILL_REST], [*row, "B-1", *cells]])
    (use,) = ledger.settlements
    assert use["effective_on"] == date(2025, 2, 1)
    assert (use["cleared_on"], use["dishonoured_on"]) == (cleared, bounced)
    assert use["bill_number"] == "B-1"


def test_a_bill_whose_acceptor_is_not_said_is_refused(read: Reader) -> None:
    row = ["华东", "1", "2025-01-10", "2025-02-09", "100", "CNY", "2025-02-01", "承兑汇票"]
    assert read([BILL, row]).reasons == [(2, "ambiguous_word")]


def test_entry_dates_say_what_was_known_when(read: Reader) -> None:
    ledger = read(
        [
            [*DOCS, "Entry date"],
            [*doc("Invoice", "I1", "2025-01-10", 100), "2025-01-12"],
            [*doc("Receipt", "R1", "2025-02-01", 60, "I1"), "2025-04-01"],
        ]
    )
    assert ledger.item("I1")["recorded_at"] == datetime.fromisoformat("2025-01-12")
    assert ledger.uses("I1")[0]["recorded_at"] == datetime.fromisoformat("2025-04-01")
    moment = datetime.fromisoformat("2030-01-01T12:00")
    plain = read([WIDE, wide()], recorded_at=moment)
    assert plain.items[0]["recorded_at"] == plain.file.recorded_at == moment
