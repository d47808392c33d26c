"""The default-risk model over synthetic firm-years: the table is what LightGBM grew."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pytest

from xindun.engine import additive
from xindun.engine.default_risk import apply, card, check, firm_years, inputs, shipped, training
from xindun.engine.expressions.additive import model_base, term_grains
from xindun.engine.figures import Figures
from xindun.engine.validation import metrics

RECIPE = training.Recipe(rounds=25, bags=2, least_rows=20)
HEADER = ",".join(firm_years.COLUMNS)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Synthetic firms: the more they owe and lose, the sooner they fail."""
    random = np.random.default_rng(5)
    lines = [HEADER]
    for firm in range(450):
        debt, profit = random.uniform(0.1, 1.2), random.normal(0.05, 0.15)
        for year in range(2003, 2012):
            ratio, income = debt + random.normal(0, 0.05), profit + random.normal(0, 0.05)
            failed = random.random() < 0.25 / (1 + np.exp(-(6 * ratio - 12 * income - 5)))
            lines.append(_line(f"synthetic {firm}", year, ratio, income, assets=10 ** (firm % 4)))
            if failed:
                break
        if failed:
            lines = [line.replace(f"synthetic {firm},alive", f"synthetic {firm},failed")
                     for line in lines]  # fmt: skip
    path = tmp_path_factory.mktemp("firms") / "synthetic.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def _line(firm: str, year: int, ratio: float, income: float, assets: float) -> str:
    sales = assets * 1.2
    cells = dict.fromkeys(firm_years.COLUMNS[3:], 0.0)
    cells |= {"X1": assets * 0.5, "X2": sales * 0.6, "X4": assets * (income + 0.1)}
    cells |= {"X6": assets * income, "X8": assets * max(1.5 - ratio, 0.05), "X9": sales}
    cells |= {"X5": assets * 0.1 * (year % 3), "X10": assets, "X12": assets * (income + 0.05)}
    cells |= {"X14": assets * ratio * 0.5, "X15": assets * (0.3 - ratio), "X17": assets * ratio}
    return f"{firm},alive,{year}," + ",".join(f"{value:.4f}" for value in cells.values())


CODES = inputs.CODES[inputs.InputSet.LISTED]


@pytest.fixture(scope="module")
def rows(data: Path) -> firm_years.FirmYears:
    return firm_years.read_firm_years([data], (*CODES, *check.BASELINES))


@pytest.fixture(scope="module")
def taught(rows: firm_years.FirmYears) -> firm_years.FirmYears:
    return rows.rows(~rows.unknown & (rows.years < 2011))


def test_only_the_last_row_of_a_failed_firm_is_a_failure(tmp_path: Path) -> None:
    lines = [HEADER]
    for firm, status, years in (("a", "alive", (1, 2, 3)), ("b", "failed", (1, 2)),
                                ("c", "failed", (2, 3))):  # fmt: skip
        lines += [_line(firm, 2000 + year, 0.5, 0.1, 1).replace("alive", status) for year in years]
    path = tmp_path / "firms.csv"
    path.write_text("\n".join(lines))

    found = firm_years.read_firm_years([path], ["liabilities_to_assets"])
    whole = firm_years.read_firm_years([path], ["liabilities_to_assets"], tells_last_year=True)

    assert found.firms == ("a", "a", "a", "b", "b", "c", "c")
    assert list(found.failed) == [0, 0, 0, 0, 1, 0, 1]
    # c's rows run to the end of the data: it may have failed much later.
    assert list(found.unknown) == [False] * 6 + [True]
    assert not whole.unknown.any()
    assert found.inputs["liabilities_to_assets"] == pytest.approx([0.5] * 7)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("company_name,year\na,2001\n", "no column status_label"),
        (f"{HEADER}\na,asleep,2001{',1' * 18}\n", "1 of 1 rows lack"),
        (f"{HEADER}\na,alive,2001{',x' * 18}\n", "1 of 1 rows lack"),
        (HEADER + "\n", "0 of 0 rows lack"),
    ],
)
def test_another_format_is_refused_by_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(text)

    with pytest.raises(firm_years.NotFirmYears, match=why):
        firm_years.read_firm_years([path], ["quick_ratio"])


def test_the_table_says_what_the_boosters_say(taught: firm_years.FirmYears) -> None:
    body = training._uncalibrated(taught, CODES, RECIPE)
    grown = training.boosters(taught, CODES, RECIPE)

    raw = np.mean([b.predict(taught.matrix(CODES), raw_score=True) for b in grown], axis=0)
    table = apply.raw_log_odds(body, taught.inputs)

    # Where an input is hardly ever missing the table deliberately takes the mean instead.
    known = ~np.isnan(taught.matrix(CODES)).any(axis=1)
    assert known.sum() > 1000
    assert np.abs(raw - table)[known].max() < 1e-9


def test_the_portfolios_expression_says_the_same_in_ten_thousandths(
    taught: firm_years.FirmYears,
) -> None:
    body = shipped.shipped("listed")
    model = additive.model_of(body)
    codes = list(model.codes)
    table = pa.table({code: pa.array(taught.inputs[code], from_pandas=True) for code in codes})
    asked = ibis.memtable(table.slice(0, 300))
    terms = [term_grains(asked, term, model.slope) for term in model.terms]
    whole = asked.select(total=sum(terms[1:], terms[0]) + model_base(model, 1.0))
    found = whole.to_pyarrow()["total"].to_numpy() / additive.GRAIN

    raw = apply.raw_log_odds(body, {code: taught.inputs[code][:300] for code in codes})

    exact = model.offset + model.slope * raw
    # Each term and the base are rounded once.
    assert np.abs(found - exact).max() <= (len(terms) + 1) * 0.5 / additive.GRAIN + 1e-9


