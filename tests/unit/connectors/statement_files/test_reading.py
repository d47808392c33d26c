"""Statement files become drafts: both Chinese layouts, English lines, periods, no guesses."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from xindun.connectors.ledger_files.sources.content import OtherContent
from xindun.connectors.ledger_files.sources.workbooks import BrokenWorkbook
from xindun.connectors.statement_files import NoStatement, read_draft, sources
from xindun.connectors.statement_files.names import folded, is_known
from xindun.connectors.statement_files.sheets import StatementTooLarge
from xindun.engine.figures import LINES
from xindun.record.statements.rules import balances

Rows = Sequence[Sequence[object]]

BALANCE: Rows = [
    ["资产负债表"],
    ["编制单位：某公司", "", "2023年12月31日", "", "", "单位：万元"],
    [
        "资产",
        "期末余额",
        "上年年末余额",
        "负债和所有者权益（或股东权益）",
        "期末余额",
        "上年年末余额",
    ],
    ["流动资产：", "", "", "流动负债："],
    ["货币资金", 120.5, 100, "短期借款", 80, 90],
    ["应收票据", 30, 20, "应付票据", 25, 10],
    ["应收账款", 170, 160, "应付账款", 95, 80],
    ["存货", 129.5, 120, "某新增项目", 100, 70],
    ["流动资产合计", 450, 400, "流动负债合计", 300, 250],
    ["固定资产", 550, 500, "长期借款", 200, 210],
    ["非流动资产合计", 550, 500, "应付债券", 100, 100],
    ["", "", "", "非流动负债合计", 300, 310],
    ["", "", "", "负债合计", 600, 560],
    ["", "", "", "实收资本（或股本）", 250, 250],
    ["", "", "", "盈余公积", 50, 40],
    ["", "", "", "未分配利润", 100, 50],
    ["", "", "", "所有者权益（或股东权益）合计", 400, 340],
    ["资产总计", 1000, 900, "负债和所有者权益（或股东权益）总计", 1000, 900],
]
INCOME: Rows = [
    ["利润表"],
    ["项目", "行次", "本期金额", "上期金额"],
    ["一、营业收入", 1, 1200, 1000],
    ["减：营业成本", 2, 900, 780],
    ["销售费用", 3, 80, 70],
    ["管理费用", 4, 60, 60],
    ["财务费用", 5, 25, 22],
    ["其中：利息费用", 6, 20, 18],
    ["三、利润总额（亏损总额以“－”号填列）", 7, 70, 55],
    ["四、净利润（净亏损以“－”号填列）", 8, 50, 40],
]
CASH: Rows = [
    ["补充资料", "本期金额", "上期金额"],
    ["净利润", 50, 40],
    ["固定资产折旧、油气资产折耗、生产性生物资产折旧", 28, 25],
    ["无形资产摊销", 2, 2],
    ["经营活动产生的现金流量净额", 75, 66],
]


def workbook(path: Path, **sheets: Rows) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, list(row))
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def test_a_chinese_workbook_with_two_blocks_side_by_side(tmp_path: Path) -> None:
    draft = read_draft(workbook(tmp_path / "a.xlsx", 资产负债表=BALANCE, 利润表=INCOME, 现金=CASH))
    this, before = draft.periods
    assert (draft.unit, draft.currency, draft.is_chinese) == (10_000, "CNY", True)
    assert (this.key, this.ends_on, before.key, before.ends_on) == (
        *("this", date(2023, 12, 31)),
        *("before", None),
    )
    found = {name: str(amount) for name, amount in this.figures.stated().items()}
    assert found == {
        "current_assets": "450",
        "cash": "120.5",
        "receivables": "200",
        "inventory": "129.5",
        "non_current_assets": "550",
        "total_assets": "1000",
        "current_liabilities": "300",
        "payables": "120",
        "non_current_liabilities": "300",
        "long_term_debt": "300",
        "total_liabilities": "600",
        "equity": "400",
        "retained_earnings": "150",
        "paid_in_capital": "250",
        "sales": "1200",
        "cost_of_sales": "900",
        "operating_expenses": "140",
        "depreciation": "30",
        "ebit": "90",
        "interest_expense": "20",
        "net_income": "50",
        "operating_cash_flow": "75",
    }
    assert all(each.holds for each in balances(this.figures.scaled(10_000), 10_000))
    assert before.figures.sales == 1000
    assert this.unknown == before.unknown == ("某新增项目",)
    lines = {each.name: (each.amount, each.line) for each in this.lines}
    assert lines["某新增项目"] == (100, None)
    assert lines["应收票据"] == (30, "receivables")
    assert lines["短期借款"] == (80, None)
    assert lines["三、利润总额（亏损总额以“－”号填列）"] == (70, "ebit")
    assert len(this.lines) == 33


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_chinese_sheet_with_one_block_in_a_text_file(tmp_path: Path, encoding: str) -> None:
    content = (
        "资产负债表,,\n,,单位：元\n项目,2024年6月30日,2023年12月31日\n"
        '货币资金,"1,234.50","1,000.00"\n资产总计,"9,000.00","8,000.00"\n'
        '负债合计,"5,000.00","4,500.00"\n股东权益合计,"4,000.00","3,500.00"\n'
    )
    draft = read_draft(text(tmp_path / "a.csv", content, encoding))
    assert draft.unit == 1
    assert [(each.key, each.ends_on) for each in draft.periods] == [
        ("2024", date(2024, 6, 30)),
        ("2023", date(2023, 12, 31)),
    ]
    assert draft.periods[0].figures.cash == Decimal("1234.50")
    assert draft.periods[1].figures.equity == 3500


def test_an_english_workbook_with_years_as_numbers(tmp_path: Path) -> None:
    rows: Rows = [
        ["Consolidated balance sheets (in thousands of US dollars)"],
        ["", "Note", 2023, 2022, 2021],
        ["Cash and cash equivalents", 4, 15, 12, 9],
        ["Trade receivables", 5, 2000, 1999, 1998],
        ["Total assets", "", 5000, 4000, 3000],
        ["Total liabilities", "", 3500, 3000, 2500],
        ["Total shareholders' equity", "", 1500, 1000, 500],
        ["Revenue", 6, 8000, 7000, 6000],
        ["Cost of sales", 7, "(6,000)", "(5,500)", "(4,700)"],
    ]
    draft = read_draft(workbook(tmp_path / "a.xlsx", Sheet1=rows))
    assert (draft.unit, draft.currency, draft.is_chinese) == (1_000, "USD", False)
    assert [each.key for each in draft.periods] == ["2023", "2022", "2021"]
    assert [each.figures.receivables for each in draft.periods] == [2000, 1999, 1998]
    assert draft.periods[0].figures.equity == 1500
    assert draft.periods[0].figures.cost_of_sales == 6000
    assert draft.periods[0].unknown == ()


def test_a_unit_that_is_not_written_is_not_proposed(tmp_path: Path) -> None:
    rows = [["项目", "期末余额"], ["资产总计", 9], ["负债合计", 5], ["所有者权益合计", 4]]
    draft = read_draft(workbook(tmp_path / "a.xlsx", a=rows))
    assert (draft.unit, draft.currency, draft.periods[0].ends_on) == (None, "", None)


def test_a_comma_that_is_proven_is_the_decimal_mark(tmp_path: Path) -> None:
    content = "Line;2023\nTotal assets;1.234,56\nTotal liabilities;1.000,50\nTotal equity;234,06\n"
    draft = read_draft(text(tmp_path / "a.csv", content))
    assert draft.periods[0].figures.total_assets == Decimal("1234.56")


def test_what_is_no_statement_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoStatement):
        read_draft(text(tmp_path / "a.csv", "Customer,2023\nA,5\nB,6\n"))
    with pytest.raises(OtherContent):
        read_draft(text(tmp_path / "b.csv", "<html><body>no</body></html>"))


def test_hostile_workbooks_are_refused_before_their_cells_are_built(tmp_path: Path) -> None:
    bomb, entities = tmp_path / "bomb.xlsx", tmp_path / "entities.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (101 << 20))
    with pytest.raises(StatementTooLarge):
        read_draft(bomb)
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]><a/>')
    with pytest.raises(BrokenWorkbook):
        read_draft(entities)
    with pytest.raises(StatementTooLarge):
        read_draft(text(tmp_path / "long.csv", "x" * ((10 << 20) + 1)))
    tall = [["项目", "期末余额"], *([["资产总计", 1]] * 5_001)]
    with pytest.raises(StatementTooLarge):
        read_draft(workbook(tmp_path / "tall.xlsx", a=tall))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("一、营业总收入", "营业总收入"),
        ("  减：营业成本", "营业成本"),
        ("其中：利息费用", "利息费用"),
        ("归属于母公司所有者权益（或股东权益）合计", "归属于母公司所有者权益合计"),
        ("Property, plant & equipment", "property plant equipment"),
        ("△结算备付金", "结算备付金"),
    ],
)
def test_numbering_brackets_and_signs_are_no_part_of_a_name(printed: str, name: str) -> None:
    assert folded(printed) == name


def test_the_catalogue_says_where_its_names_come_from() -> None:
    assert {code: day for code, (_, day) in sources().items()} == {
        "cas": date(2019, 4, 30),
        "ifrs": date(2007, 9, 6),
        "us_gaap": None,
    }
    assert "财会〔2019〕6号" in sources()["cas"][0]
    assert is_known("负债和所有者权益总计") and not is_known("某新增项目")


def test_every_line_of_ours_can_be_read_from_a_sheet() -> None:
    from xindun.connectors.statement_files.names import _lines

    assert set(LINES) - set(_lines()) == {"market_value"}
