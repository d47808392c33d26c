"""A portfolio from Parquet to Parquet gets the grades that each company gets alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench._synthetic_companies import model, write_companies
from xindun.engine.company_grades import graded
from xindun.engine.expressions.rescore import input_columns
from xindun.engine.grade_policy import CAPS, DEFAULT_POLICY
from xindun.engine.ratios import RATIOS, ratio_of
from xindun.engine.rescoring import rescore

COMPANIES = 300
MODEL = model(small=True)


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], list[Any]]:
    home = tmp_path_factory.mktemp("portfolio")
    write_companies(home / "companies", COMPANIES, MODEL)
    assert rescore(home / "companies", home / "grades.parquet", MODEL) == COMPANIES
    read = [pq.read_table(home / name) for name in ("companies", "grades.parquet")]
    given, found = (table.sort_by("company_id").to_pylist() for table in read)
    return given, found


def test_a_portfolio_gets_the_grades_that_each_company_gets_alone(
    portfolio: tuple[list[Any], list[Any]],
) -> None:
    given, found = portfolio
    codes = MODEL.codes
    rest = [name for name in input_columns(MODEL, DEFAULT_POLICY) if name in given[0]]
    alone = []
    for row in given[:40]:
        figures = {n: Decimal(v) for n, v in row.items() if isinstance(v, float)}
        ratios = {code: ratio_of(RATIOS[code], figures).value for code in codes}
        plain = {name: row[name] for name in rest}
        alone.append(plain | {code: None if v is None else float(v) for code, v in ratios.items()})
    for expected, row in zip(graded(alone, MODEL, DEFAULT_POLICY), found, strict=False):
        assert (row["grade"], row["grains"], row["cap"]) == (
            expected["grade"],
            expected["grains"],
            expected["cap"],
        )


def test_reasons_of_every_company_sum_to_its_score(portfolio: tuple[list[Any], list[Any]]) -> None:
    given, found = portfolio
    assert all(sum(row["reasons"]) == row["grains"] for row in found)
    capped = {row["company_id"] for row in given if any(row[name] for name in CAPS)}
    assert {row["company_id"] for row in found if row["cap"]} == capped