def test_values_at_an_edge_go_where_the_trees_send_them(taught: firm_years.FirmYears) -> None:
    booster = training.boosters(taught, CODES, training.Recipe(rounds=25, bags=1, least_rows=20))[0]
    body = training._uncalibrated(taught, CODES, training.Recipe(rounds=25, bags=1, least_rows=20))
    middle = np.nanmedian(taught.matrix(CODES), axis=0)
    for term in body["terms"]:
        place = CODES.index(term["codes"][0])
        for edge in term["edges"][0]:
            for value in (np.nextafter(edge, -np.inf), edge):
                row = middle.copy()
                row[place] = value
                columns = {code: row[[n]] for n, code in enumerate(CODES)}
                raw = booster.predict(row[None, :], raw_score=True)
                assert apply.raw_log_odds(body, columns) == pytest.approx(raw, abs=1e-9)


def test_terms_keep_the_directions_they_are_bound_to_and_average_nothing(
    taught: firm_years.FirmYears,
) -> None:
    body = training._uncalibrated(taught, CODES, RECIPE)

    for term in body["terms"]:
        code = term["codes"][0]
        steps = np.diff(term["log_odds"]) * inputs.direction(code)
        assert (steps >= -1e-12).all(), code
        assert apply.term_log_odds(term, taught.inputs).mean() == pytest.approx(0, abs=1e-9)


@pytest.fixture(scope="module")
def body(rows: firm_years.FirmYears) -> dict[str, object]:
    return card.trained_model(
        rows,
        inputs.InputSet.LISTED,
        since=2003,
        until=2010,
        source=card.Source("synthetic.csv", "0" * 64),
        recipe=RECIPE,
    )


def test_the_same_rows_give_the_same_file(
    rows: firm_years.FirmYears, body: dict[str, object]
) -> None:
    again = card.trained_model(
        rows,
        inputs.InputSet.LISTED,
        since=2003,
        until=2010,
        source=card.Source("synthetic.csv", "0" * 64),
        recipe=RECIPE,
    )

    assert card.as_text(again) == card.as_text(body)
    assert again["version"] == card.digest(again)[:12]


def test_a_card_never_shows_an_area_without_its_base_rate(body: dict[str, object]) -> None:
    def walk(part: object) -> None:
        if isinstance(part, dict):
            assert "auc" not in part or "base_rate" in part
            for each in part.values():
                walk(each)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    walk(body["card"])
    assert body["card"]["out_of_time"]  # type: ignore[index]


def test_a_validation_tells_base_rate_baselines_alerts_and_drift(
    rows: firm_years.FirmYears, body: dict[str, object]
) -> None:
    report = check.validation(body, rows)

    assert report["left_out"] == int(rows.unknown.sum()) > 0
    assert report["rows"] + report["left_out"] == len(rows.firms)
    assert report["trivial"]["accuracy"] == 1 - report["base_rate"]
    assert set(report["baselines"]) == {"altman_z2", "zmijewski"}
    assert sum(each["rows"] for each in report["grades"]) == report["rows"]
    assert all(each["kept"] for each in report["overfit"])
    assert {each["name"] for each in report["drift"]} == {*apply.codes_of(body), "probability"}
    json.dumps(report)


def test_a_model_needs_failures_to_learn_from(taught: firm_years.FirmYears) -> None:
    calm = taught.rows(taught.failed == 0)

    with pytest.raises(training.TooFewFailures):
        training.fitted_model(calm, CODES, RECIPE)


def test_one_statement_has_the_inputs_of_its_column() -> None:
    figures = Figures(
        total_assets=Decimal(50_000_000), total_liabilities=Decimal(20_000_000),
        net_income=Decimal(-3_500_000),
    )  # fmt: skip
    asked = ("liabilities_to_assets", "net_income_usd", "sales_usd")

    half = inputs.model_inputs(asked, figures, months=6, usd_rate=Decimal("0.14"))
    unknown = inputs.model_inputs(asked, figures, months=12, usd_rate=None)

    assert half == {
        "liabilities_to_assets": Decimal("0.4"),
        "net_income_usd": Decimal("-0.98"),
        "sales_usd": None,
    }
    assert unknown["net_income_usd"] is None


@pytest.mark.parametrize("name", shipped.NAMES)
def test_a_shipped_model_is_whole_and_tells_where_it_must_not_go(name: str) -> None:
    model = shipped.shipped(name)

    assert model["version"] == card.digest(model)[:12]
    assert set(apply.codes_of(model)) <= set(inputs.CODES[inputs.InputSet(name)])
    assert model["licence"] == "CC-BY-4.0"
    assert "Future Internet" in model["citation"]
    assert model["card"]["limits"] == list(card.LIMITS)
    for term in model["terms"]:
        (edges,) = term["edges"]
        assert edges == sorted(edges)
        assert len(term["log_odds"]) == len(edges) + 1


@pytest.mark.shared_data
def test_shipped_models_rank_real_firms_and_state_what_their_card_states(
    shared_data: Path,
) -> None:
    path = shared_data / "bankruptcy" / "us_listed_1999_2014.csv"
    found = firm_years.read_firm_years([path], CODES)

    assert (len(found.firms), int(found.failed.sum())) == (65_275, 604)
    known = found.rows(~found.unknown & (found.years >= 2003) & (found.years <= 2013))
    for name in shipped.NAMES:
        model = shipped.shipped(name)
        stated = apply.probabilities(model, known.inputs)
        assert model["trained_on"]["failures"] == int(known.failed.sum())
        assert model["base_rate"] == pytest.approx(float(known.failed.mean()))
        # Over the rows it learnt from it must rank at least as well as over unseen firms.
        assert metrics.auc(known.failed, stated) > model["card"]["by_firm_group"]["auc"]
