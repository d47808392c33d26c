"""Ratios: exact, traced, or with the reason; the same as columns of a table."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xindun.engine.distress import MODELS, PRICE_INDEX, USD_RATE, Indicator, distress_of
from xindun.engine.expressions.ratios import distress_columns, ratio_columns
from xindun.engine.figures import LINES, Figures
from xindun.engine.phrases import PHRASES
from xindun.engine.ratios import RATIOS, Unit, ratios_of

FIGURES = Figures(
    current_assets=Decimal(450),
    inventory=Decimal(150),
    receivables=Decimal(200),
    current_liabilities=Decimal(300),
    total_assets=Decimal(1000),
    total_liabilities=Decimal(600),
    equity=Decimal(400),
    sales=Decimal(1200),
    cost_of_sales=Decimal(900),
    net_income=Decimal(50),
    interest_expense=Decimal(0),
)


def worth(code: str, figures: Figures = FIGURES, months: int = 12, **more: Figures) -> Decimal:
    value = ratios_of(figures, more.get("before"), months=months)[code].value
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("current_ratio", "1.5"),
        ("quick_ratio", "1"),
        ("working_capital_to_assets", "0.15"),
        ("liabilities_to_assets", "0.6"),
        ("liabilities_to_equity", "1.5"),
        ("net_margin", "0.0417"),
        ("net_income_to_assets", "0.05"),
        ("asset_turnover", "1.2"),
        ("receivable_days", "60.8333"),
        ("inventory_days", "60.8333"),
        ("log_assets", "6.9078"),
    ],
)
def test_a_ratio_is_its_formula(code: str, value: str) -> None:
    assert round(worth(code), 4) == Decimal(value)


def test_flows_of_half_a_year_count_twice_and_balances_once() -> None:
    half = replace(FIGURES, sales=Decimal(600), net_income=Decimal(25), cost_of_sales=Decimal(450))
    for code in ("net_income_to_assets", "asset_turnover", "receivable_days", "net_margin"):
        assert worth(code, half, months=6) == worth(code)
    assert RATIOS["asset_turnover"].is_annualised
    assert not RATIOS["net_margin"].is_annualised
    assert not RATIOS["current_ratio"].is_annualised


def test_growth_is_measured_from_the_year_before() -> None:
    before = Figures(sales=Decimal(1000), net_income=Decimal(40))
    assert worth("sales_growth", before=before) == Decimal("0.2")
    assert round(worth("net_income_change", before=before), 6) == Decimal("0.111111")
    none = replace(FIGURES, net_income=Decimal(0))
    assert worth("net_income_change", none, before=Figures(net_income=Decimal(0))) == 0


@pytest.mark.parametrize(
    ("code", "figures", "why", "lines"),
    [
        ("cash_ratio", FIGURES, "missing_line", ("cash",)),
        ("sales_growth", FIGURES, "missing_line", ("sales_before",)),
        ("payable_days", Figures(), "missing_line", ("payables", "cost_of_sales")),
        (
            "interest_cover",
            replace(FIGURES, ebit=Decimal(5)),
            "zero_denominator",
            ("interest_expense",),
        ),
        (
            "net_income_to_equity",
            replace(FIGURES, equity=Decimal(-1)),
            "negative_denominator",
            ("equity",),
        ),
        ("log_sales", replace(FIGURES, sales=Decimal(0)), "not_positive", ("sales",)),
    ],
)
def test_a_ratio_that_is_not_defined_says_why(
    code: str, figures: Figures, why: str, lines: tuple[str, ...]
) -> None:
    found = ratios_of(figures, months=12)[code]
    assert found.value is None
    assert found.why is not None
    assert (found.why.code, found.why.lines) == (why, lines)


amounts = st.none() | st.integers(-(10**9), 10**12).map(Decimal)
statements = st.builds(Figures, **{line.name: amounts for line in fields(Figures)})


# Two whole statements an example are much to draw on a busy machine; that says nothing of ratios.
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(statements, statements, st.sampled_from([1_000, 10_000, 10**8]))
def test_the_unit_changes_no_ratio(figures: Figures, before: Figures, unit: int) -> None:
    one = ratios_of(figures, before, months=12)
    other = ratios_of(figures.scaled(unit), before.scaled(unit), months=12)
    for code, ratio in RATIOS.items():
        if ratio.unit is Unit.LOG:
            continue
        assert one[code].why == other[code].why
        assert one[code].value == other[code].value, code


def test_columns_of_a_table_say_what_the_exact_decimals_say() -> None:
    rows: list[tuple[Figures, Figures, int]] = []

    @settings(
        max_examples=40,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(statements, statements, st.sampled_from([3, 6, 12]))
    def collect(figures: Figures, before: Figures, months: int) -> None:
        rows.append((figures, before, months))

    collect()
    rate, index = Decimal("0.14"), Decimal(800)
    names = [*LINES, *(f"{line}_before" for line in LINES)]
    money = pa.decimal128(24, 4)
    columns = {
        name: pa.array(
            [
                getattr(b if name.endswith("_before") else f, name.removesuffix("_before"))
                for f, b, _ in rows
            ],
            money,
        )
        for name in names
    }
    table = pa.table(
        {
            **columns,
            "months": [months for _, _, months in rows],
            USD_RATE: [float(rate)] * len(rows),
            PRICE_INDEX: [float(index)] * len(rows),
        }
    )
    t = ibis.memtable(table)
    found = t.select(**ratio_columns(t), **distress_columns(t)).to_pyarrow().to_pylist()
    for (figures, before, months), row in zip(rows, found, strict=True):
        exact = {c: v.value for c, v in ratios_of(figures, before, months=months).items()}
        models = distress_of(figures, before, months=months, usd_rate=rate, index=index)
        exact |= {code: value.score for code, value in models.items()}
        assert exact.keys() == row.keys() == {*RATIOS, *MODELS}
        for code, value in exact.items():
            if value is None:
                assert row[code] is None, code
            else:
                assert math.isclose(row[code], float(value), rel_tol=1e-9, abs_tol=1e-9), code


def test_every_line_ratio_and_model_has_a_name() -> None:
    wanted = {f"line.{line}" for line in LINES} | {f"ratio.{code}" for code in RATIOS}
    wanted |= {f"ratio_group.{ratio.group}" for ratio in RATIOS.values()}
    wanted |= {f"distress.{code}" for code in MODELS}
    wanted |= {f"distress_input.{each}" for each in Indicator}
    assert wanted <= PHRASES.keys()
