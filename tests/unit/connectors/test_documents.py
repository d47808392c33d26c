"""Rows become documents: kinds, identity, repeated numbers, due dates and their anchors."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.unit.connectors.tables import Reader
from xindun.connectors.ledger_files import NeedsAnswer

HEADER = ["Customer", "Doc type", "Invoice No", "Invoice Date", "Due Date", "Amount", "Currency"]


def row(kind: str, number: str, amount: object, *, customer: str = "Acme") -> list[object]:
    return [customer, kind, number, "2025-01-10", "2025-02-09", amount, "EUR"]


@pytest.mark.parametrize(
    ("word", "amount", "kind"),
    [
        ("Invoice", "10", "invoice"),
        ("RV", "10", "invoice"),
        ("DR", "10", "invoice"),
        ("销售发票", "10", "invoice"),
        ("Debit note", "10", "invoice"),
        ("Invoice", "-10", "credit_note"),
        ("Credit note", "10", "credit_note"),
        ("DG", "-10", "credit_note"),
        ("红字发票", "-10", "credit_note"),
        ("Payment", "10", "receipt"),
        ("DZ", "-10", "receipt"),
        ("收款单", "10", "receipt"),
        ("Sales credit note", "-10", "credit_note"),
        ("Sales overpayment", "10", "receipt"),
        ("质保金", "10", "retention"),
        ("已发货未开票", "10", "unbilled_delivery"),
        ("AB", "10", "invoice"),
        ("AB", "-10", "credit_note"),
        ("X2", "10", "invoice"),
        ("", "-10", "credit_note"),
    ],
)
def test_a_word_and_a_sign_make_a_kind(read: Reader, word: str, amount: str, kind: str) -> None:
    ledger = read([HEADER, row(word, "1", amount)])
    assert [(item["kind"], item["amount"]) for item in ledger.items] == [(kind, 10)]
    assert ("kind_by_sign" in ledger.notices) == (word in ("AB", "X2"))


def test_an_unknown_kind_a_cancelled_row_and_a_reversed_receipt_are_refused(read: Reader) -> None:
    ledger = read(
        [
            [*HEADER, "Status"],
            [*row("Mystery", "1", 10), ""],
            [*row("Invoice", "2", 10), "Cancelled"],
            [*row("Payment", "3", -10), ""],
            [*row("Payment", "4", -10), ""],
            [*row("Payment", "5", 10), ""],
        ]
    )
    assert ledger.reasons == [(2, "unknown_word"), (3, "cancelled"), (6, "receipt_reversal")]


def test_debit_and_credit_columns_are_invoices_and_receipts(read: Reader) -> None:
    ledger = read(
        [
            ["客户名称", "单据号", "日期", "到期日", "借方", "贷方", "余额", "币种"],
            ["华东", "1", "2025-01-01", "2025-01-31", "100.00", "", "100.00", "CNY"],
            ["华东", "2", "2025-02-05", "", "", "60.00", "40.00", "CNY"],
            ["华东", "3", "2025-02-06", "2025-03-01", "-10.00", "", "30.00", "CNY"],
            ["华东", "4", "2025-02-07", "", "5.00", "5.00", "30.00", "CNY"],
        ]
    )
    assert [(i["number"], i["kind"]) for i in ledger.items] == [
        ("1", "invoice"),
        ("2", "receipt"),
        ("3", "credit_note"),
    ]
    assert ledger.reasons == [(5, "debit_and_credit")]
    (use,) = ledger.uses("1")
    assert (use["amount"], use["derived"]) == (60, True)


WIDE = ["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount", "Paid amount", "Paid on"]


def test_the_same_number_is_a_part_payment_a_copy_or_refused(read: Reader) -> None:
    first = ["Acme", "1", "2025-01-10", "2025-02-09", "100", "40", "2025-02-01"]
    ledger = read(
        [
            WIDE,
            first,
            ["Acme", "1", "2025-01-10", "2025-02-09", "100", "60", "2025-03-01"],
            first,
            ["Acme", "1", "2025-01-10", "2025-02-09", "101", "1", "2025-03-02"],
            ["Other", "1", "2025-01-10", "2025-02-09", "100", "1", "2025-03-02"],
        ]
    )
    assert len(ledger.items) == 1
    assert [s["amount"] for s in ledger.uses("1")] == [40, 60]
    assert ledger.reasons == [
        (4, "row_repeated"),
        (5, "number_repeated"),
        (6, "number_for_another_buyer"),
    ]
    assert "line 2" in ledger.rejects[1]["value"]


PLAIN = ["Customer", "Invoice Date", "Due Date", "Amount", "Currency", "Paid on"]


def keys(ledger: object) -> list[str]:
    return sorted(item["document_key"] for item in ledger.items)  # type: ignore[attr-defined]


def test_equal_rows_without_a_number_are_different_documents_with_lasting_keys(
    read: Reader,
) -> None:
    equal = ["Acme", "2025-01-10", "2025-02-09", "100", "EUR"]
    before = read([PLAIN, [*equal, ""], [*equal, ""], [*equal, "2025-02-01"]])
    after = read([PLAIN, [*equal, "2025-02-01"], [*equal, "2025-03-01"], [*equal, ""]])
    assert len(set(keys(before))) == 3
    assert keys(before) == keys(after)


def test_a_key_depends_on_source_kind_and_number_and_on_nothing_else(read: Reader) -> None:
    one = keys(read([HEADER, row("Invoice", "1", 10)]))
    assert keys(read([HEADER, row("Invoice", "1", 99, customer="Other")])) == one
    assert keys(read([HEADER, row("Invoice", "1", 10)], source="other")) != one
    assert keys(read([HEADER, row("Credit note", "1", 10)])) != one


def test_a_row_id_identifies_rows_without_a_number(read: Reader) -> None:
    header = [*PLAIN, "Line"]
    rows = [["Acme", "2025-01-10", "2025-02-09", "100", "EUR", "", "a"]]
    changed = [["Acme", "2025-01-10", "2025-02-10", "120", "EUR", "", "a"]]
    assert keys(read([header, *rows], row_id="Line")) == keys(
        read([header, *changed], row_id="Line")
    )
    assert keys(read([header, *rows])) != keys(read([header, *changed]))


def test_buyers_are_told_apart_by_number_else_by_folded_name(read: Reader) -> None:
    by_name = read([HEADER, *(row("Invoice", str(n), 1, customer=c) for n, c in enumerate(NAMES))])
    assert [buyer["name"] for buyer in by_name.buyers] == ["Acme GmbH", "Beta"]
    header = ["Customer No", *HEADER]
    by_number = read(
        [
            header,
            ["7", *row("Invoice", "1", 1, customer="Acme")],
            ["8", *row("Invoice", "2", 1, customer="Acme")],
            ["7", *row("Invoice", "3", 1, customer="Acme Ltd")],
        ]
    )
    assert [(b["buyer_key"], b["name"]) for b in by_number.buyers] == [("7", "Acme"), ("8", "Acme")]


NAMES = ("Acme  GmbH".replace("  ", " "), "ACME  GmbH ", "Ａcme GmbH", "Beta")


TERMS = ["Customer", "Invoice No", "Invoice Date", "Payment terms", "Amount", "验收日期"]


@pytest.mark.parametrize(
    ("terms", "anchor", "due"),
    [
        ("Net 30", None, date(2025, 2, 14)),
        ("30天", None, date(2025, 2, 14)),
        ("2/10 net 30", None, date(2025, 2, 14)),
        ("月结30天", None, date(2025, 3, 2)),
        ("COD", None, date(2025, 1, 15)),
        ("30", "accepted", date(2025, 3, 3)),
    ],
)
def test_a_missing_due_date_derives_from_its_anchor(
    read: Reader, terms: str, anchor: str | None, due: date
) -> None:
    ledger = read(
        [TERMS, ["Acme", "1", "2025-01-15", terms, "10", "2025-02-01"]], due_anchor=anchor
    )
    (item,) = ledger.items
    assert (item["due_on"], item["due_derived"]) == (due, True)
    assert "due_derived" in ledger.notices


def test_terms_that_nobody_knows_are_asked_and_answered_not_guessed(read: Reader) -> None:
    rows = [TERMS, ["Acme", "1", "2025-01-15", "NAA8", "10", ""]]
    with pytest.raises(NeedsAnswer) as refused:
        read(rows)
    assert refused.value.questions[0].option == "--terms-days N"
    assert read(rows, terms_days=10).items[0]["due_on"] == date(2025, 1, 25)
    with pytest.raises(NeedsAnswer):
        read([["Customer", "Invoice No", "Invoice Date", "Amount"], ["A", "1", "2025-01-01", "1"]])


def test_one_missing_due_date_among_many_rejects_its_row(read: Reader) -> None:
    ledger = read([HEADER, row("Invoice", "1", 1), [*row("Invoice", "2", 1)[:4], "", 1, "EUR"]])
    assert ledger.reasons == [(3, "missing_due")]


def test_retention_is_due_on_release_and_credits_never(read: Reader) -> None:
    ledger = read(
        [
            [*HEADER, "质保到期日"],
            [*row("质保金", "1", 5), "2027-01-10"],
            [*row("质保金", "2", 5)[:4], "", 5, "EUR", ""],
            [*row("Credit note", "3", 5), ""],
        ]
    )
    assert [item["due_on"] for item in ledger.items] == [date(2027, 1, 10), None, None]


COVER_HEADER = (
    "客户 发票号 开票日期 到期日 原到期日 价税合计 不含税金额 税额 合同号 业务员 "
    "发货日期 验收日期 对账日期 录入日期 币种 是否争议"
)
COVER_ROW = (
    "华东 1 2025-01-10 2025-03-09 2025-02-09 113 100 13 C-1 王 "
    "2025-01-02 2025-01-05 2025-01-08 2025-01-11 CNY 是"
)


def test_what_cover_and_law_ask_for_is_kept(read: Reader) -> None:
    ledger = read([COVER_HEADER.split(), COVER_ROW.split()])
    (item,) = ledger.items
    assert item["amount"] == 113
    assert (item["net_amount"], item["vat_amount"]) == (100, 13)
    assert (item["contract"], item["salesperson"], item["disputed"]) == ("C-1", "王", True)
    assert item["original_due_on"] == date(2025, 2, 9)
    days = ("delivered_on", "accepted_on", "reconciled_on")
    assert [item[day] for day in days] == [date(2025, 1, 2), date(2025, 1, 5), date(2025, 1, 8)]
    assert item["recorded_at"] == datetime.fromisoformat("2025-01-11")


def test_a_mapping_file_reads_any_header(read: Reader) -> None:
    mapping = {
        "customer_name": "Wer",
        "amount": "Wieviel",
        "issued_on": "Wann",
        "due_on": "Bis",
        "number": "Welche",
    }
    ledger = read(
        [["Wer", "Welche", "Wann", "Bis", "Wieviel"], ["A", "1", "2025-01-01", "2025-02-01", "9"]],
        mapping=mapping,
    )
    assert ledger.item("1")["amount"] == 9


@pytest.mark.parametrize("others", [[], ["Due Date"]])
def test_a_day_that_stands_in_several_rows_makes_each_of_them_one_document(
    read: Reader, others: list[str]
) -> None:
    header = ["Customer", "Invoice No", "Invoice Date", "Amount", "Currency", *others]
    rows = [["Acme", n, "2025-01-10", 10, "EUR", *(["2025-02-09"] * len(others))] for n in "123"]
    ledger = read([header, *rows], terms_days=30)
    assert [item["number"] for item in ledger.items] == ["1", "2", "3"]
    assert ledger.file.rows_read == 3
    assert [control.file_rows for control in ledger.file.control] == [3]


def test_an_account_is_the_customer_only_where_nothing_else_names_one(read: Reader) -> None:
    header = ["Account", "Invoice No", "Invoice Date", "Due Date", "Amount", "Local crcy"]
    facts = ["1", "2025-01-10", "2025-02-09", 10, "EUR"]
    assert [b["buyer_key"] for b in read([header, ["100001", *facts]]).buyers] == ["100001"]
    ledger = read(
        [["Client", *header], ["Acme", "1200", *facts], ["Beta", "1200", "2", *facts[1:]]]
    )
    assert [b["buyer_key"] for b in ledger.buyers] == ["acme", "beta"]


def test_a_document_that_is_no_more_than_a_draft_is_refused(read: Reader) -> None:
    header = ["客户", "单据编号", "业务日期", "到期日", "价税合计", "币别", "单据状态"]
    rows = [
        ["甲", state, "2025-01-10", "2025-02-09", 10, "CNY", state] for state in ("已审核", "创建")
    ]
    ledger = read([header, *rows])
    assert [item["number"] for item in ledger.items] == ["已审核"]
    assert ledger.reasons == [(3, "cancelled")]


@pytest.mark.parametrize(
    ("terms", "days", "due"),
    [
        ("验收后30天", ["2025-04-01", "2025-04-25"], date(2025, 5, 25)),
        ("验收后30天", ["2025-04-01", ""], None),
        ("货到60天", ["2025-04-01", "2025-04-25"], date(2025, 5, 31)),
        ("30 days after delivery", ["2025-04-01", ""], date(2025, 5, 1)),
        ("开票后30天", ["2025-04-01", ""], date(2025, 5, 31)),
        ("对账后30天", ["2025-04-01", ""], date(2025, 5, 31)),  # no column says that day
        ("30天", ["2025-04-01", "2025-04-25"], date(2025, 5, 31)),
    ],
)
def test_terms_run_from_the_event_that_they_name(
    read: Reader, terms: str, days: list[str], due: date | None
) -> None:
    header = ["客户名称", "发票号", "开票日期", "收货日期", "验收日期", "付款条件", "金额", "币种"]
    ledger = read([header, ["甲", "F1", "2025-05-01", *days, terms, "100", "CNY"]])
    assert (ledger.item("F1")["due_on"], ledger.item("F1")["due_derived"]) == (due, True)
