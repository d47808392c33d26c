"""``xindun model … late-payment`` over ledger files, end to end without a server."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xindun.cli.model import app
from xindun.cli.model.telling import told
from xindun.cli.sample.slices import SampleSpec
from xindun.cli.sample.writers import write_sample
from xindun.engine.late_payment import training

run = CliRunner()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "ledger.csv"
    write_sample(path, SampleSpec(12, 500, 3, date(2025, 12, 31)), file_format="csv", lang="en")
    return path


def test_a_model_is_trained_used_and_tested_from_files(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "LEAST_INVOICES", 200)
    monkeypatch.setitem(training.train.__kwdefaults__, "rounds", 5)
    model = tmp_path / "late.json"
    given = ["late-payment", str(ledger)]
    made = run.invoke(app, ["train", *given, "--as-of", "2025-06-30", "--out", str(model)])
    assert made.exit_code == 0, made.output
    assert "known until 2025-06-30" in made.output

    out = tmp_path / "predicted.csv"
    used = run.invoke(app, ["predict", *given, "--model", str(model), "--out", str(out)])
    assert used.exit_code == 0, used.output
    with out.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["method"] for row in rows} == {"model"}
    assert all(row["early_on"] <= row["expected_on"] <= row["slow_on"] for row in rows)

    tested = run.invoke(app, ["validate", *given, "--model", str(model), "--json"])
    assert tested.exit_code == 0, tested.output
    report = json.loads(tested.output)
    assert report["trained_until"] == "2025-06-30" < report["tested_from"]
    assert [each["more_than_days"] for each in report["chances"]] == [0, 15, 30]
    assert report["days"]["mae_of_due_date"] > 0
    assert "base rate" in told(report)


def test_a_short_ledger_is_refused_with_what_is_used_instead(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "late.json"
    given = ["late-payment", str(ledger), "--as-of", "2023-06-30", "--out", str(out)]
    refused = run.invoke(app, ["train", *given])
    assert isinstance(refused.exception, training.TooLittleToTrain)
    assert "own history" in str(refused.exception)
    assert not out.exists()
    used = run.invoke(app, ["predict", *given])  # writes its rows to the same --out
    assert {row.split(",")[-2] for row in out.read_text().splitlines()[1:]} <= {
        '"history"',
        '"seller"',
    }, used.output
