"""A mapping names the column of a field, or says that no column is read as it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.unit.connectors.tables import Reader
from xindun.connectors.ledger_files import NeedsAnswer, Options, load_mapping, recognise
from xindun.connectors.ledger_files.headers import MappedHeaderMissing

ROWS = [
    ["Customer", "Country", "Invoice No", "Invoice Date", "Due Date", "Amount", "Currency"],
    ["Acme", "DE", "1", "2025-01-02", "2025-02-01", "9", "EUR"],
]
DAY = date(2025, 1, 2)


def test_a_field_mapped_to_nothing_is_read_from_no_column(read: Reader) -> None:
    assert read(ROWS).buyers[0]["country"] == "DE"
    ledger = read(ROWS, mapping={"country": ""})
    assert ledger.buyers[0]["country"] is None
    assert ledger.item("1")["due_on"] == date(2025, 2, 1)
    assert ledger.file.recognition.first.unmapped == ("Country",)


def test_what_a_ledger_needs_is_asked_for_when_its_column_is_not_used(read: Reader) -> None:
    with pytest.raises(NeedsAnswer) as refused:
        read(ROWS, mapping={"amount": ""})
    assert [each.code for each in refused.value.questions] == ["missing_column"]
    with pytest.raises(NeedsAnswer) as refused:
        read(ROWS, mapping={"due_on": ""})
    assert [each.code for each in refused.value.questions] == ["terms"]
    ledger = read(ROWS, mapping={"due_on": ""}, terms_days=10)
    assert ledger.item("1")["due_on"] == date(2025, 1, 12)


def test_dates_of_a_column_that_is_not_used_ask_nothing(read: Reader) -> None:
    rows = [[*ROWS[0], "Delivery Date"], [*ROWS[1], "03/04/2025"]]
    with pytest.raises(NeedsAnswer):
        read(rows)
    assert read(rows, mapping={"delivered_on": ""}).item("1")["delivered_on"] is None


def test_a_mapping_file_says_not_used_with_an_empty_value(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text("amount: Betrag\ncountry:\n", encoding="utf-8")
    assert load_mapping(file) == {"amount": "Betrag", "country": ""}


def two_sheets(path: Path) -> Path:
    book = openpyxl.Workbook()
    invoices, receipts, summary = book.active, book.create_sheet("收款"), book.create_sheet("汇总")
    assert invoices is not None
    for row in (
        ["客户名称", "发票号", "开票日期", "到期日", "金额", "币种", "备注国家"],
        ["华东", "F1", DAY, DAY, 100, "CNY", "CN"],
    ):
        invoices.append(row)
    for row in (
        ["客户名称", "收款单号", "收款日期", "收款金额", "发票号", "币种"],
        ["华东", "R1", DAY, 60, "F1", "CNY"],
    ):
        receipts.append(row)
    for row in (["客户名称", "币种", "金额"], ["华东", "CNY", 40]):
        summary.append(row)
    book.save(path)
    return path


def test_a_header_of_one_sheet_is_mapped_there_alone(read: Reader, tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "two.xlsx")
    found = recognise([path], Options(mapping={"country": "备注国家"}))
    assert [table.mapping.get("country") for table in found.tables] == ["备注国家", None]
    with pytest.raises(MappedHeaderMissing):
        recognise([path], Options(mapping={"country": "nowhere"}))


def test_not_using_a_field_holds_for_every_sheet(tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "two.xlsx")
    plain = recognise([path], Options())
    found = recognise([path], Options(mapping={"currency": ""}))
    assert [table.sheet for table in found.tables] == [table.sheet for table in plain.tables]
    assert all("currency" in table.mapping for table in plain.tables)
    assert not any("currency" in table.mapping for table in found.tables)
