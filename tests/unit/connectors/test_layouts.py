"""Exports of well-known systems are recognised by their headers alone."""

from __future__ import annotations

import pytest

from tests.unit.connectors.tables import Reader
from xindun.connectors.ledger_files import NeedsAnswer
from xindun.connectors.ledger_files.fields import FIELDS
from xindun.connectors.ledger_files.headers import assign, header_row, is_receipts_table, normalise

LAYOUTS: dict[str, tuple[str, dict[str, str]]] = {
    "SAP payments data set": (
        "business_code,cust_number,name_customer,clear_date,buisness_year,doc_id,posting_date,"
        "document_create_date,document_create_date.1,due_in_date,invoice_currency,document type,"
        "posting_id,area_business,total_open_amount,baseline_create_date,cust_payment_terms,"
        "invoice_id,isOpen",
        {
            "customer_number": "cust_number",
            "customer_name": "name_customer",
            "paid_on": "clear_date",
            "number": "doc_id",
            "issued_on": "document_create_date.1",
            "due_on": "due_in_date",
            "currency": "invoice_currency",
            "document_kind": "document type",
            "open_amount": "total_open_amount",
            "terms_days": "cust_payment_terms",
            "is_open": "isOpen",
        },
    ),
    "late payments": (
        "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,"
        "Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate",
        {
            "country": "countryCode",
            "customer_number": "customerID",
            "number": "invoiceNumber",
            "issued_on": "InvoiceDate",
            "due_on": "DueDate",
            "amount": "InvoiceAmount",
            "disputed": "Disputed",
            "paid_on": "SettledDate",
        },
    ),
    "Odoo": (
        "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Untaxed Amount Signed,"
        "Total Signed,Amount Due Signed,Currency,Payment Status",
        {
            "number": "Number",
            "customer_name": "Invoice Partner Display Name",
            "issued_on": "Invoice/Bill Date",
            "due_on": "Due Date",
            "net_amount": "Untaxed Amount Signed",
            "amount": "Total Signed",
            "open_amount": "Amount Due Signed",
            "currency": "Currency",
            "is_open": "Payment Status",
        },
    ),
    "ERPNext": (
        "Posting Date,Customer,Customer Name,Voucher Type,Voucher No,Due Date,Invoiced Amount,"
        "Paid Amount,Credit Note,Outstanding Amount,Currency",
        {
            "issued_on": "Posting Date",
            "customer_number": "Customer",
            "customer_name": "Customer Name",
            "document_kind": "Voucher Type",
            "number": "Voucher No",
            "due_on": "Due Date",
            "amount": "Invoiced Amount",
            "paid_amount": "Paid Amount",
            "open_amount": "Outstanding Amount",
            "currency": "Currency",
        },
    ),
    "QuickBooks": (
        "Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance",
        {
            "issued_on": "Date",
            "document_kind": "Transaction type",
            "number": "Num",
            "customer_name": "Customer full name",
            "due_on": "Due date",
            "amount": "Amount",
            "open_amount": "Open balance",
        },
    ),
    "Xero": (
        "ContactName,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,InvoiceAmountPaid,"
        "InvoiceAmountDue,Currency,Type,Status",
        {
            "customer_name": "ContactName",
            "number": "InvoiceNumber",
            "issued_on": "InvoiceDate",
            "due_on": "DueDate",
            "amount": "Total",
            "paid_amount": "InvoiceAmountPaid",
            "open_amount": "InvoiceAmountDue",
            "currency": "Currency",
            "document_kind": "Type",
            "is_open": "Status",
        },
    ),
    "SAP FBL5N (DE)": (
        "Debitor,Name 1,Belegnummer,Belegart,Belegdatum,Nettofälligkeit,Betrag in Hauswährung,"
        "Währung,Ausgleichsdatum",
        {
            "customer_number": "Debitor",
            "customer_name": "Name 1",
            "number": "Belegnummer",
            "document_kind": "Belegart",
            "issued_on": "Belegdatum",
            "due_on": "Nettofälligkeit",
            "amount": "Betrag in Hauswährung",
            "currency": "Währung",
            "paid_on": "Ausgleichsdatum",
        },
    ),
    "SAP FBL5N (ZH)": (
        "客户,名称,凭证编号,凭证类型,凭证日期,净到期日,凭证货币计的金额,凭证货币,清账日期",
        {
            "customer_number": "客户",
            "customer_name": "名称",
            "number": "凭证编号",
            "document_kind": "凭证类型",
            "issued_on": "凭证日期",
            "due_on": "净到期日",
            "amount": "凭证货币计的金额",
            "currency": "凭证货币",
            "paid_on": "清账日期",
        },
    ),
    "用友": (
        "单据类型,单据编号,单据日期,客户编码,客户名称,币种,原币金额,原币余额,到期日,业务员,合同号",
        {
            "document_kind": "单据类型",
            "number": "单据编号",
            "issued_on": "单据日期",
            "customer_number": "客户编码",
            "customer_name": "客户名称",
            "currency": "币种",
            "amount": "原币金额",
            "open_amount": "原币余额",
            "due_on": "到期日",
            "salesperson": "业务员",
            "contract": "合同号",
        },
    ),
    "金蝶": (
        "业务日期,单据编号,单据类型,客户,币别,价税合计,税额,不含税金额,已核销金额,未核销金额,到期日,销售员",
        {
            "issued_on": "业务日期",
            "number": "单据编号",
            "document_kind": "单据类型",
            "customer_name": "客户",
            "currency": "币别",
            "amount": "价税合计",
            "vat_amount": "税额",
            "net_amount": "不含税金额",
            "paid_amount": "已核销金额",
            "open_amount": "未核销金额",
            "due_on": "到期日",
            "salesperson": "销售员",
        },
    ),
    "issue": (
        "客户名称,发票号,开票日期,到期日,金额,币种,收款日期",
        {
            "customer_name": "客户名称",
            "number": "发票号",
            "issued_on": "开票日期",
            "due_on": "到期日",
            "amount": "金额",
            "currency": "币种",
            "paid_on": "收款日期",
        },
    ),
    "traditional": (
        "客戶名稱,發票號碼,發票日期,到期日,金額(元),幣別,收款金額,實收日期",
        {
            "customer_name": "客戶名稱",
            "number": "發票號碼",
            "issued_on": "發票日期",
            "due_on": "到期日",
            "amount": "金額(元)",
            "currency": "幣別",
            "paid_amount": "收款金額",
            "paid_on": "實收日期",
        },
    ),
    "receipts": (
        "收款单号,收款日期,客户名称,收款金额,发票号,结算方式,币种",
        {
            "number": "收款单号",
            "paid_on": "收款日期",
            "customer_name": "客户名称",
            "paid_amount": "收款金额",
            "applies_to": "发票号",
            "settlement_kind": "结算方式",
            "currency": "币种",
        },
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_headers_are_given_their_fields(name: str) -> None:
    line, expected = LAYOUTS[name]
    headers = line.split(",")
    assert header_row([["title"], headers], {}) == 1
    columns = assign(headers, {}, receipts=is_receipts_table(headers), file="x")
    assert {column.field: column.header for column in columns if column.field} == expected


def test_no_header_stands_first_for_two_fields() -> None:
    firsts = [normalise(field.headers[0]) for field in FIELDS.values()]
    assert len(firsts) == len(set(firsts))


FOOD = (
    "name_customer document_create_date.1 posting_date due_in_date total_open_amount isOpen "
    "clear_date area_business"
)


def test_the_columns_not_used_are_told(read: Reader) -> None:
    cells = ["A", "20200126.0", "20200127", "20200210.0", "1000.5", "1", "", ""]
    ledger = read([FOOD.split(), cells])
    table = ledger.file.recognition.first
    assert table.unmapped == ("area_business",)
    assert [(c.header, c.also) for c in table.columns if c.also] == [("posting_date", "issued_on")]
    assert ledger.items[0]["issued_on"].isoformat() == "2020-01-26"


def test_what_no_column_says_is_asked(read: Reader) -> None:
    with pytest.raises(NeedsAnswer) as refused:
        read([["Invoice No", "Due Date", "Invoice Date", "Currency"], ["1", "", "", ""]])
    assert [q.column for q in refused.value.questions] == ["the customer", "the amount"]


def test_the_day_of_acceptance_is_not_the_day_of_payment() -> None:
    """承兑日期 is when the acceptor promised; a bill counts as paid when it was honoured."""
    assert "承兑日期" not in FIELDS["honoured_on"].headers
    assert "兑付日期" in FIELDS["honoured_on"].headers


def test_an_erpnext_report_keeps_waiting_payments_and_what_credit_notes_took(read: Reader) -> None:
    header = [
        *("Posting Date", "Party", "Voucher Type", "Voucher No", "Due Date"),
        *("Invoiced Amount", "Paid Amount", "Credit Note", "Outstanding Amount", "Currency"),
    ]
    day = "2025-03-10"
    ledger = read(
        [
            header,
            ["2025-01-10", "Acme", "Sales Invoice", "S1", "2025-02-09", 1000, 400, 50, 550, "INR"],
            [day, "Acme", "Payment Entry", "P9", day, 0, 75, 0, -75, "INR"],
            ["Total", "", "", "", "", 1000, 475, 50, 475, ""],
        ]
    )
    (use,) = ledger.settlements  # no first-in-first-out: the report says that the payment waits
    assert (use["item_id"], use["amount"]) == (ledger.item("S1")["item_id"], 450)
    assert (ledger.item("P9")["kind"], ledger.item("P9")["amount"]) == ("receipt", 75)
    assert (ledger.reasons, ledger.file.control[0].file_amount) == ([(4, "total_row")], 925)
    assert "ignored_rows" in ledger.notices


def test_a_receipt_that_says_what_is_open_of_it_is_not_applied_again(read: Reader) -> None:
    header = ["Customer", "Transaction type", "Num", "Date", "Due date", "Amount", "Open balance"]
    ledger = read(
        [
            header,
            ["Amy", "Invoice", "1", "2025-01-15", "2025-02-14", 459, 239],
            ["Amy", "Payment", "2", "2025-02-15", "2025-02-15", -100, -30],
        ]
    )
    assert [use["amount"] for use in ledger.uses("1")] == [220]
    assert not [use for use in ledger.uses("1") if use["source_item_id"] is not None]
