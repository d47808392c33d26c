"""``xindun model … default-risk`` over a few synthetic firm-years, with the shipped models."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xindun.cli.model import app
from xindun.engine.default_risk.firm_years import COLUMNS

SOUND = (50, 60, 3, 20, 10, 12, 15, 200, 100, 120, 10, 17, 40, 20, 40, 100, 45, 80)
ILL = (20, 90, 5, -20, 10, -60, 5, 4, 80, 100, 50, -25, -10, 60, -90, 80, 115, 100)


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    """Synthetic: three firms live, one fails after 2016, one runs to the end of the data."""
    path = tmp_path / "synthetic.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for name in ("a", "b", "c"):
            writer.writerows([name, "alive", year, *SOUND] for year in (2015, 2016, 2017))
        writer.writerows(["d", "failed", year, *ILL] for year in (2015, 2016))
        writer.writerows(["e", "failed", year, *ILL] for year in (2016, 2017))
    return path


def _run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_scores_put_the_ill_firm_first_and_reasons_beside(firms: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"

    _run("score", "default-risk", firms, "--model", "listed", "--reasons", "--out", out)

    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert [row["company_name"] for row in rows] == [*"aaabbbccc", *"dd", *"ee"]
    ill = min(float(row["probability"]) for row in rows if row["company_name"] in "de")
    sound = max(float(row["probability"]) for row in rows if row["company_name"] in "abc")
    assert ill > 10 * sound
    assert float(rows[9]["market_value_to_liabilities"]) > 0


def test_a_validation_counts_what_it_left_out_and_writes_pages_in_both_languages(
    firms: Path, tmp_path: Path
) -> None:
    page, data = tmp_path / "report.html", tmp_path / "report.json"

    text = _run("validate", "default-risk", "--data", firms, "--out", data)
    _run("validate", "default-risk", "--data", firms, "--out", page, "--lang", "zh")

    assert "1 failed in the year after: base rate 8.33%. Left out" in text
    assert "outcome: 1." in text
    assert "overlap" not in text
    report = json.loads(data.read_text())
    assert (report["rows"], report["events"], report["left_out"]) == (12, 1, 1)
    html = page.read_text()
    assert "基准率" in html
    assert "Base rate" not in html
    assert "净利润 / 负债" in html


def test_the_years_a_model_learnt_from_are_called_so(firms: Path) -> None:
    earlier = firms.with_name("earlier.csv")
    earlier.write_text(firms.read_text().replace(",2015,", ",2010,"))

    assert "overlap those the model learnt from" in _run(
        "validate", "default-risk", "--data", earlier
    )
    counted = _run(
        "validate", "default-risk", "--data", firms, "--from", "2017", "--last-year-counts"
    )
    assert "1 failed in the year after: base rate 25.00%" in counted
