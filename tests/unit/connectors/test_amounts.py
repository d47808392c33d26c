"""Amounts are read exactly in every style, and the decimal mark is proven or asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.connectors.tables import Reader
from xindun.connectors.ledger_files import NeedsAnswer, amounts


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("1,234.56", ".", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1 234,56", ",", "1234.56"),
        ("1\u00a0234,56", ",", "1234.56"),
        ("1'234.56", ".", "1234.56"),
        ("12,34,567.89", ".", "1234567.89"),
        ("(123.45)", ".", "-123.45"),
        ("123.45-", ".", "-123.45"),
        ("-123.45", ".", "-123.45"),
        ("\u2212123.45", ".", "-123.45"),
        ("+7", ".", "7"),
        ("￥1,234.50", ".", "1234.50"),
        ("€ 1.234,50", ",", "1234.50"),
        ("-$5.00", ".", "-5"),
        ("$-5.00", ".", "-5"),
        ("USD 12.00", ".", "12"),
        ("12.00 EUR", ".", "12"),
        ("１２３４．５０", ".", "1234.50"),
        ("1234元", ".", "1234"),
        (".5", ".", "0.5"),
        ("1.2345", ".", "1.2345"),
        ("1.230000", ".", "1.23"),
        ("99999999999999.9999", ".", "99999999999999.9999"),
        ("-0.00", ".", "0"),
    ],
)
def test_a_cell_says_its_amount(text: str, mark: str, amount: str) -> None:
    assert amounts.parse(text, mark) == Decimal(amount)


@pytest.mark.parametrize("text", ["", " ", "-", "nan", "N/A", "--"])
def test_an_empty_cell_says_nothing(text: str) -> None:
    assert amounts.parse(text, ".") is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("1.234.56", amounts.NotAnAmount),
        ("1,23.45", amounts.NotAnAmount),
        ("12a", amounts.NotAnAmount),
        ("1.5E+05", amounts.NotAnAmount),
        ("=1+1", amounts.NotAnAmount),
        ("100000000000000", amounts.TooLarge),
        ("1.23456", amounts.TooPrecise),
    ],
)
def test_anything_else_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        amounts.parse(text, ".")


HEADER = ["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount", "Currency"]


def ledger(*cells: str, currency: str = "EUR") -> list[list[str]]:
    return [
        HEADER,
        *(["A", f"I{n}", "2025-01-01", "2025-01-31", c, currency] for n, c in enumerate(cells)),
    ]


@pytest.mark.parametrize(
    ("cells", "mark", "first"),
    [
        (["1,234", "5,678.90"], ".", "1234"),
        (["1.234", "5.678,90"], ",", "1234"),
        (["1.234", "1.234.567"], ",", "1234"),
        (["1,234", "0.5"], ".", "1234"),
        (["1234", "5678"], ".", "1234"),
        (["0,125", "2"], ",", "0.125"),
        (["12345.678", "1"], ".", "12345.678"),
    ],
)
def test_one_cell_proves_the_mark_for_the_table(
    read: Reader, cells: list[str], mark: str, first: str
) -> None:
    found = read(ledger(*cells, currency="BHD"))
    assert found.file.recognition.first.decimal == mark
    assert found.item("I0")["amount"] == Decimal(first)


@pytest.mark.parametrize(
    ("cells", "code"),
    [(["1,234"], "decimal"), (["1.234", "2.345"], "decimal"), (["1.5", "1,5"], "decimals_mixed")],
)
def test_an_open_mark_is_asked(read: Reader, cells: list[str], code: str) -> None:
    with pytest.raises(NeedsAnswer) as refused:
        read(ledger(*cells))
    assert refused.value.questions[0].code == code
    assert read(ledger(*cells), decimal=".").file.rows_read == len(cells)


def test_more_decimals_than_the_currency_has_reject_the_row(read: Reader) -> None:
    found = read(ledger("1.50", "2.0", currency="JPY"))
    assert found.reasons == [(2, "too_many_decimals")]
    assert [item["amount"] for item in found.items] == [Decimal(2)]
    (control,) = found.file.control
    assert (control.currency, control.reject_amount) == ("JPY", Decimal("1.5"))


def test_a_file_without_a_currency_keeps_four_decimals_as_xxx(read: Reader) -> None:
    rows = [row[:-1] for row in ledger("1.2345")]
    found = read(rows)
    assert "no_currency" in found.notices
    assert found.items[0]["currency"] == "XXX"
    assert found.items[0]["amount"] == Decimal("1.2345")
    assert read(rows, currency="XXX").items[0]["currency"] == "XXX"
    assert read(rows, currency="KWD").reasons == [(2, "too_many_decimals")]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("RMB", "CNY"),
        ("人民币", "CNY"),
        ("eur", "EUR"),
        ("US$", "USD"),
        ("美元", "USD"),
        ("", "XXX"),
    ],
)
def test_currencies_are_read_from_names_and_symbols(read: Reader, word: str, code: str) -> None:
    assert read(ledger("5.00", currency=word)).items[0]["currency"] == code


def test_a_shared_symbol_is_asked_and_an_unknown_one_rejected(read: Reader) -> None:
    with pytest.raises(NeedsAnswer) as refused:
        read(ledger("5.00", currency="¥"))
    assert refused.value.questions[0].code == "currency"
    assert read(ledger("5.00", currency="¥"), currency="JPY").items[0]["currency"] == "JPY"
    found = read(ledger("5.00", currency="QQQ"))
    assert found.reasons == [(2, "unknown_currency")]
    assert found.file.control[0].unreadable_rows == 0


def test_a_header_may_name_the_currency(read: Reader) -> None:
    header = [*HEADER[:4], "Amount (USD)"]
    ledger = read([header, ["A", "1", "2025-01-01", "2025-01-31", "5.00"]])
    assert ledger.items[0]["currency"] == "USD"
    assert "currency_of_header" in ledger.notices
    yuan = [*HEADER[:4], "金额(元)"]
    assert read([yuan, ["A", "1", "2025-01-01", "2025-01-31", "5"]]).items[0]["currency"] == "XXX"


def test_rows_without_a_currency_among_others_are_told(read: Reader) -> None:
    rows = [*ledger("5.00"), ["A", "9", "2025-01-01", "2025-01-31", "5.00", ""]]
    found = read(rows)
    assert found.item("9")["currency"] == "XXX"
    assert "currency_missing" in found.notices
