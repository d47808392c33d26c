"""Workbooks and Parquet: typed cells, several sheets, and archives that would burst."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.unit.connectors.tables import Reader
from xindun.connectors.ledger_files.sources import workbooks
from xindun.kernel.errors import DomainError

HALF_PAST_NINE = datetime.fromisoformat("2025-02-01T09:30")
DUE = [datetime.fromisoformat(day) for day in ("2025-02-01", "2025-02-02")]
HEADER = ["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount", "Currency"]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_typed_cells_are_read_exactly(read: Reader, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "typed.xlsx",
        Sheet=[
            ["Receivables", None],
            [],
            HEADER,
            ["Acme", 1001, date(2025, 1, 2), HALF_PAST_NINE, 79656.6, "EUR"],
            ["Acme", "1002", "2025-01-02", date(2025, 2, 1), 1.234, "BHD"],
            ["Acme", 1003.0, date(2025, 1, 2), date(2025, 2, 1), "abc", "EUR"],
        ],
    )
    ledger = read(path)
    assert ledger.item("1001")["amount"] == Decimal("79656.6")
    assert ledger.item("1001")["due_on"] == date(2025, 2, 1)
    assert ledger.item("1002")["amount"] == Decimal("1.234")
    assert ledger.item("1001")["line_no"] == 4
    assert ledger.reasons == [(6, "unreadable_amount")]
    assert ledger.rejects[0]["sheet"] == "Sheet"


def test_sheets_of_invoices_and_receipts_are_read_together(read: Reader, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "two.xlsx",
        说明=[["这是说明"]],
        发票=[
            ["客户名称", "发票号", "开票日期", "到期日", "金额", "币种"],
            ["华东", "F1", date(2025, 1, 1), date(2025, 1, 31), 100, "CNY"],
            ["华东", "F2", date(2025, 1, 5), date(2025, 2, 4), 50, "CNY"],
        ],
        收款=[
            ["客户名称", "收款单号", "收款日期", "收款金额", "发票号", "币种", "结算方式"],
            ["华东", "R1", date(2025, 2, 3), 60, "F1", "CNY", "电汇"],
            ["华东", "R2", date(2025, 2, 9), 70, None, "CNY", "银承"],
        ],
    )
    ledger = read(path)
    assert [table.role for table in ledger.file.recognition.tables] == ["invoices", "receipts"]
    assert ledger.item("R1")["kind"] == "receipt"
    named, derived = ledger.uses("F1")
    assert (named["amount"], named["derived"], named["kind"]) == (60, False, "cash")
    assert (derived["amount"], derived["derived"]) == (40, True)
    assert (derived["kind"], derived["cleared_on"]) == ("bank_acceptance", None)
    assert read(path, sheet="发票").settlements == []


def test_parquet_is_streamed_with_its_types(read: Reader, tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    pq.write_table(
        pa.table(
            {
                "Customer": pa.array(["Acme", "Acme"]).dictionary_encode(),
                "Invoice No": pa.array([1930438491.0, None]),
                "Invoice Date": pa.array([date(2025, 1, 2), date(2025, 1, 3)]),
                "Due Date": pa.array(DUE),
                "Amount": pa.array([Decimal("1.23"), Decimal("4.50")]),
                "Currency": ["EUR", "EUR"],
            }
        ),
        path,
    )
    ledger = read(path)
    assert [item["number"] for item in ledger.items] == ["1930438491", None]
    assert [item["amount"] for item in ledger.items] == [Decimal("1.23"), Decimal("4.50")]
    assert ledger.items[0]["due_on"] == date(2025, 2, 1)


def bomb(path: Path, cell: str, padding: int = 0) -> Path:
    workbook(path, Sheet=[HEADER])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    row = "".join(filter(str.isdigit, cell))
    extra = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'.encode() + b" " * padding
    parts[sheet] = parts[sheet].replace(b"</sheetData>", extra + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_a_sheet_that_claims_every_cell_is_refused(read: Reader, tmp_path: Path) -> None:
    with pytest.raises(workbooks.WorkbookTooLarge):
        read(bomb(tmp_path / "wide.xlsx", "XFD1048576"))


def test_an_archive_that_unpacks_too_far_is_refused(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_BYTES", 10 << 20)
    with pytest.raises(workbooks.WorkbookTooLarge):
        read(bomb(tmp_path / "bomb.xlsx", "A3", padding=20 << 20))


def test_sheets_without_a_table_and_missing_sheets_are_named(read: Reader, tmp_path: Path) -> None:
    path = workbook(tmp_path / "none.xlsx", A=[["x", "y"]], B=[])
    with pytest.raises(DomainError) as refused:
        read(path)
    assert refused.value.code == "header_not_found"
    with pytest.raises(DomainError) as refused:
        read(path, sheet="C")
    assert refused.value.code == "sheet_missing"
    assert "A, B" in str(refused.value)


def test_a_summary_beside_the_ledger_is_passed_over(read: Reader, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "summary.xlsx",
        汇总=[["客户名称", "金额", "币种"], ["华东", 100, "CNY"]],
        明细=[HEADER, ["华东", "1", date(2025, 1, 1), date(2025, 1, 31), 100, "CNY"]],
    )
    ledger = read(path)
    assert [table.sheet for table in ledger.file.recognition.tables] == ["明细"]
    assert ledger.items[0]["sheet"] == "明细"
