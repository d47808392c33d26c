"""``xindun ratios`` works from a file alone and refuses what does not balance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xindun.cli.ratios import app
from xindun.kernel.errors import DomainError
from xindun.record.statements.rules import Unbalanced, UnitMissing

SHEET = (
    "项目,2023年12月31日,2022年12月31日\n资产总计,1000,900\n流动资产合计,450,400\n"
    "流动负债合计,300,250\n负债合计,600,560\n所有者权益合计,400,340\n未分配利润,150,90\n"
    "营业收入,1200,1000\n利润总额,70,55\n利息费用,20,18\n净利润,50,40\n某项目,5,5\n"
)


def told(path: Path, *options: str) -> str:
    done = CliRunner().invoke(app, [str(path), *options])
    if isinstance(done.exception, DomainError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_a_file_becomes_ratios_and_models(tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    found = json.loads(told(sheet, "--unit", "10000", "--json"))
    assert found["ends_on"] == "2023-12-31"
    assert found["ratios"]["sales_growth"] == "0.200000"
    assert found["models"]["altman_z2"] == {"score": "2.777800", "zone": "safe"}
    assert found["unknown_lines"] == ["某项目"]
    text = told(sheet, "--unit", "10000", "--lang", "zh")
    assert "流动比率: 1.5000" in text
    assert "现金比率: 报表未列示：货币资金。" in text


def test_no_unit_and_no_balance_are_refused(tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(SHEET.replace("合计,400", "合计,390"), encoding="utf-8")
    with pytest.raises(Unbalanced) as refused:
        told(sheet, "--unit", "10000")
    assert (refused.value.params["left"], refused.value.params["right"]) == (10_000_000, 9_900_000)
    with pytest.raises(UnitMissing):
        told(sheet, "--unit", "7")
