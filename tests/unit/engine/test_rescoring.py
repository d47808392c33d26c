"""A portfolio from Parquet to Parquet gets the grades that each company gets alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench._synthetic_companies import write_companies
from tests.unit.engine.invented import invented_model
from xindun.engine.additive import AdditiveModel, model_of
from xindun.engine.company_grades import graded
from xindun.engine.default_risk.inputs import DOLLARS, MILLION
from xindun.engine.default_risk.portfolio import input_columns
from xindun.engine.default_risk.shipped import shipped
from xindun.engine.distress import USD_RATE
from xindun.engine.grade_policy import CAPS, DEFAULT_POLICY
from xindun.engine.ratios import RATIOS, ratio_of
from xindun.engine.rescoring import rescore

COMPANIES = 300

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module", params=["invented", "private"])
def portfolio(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[AdditiveModel, Rows, Rows]:
    chosen = request.param
    model = invented_model() if chosen == "invented" else model_of(shipped(chosen))
    home = tmp_path_factory.mktemp("portfolio")
    write_companies(home / "companies", COMPANIES, model)
    assert rescore(home / "companies", home / "grades.parquet", model) == COMPANIES
    read = [pq.read_table(home / name) for name in ("companies", "grades.parquet")]
    given, found = (table.sort_by("company_id").to_pylist() for table in read)
    return model, given, found


def _input(code: str, figures: dict[str, Decimal]) -> float | None:
    """The model's input as exact decimals give it; a year is as long as the statement here."""
    if code not in DOLLARS:
        value = ratio_of(RATIOS[code], figures).value
        return None if value is None else float(value)
    amount, rate = figures.get(DOLLARS[code]), figures.get(USD_RATE)
    return None if amount is None or rate is None else float(amount * rate / MILLION)


def test_a_portfolio_gets_the_grades_that_each_company_gets_alone(
    portfolio: tuple[AdditiveModel, Rows, Rows],
) -> None:
    model, given, found = portfolio
    rest = [name for name in input_columns(model, DEFAULT_POLICY) if name in given[0]]
    alone = []
    for row in given[:40]:
        figures = {n: Decimal(repr(v)) for n, v in row.items() if isinstance(v, float)}
        plain = {name: row[name] for name in rest}
        alone.append(plain | {code: _input(code, figures) for code in model.codes})
    assert any(row[code] is not None for row in alone for code in model.codes)
    for expected, row in zip(graded(alone, model, DEFAULT_POLICY), found, strict=False):
        assert (row["grade"], row["grains"], row["cap"]) == (
            expected["grade"],
            expected["grains"],
            expected["cap"],
        )


def test_reasons_of_every_company_sum_to_its_score(
    portfolio: tuple[AdditiveModel, Rows, Rows],
) -> None:
    _model, given, found = portfolio
    assert all(sum(row["reasons"]) == row["grains"] for row in found)
    capped = {row["company_id"] for row in given if any(row[name] for name in CAPS)}
    assert {row["company_id"] for row in found if row["cap"]} == capped
