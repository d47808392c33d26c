"""A slice as rows of a wide ledger: one row an invoice and payment, one row a further document.

What a reader would get wrong: an invoice paid in two parts stands in two rows that differ only
in what was paid, as accounting exports write it; its amount counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from xindun.cli.sample.behaviour import METHODS, NO_DAY, NOWHERE, PAPERS, Slice
from xindun.cli.sample.buyers import COUNTRIES, CURRENCIES, DECIMALS, Ints, Population

COLUMNS = {
    "document_type": "单据类型",
    "customer_number": "客户编号",
    "customer_name": "客户名称",
    "country": "国家",
    "invoice_number": "发票号",
    "invoice_date": "开票日期",
    "due_date": "到期日",
    "currency": "币种",
    "amount": "金额",
    "paid_date": "收款日期",
    "paid_amount": "收款金额",
    "payment_method": "结算方式",
    "applies_to": "核销发票号",
    "disputed": "是否争议",
    "draft_number": "票据号",
    "bill_maturity_date": "票据到期日",
    "honoured_on": "兑付日期",
    "dishonoured_on": "拒付日期",
    "synthetic": "合成数据",
}
"""English header → Chinese header, in the order of the file."""

DATES = (
    "invoice_date",
    "due_date",
    "paid_date",
    "bill_maturity_date",
    "honoured_on",
    "dishonoured_on",
)
MONEY = ("amount", "paid_amount")

_WORDS = {
    "invoice": "发票",
    "credit note": "贷项通知单",
    "receipt": "收款单",
    "retention": "质保金",
    "unbilled delivery": "已发货未开票",
    "cash": "现金",
    "bank acceptance": "银行承兑汇票",
    "commercial acceptance": "商业承兑汇票",
    "write-off": "坏账核销",
    "yes": "是",
    "no": "否",
}
_PREFIXES = ("INV", "CN", "RC", "RT", "DN")


@dataclass(frozen=True)
class _Rows:
    """The rows of a slice before they become text; -1 stands for an empty cell."""

    paper: Ints
    buyer: Ints
    number: Ints
    issued: Ints
    due: Ints
    currency: Ints
    amount: Ints
    paid_on: Ints
    paid: Ints
    method: Ints
    applies_to: Ints
    disputed: Ints
    bill: Ints
    matures: Ints
    honoured: Ints
    dishonoured: Ints


def wide_table(piece: Slice, people: Population, lang: str) -> pa.Table:
    """The slice as an Arrow table: text, dates and decimals, ready for any writer.

    Money is decimal text with the currency's own decimals (none for JPY).
    """
    rows = _rows(piece)
    columns = {
        "document_type": _words(tuple(p.replace("_", " ") for p in PAPERS), rows.paper, lang),
        "customer_number": _take(tuple(people.numbers), rows.buyer),
        "customer_name": _take(tuple(people.names), rows.buyer),
        "country": _take(tuple(code for code, *_ in COUNTRIES), people.country[rows.buyer]),
        "invoice_number": _document_numbers(rows.paper, rows.number),
        "invoice_date": _dates(rows.issued),
        "due_date": _dates(rows.due),
        "currency": _take(CURRENCIES, rows.currency),
        "amount": _money(rows.amount, rows.currency),
        "paid_date": _dates(rows.paid_on),
        "paid_amount": _money(rows.paid, rows.currency),
        "payment_method": _words(_methods(), rows.method, lang),
        "applies_to": _document_numbers(np.zeros_like(rows.paper), rows.applies_to),
        "disputed": _words(("no", "yes"), rows.disputed, lang),
        "draft_number": _numbers("B", rows.bill),
        "bill_maturity_date": _dates(rows.matures),
        "honoured_on": _dates(rows.honoured),
        "dishonoured_on": _dates(rows.dishonoured),
        "synthetic": _words(("yes",), np.zeros_like(rows.paper), lang),
    }
    names = [COLUMNS[name] if lang == "zh" else name for name in columns]
    return pa.Table.from_arrays(list(columns.values()), names=names)


def _methods() -> tuple[str, ...]:
    return tuple(m.replace("write_off", "write-off").replace("_", " ") for m in METHODS)


def _rows(piece: Slice) -> _Rows:
    """Invoices joined with their payments, then the papers, in the order of their days."""
    invoices, payments, papers = piece.invoices, piece.payments, piece.papers
    count = len(invoices)
    parts = np.bincount(payments.invoice, minlength=count)
    place = np.repeat(np.arange(count), np.maximum(parts, 1))
    pay = np.full(len(place), NOWHERE)
    pay[parts[place] > 0] = np.arange(len(payments))
    number_of = np.append(invoices.number, NOWHERE)

    def of_payment(column: Ints) -> Ints:
        result: Ints = np.append(column, NO_DAY)[pay]
        return result

    is_bill = of_payment(payments.matures) != NO_DAY
    bill = np.where(is_bill, invoices.number[place] * 2 + (np.diff(place, prepend=-1) == 0), -1)
    empty = np.full(len(papers), -1)
    columns = [
        (np.zeros(len(place), dtype=np.int64), papers.kind),
        (invoices.buyer[place], papers.buyer),
        (invoices.number[place], papers.number),
        (invoices.issued[place], papers.issued),
        (invoices.due[place], papers.due),
        (invoices.currency[place], papers.currency),
        (invoices.amount[place], papers.amount),
        (of_payment(payments.day), empty),
        (of_payment(payments.amount), empty),
        (of_payment(payments.method), empty),
        (np.full(len(place), NOWHERE), number_of[papers.applies_to]),
        (invoices.disputed[place].astype(np.int64), np.zeros(len(papers), dtype=np.int64)),
        (bill, empty),
        (of_payment(payments.matures), empty),
        (of_payment(payments.honoured), empty),
        (of_payment(payments.dishonoured), empty),
    ]
    joined = [np.concatenate(pair) for pair in columns]
    order = np.argsort(joined[3], kind="stable")
    return _Rows(*(column[order] for column in joined))


@cache
def _dictionary(values: tuple[str, ...]) -> pa.Array:
    return pa.array(values, pa.string())


def _take(values: tuple[str, ...], places: Ints) -> pa.Array:
    """The value at each place; null where the place is negative."""
    return _dictionary(values).take(pa.array(places, mask=places < 0))


def _words(words: tuple[str, ...], places: Ints, lang: str) -> pa.Array:
    return _take(tuple(_WORDS[w] for w in words) if lang == "zh" else words, places)


def _dates(days: Ints) -> pa.Array:
    return pa.array(days.astype(np.int32), pa.int32(), mask=days < 0).cast(pa.date32())


def _numbers(prefix: str, numbers: Ints) -> pa.Array:
    digits = pa.array(numbers, mask=numbers < 0).cast(pa.string())
    return pc.binary_join_element_wise(prefix, pc.utf8_lpad(digits, 9, "0"), "-")


def _document_numbers(paper: Ints, numbers: Ints) -> pa.Array:
    digits = pa.array(numbers, mask=numbers < 0).cast(pa.string())
    return pc.binary_join_element_wise(_take(_PREFIXES, paper), pc.utf8_lpad(digits, 9, "0"), "-")


def _money(minor: Ints, currency: Ints) -> pa.Array:
    """Minor units as decimal text: 1250 is "12.50" in EUR and "1250" in JPY."""
    missing: Any = minor < 0
    whole = pa.array(minor, mask=missing)
    with_cents = pa.array(minor // 100, mask=missing).cast(pa.string())
    cents = pc.utf8_lpad(pa.array(minor % 100, mask=missing).cast(pa.string()), 2, "0")
    text = pc.binary_join_element_wise(with_cents, cents, ".")
    return pc.if_else(pa.array(DECIMALS[currency] == 0), whole.cast(pa.string()), text)
