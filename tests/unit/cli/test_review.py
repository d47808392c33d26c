"""The review command on small ledgers: answers, refusals, and hostile content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from xindun.cli.review import app

HEADER = "Customer,Invoice number,Invoice date,Due date,Currency,Amount,Paid date\n"
SMALL = (
    HEADER
    + "Alpha,1,2025-01-10,2025-02-10,EUR,1000.00,2025-02-08\n"
    + "Alpha,2,2025-02-10,2025-03-10,EUR,2000.50,\n"
    + "Beta,3,2025-03-01,2025-04-15,JPY,30000,\n"
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.csv"
    path.write_text(SMALL, encoding="utf-8")
    return path


def as_json(*arguments: str | Path) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_json_holds_totals_per_currency_as_text_with_its_minor_units(ledger: Path) -> None:
    report = as_json(ledger, "--as-of", "2025-03-31")
    totals = {total["currency"]: total for total in report["totals"]}
    assert totals["EUR"]["open_total"] == "2000.50"
    assert totals["EUR"]["buckets"]["1-30"] == "2000.50"
    assert totals["EUR"]["buckets"]["not_due"] == "0.00"
    assert totals["JPY"]["open_total"] == totals["JPY"]["net"] == "30000"
    assert list(totals["EUR"]["buckets"]) == [
        *("not_due", "1-30", "31-60", "61-90", "91-120", "121-180", "181-365", ">365")
    ]


def test_a_payment_after_the_day_asked_about_is_not_seen(ledger: Path) -> None:
    report = as_json(ledger, "--as-of", "2025-02-01")
    assert [total["open_total"] for total in report["totals"]] == ["1000.00"]
    assert [buyer["name"] for buyer in report["buyers"]] == ["Alpha"]


def test_a_day_before_the_ledger_begins_gives_an_empty_review(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(ledger, "--as-of", "2020-01-01", "--out", out)
    assert done.exit_code == 0, done.output
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert (report["totals"], report["buyers"], report["actions"]) == ([], [], [])
    assert [flag["code"] for flag in report["coverage"]["flags"]] == ["ledger_empty"]
    assert "Nothing was open on this day." in (out / "report.html").read_text("utf-8")


def test_an_ambiguous_date_stops_with_the_option_that_answers(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(HEADER + "Alpha,1,01/02/2025,03/04/2025,EUR,10.00,\n", encoding="utf-8")
    done = run(path, "--as-of", "2025-06-30")
    assert done.exit_code == 2
    assert "--date-order" in done.stderr
    assert "Invoice date → Issued on" in done.stderr
    assert done.stdout == ""
    answered = as_json(path, "--as-of", "2025-06-30", "--date-order", "dmy")
    assert answered["buyers"][0]["balances"][0]["oldest_due_on"] == "2025-04-03"


def test_questions_come_in_chinese_too(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(HEADER + "甲公司,1,01/02/2025,03/04/2025,CNY,10.00,\n", encoding="utf-8")
    done = run(path, "--as-of", "2025-06-30", "--lang", "zh")
    assert done.exit_code == 2
    assert "日在前还是月在前" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.csv"], "There is no file"),
        (["{ledger}", "--currency", "EURO"], "not an ISO 4217 currency"),
        (["{ledger}", "--mapping", "missing.yaml"], "There is no file"),
        (["{ledger}", "--out", "{ledger}"], "give --out a folder"),
        (["{ledger}", "--out", "{ledger}/inside"], "give --out another folder"),
        (["{ledger}", "--known-at", "2024-01-01"], "leave out --known-at"),
        (["{ledger}", "--decimal", ";"], "decimal"),
        (["{ledger}", "--as-of", "30.06.2025"], "as-of"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_exits_with_2(
    ledger: Path, arguments: list[str], said: str
) -> None:
    done = run(*(argument.format(ledger=ledger) for argument in arguments))
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_rejects_are_counted_listed_and_written(tmp_path: Path) -> None:
    path, out = tmp_path / "ledger.csv", tmp_path / "out"
    path.write_text(SMALL + "Gamma,4,2025-02-30,2025-03-30,EUR,5.00,\n", encoding="utf-8")
    report = as_json(path, "--as-of", "2025-03-31", "--out", out)
    assert report["rejects_count"] == 1
    assert [(r["line"], r["column"], r["value"]) for r in report["rejects"]] == [
        (5, "Invoice date", "2025-02-30")
    ]
    assert report["rejects"][0]["reason"]
    euro = next(row for row in report["control"] if row["currency"] == "EUR")
    assert euro["reconciles"] is True
    assert (euro["file"]["rows"], euro["ledger"]["rows"], euro["rejects"]["rows"]) == (3, 2, 1)
    assert "2025-02-30" in (out / "rejects.csv").read_text("utf-8-sig")
    page = (out / "report.html").read_text("utf-8")
    assert "Rejected rows: 1" in page


def test_hostile_names_run_neither_as_script_nor_as_formula(tmp_path: Path) -> None:
    path, out = tmp_path / "ledger.csv", tmp_path / "out"
    script, formula = "<script>alert(1)</script>", "=HYPERLINK(1)"
    rows = [
        f"{name},{at},2025-01-10,2025-02-10,EUR,9.00," for at, name in enumerate((script, formula))
    ]
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    assert run(path, "--as-of", "2025-03-31", "--out", out).exit_code == 0
    page = (out / "report.html").read_text("utf-8")
    assert script not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    book = openpyxl.load_workbook(out / "report.xlsx")
    cells = [cell for row in book["Buyers"].iter_rows() for cell in row if cell.value == formula]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_workbook_has_one_sheet_a_table_with_numbers_and_dates(
    ledger: Path, tmp_path: Path
) -> None:
    assert run(ledger, "--as-of", "2025-03-31", "--out", tmp_path / "out").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "out" / "report.xlsx")
    assert book.sheetnames == [
        *("Totals", "Ageing", "Buyers", "Reasons", "Limits", "Actions", "Series", "Control"),
        *("Rejects", "Methods"),
    ]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    totals = book["Totals"]
    assert totals["A2"].is_date
    assert (totals["B2"].value, totals["C2"].value) == ("EUR", 2000.5)
    assert totals["C2"].number_format == "#,##0.00"
    assert totals["C3"].number_format == "#,##0"


def test_equal_reviews_give_equal_pages_but_for_the_moment(ledger: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        moment = ("--known-at", "2025-12-31")
        run(ledger, "--as-of", "2025-03-31", *moment, "--out", tmp_path / name)
    for file in ("report.html", "report.json", "report.xlsx"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_two_files_make_one_ledger(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(HEADER + "Alpha,1,2025-01-10,2025-02-10,EUR,10.00,\n", encoding="utf-8")
    two.write_text(HEADER + "Alpha,2,2025-01-11,2025-02-10,EUR,5.00,\n", encoding="utf-8")
    report = as_json(one, two, "--as-of", "2025-03-31")
    assert report["ledger"]["files"] == ["one.csv", "two.csv"]
    assert report["totals"][0]["open_total"] == "15.00"


def test_a_ledger_without_currency_is_labelled_and_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    text = (
        "Customer,Invoice number,Invoice date,Due date,Amount\nAlpha,1,2025-01-10,2025-02-10,10.5\n"
    )
    path.write_text(text, encoding="utf-8")
    report = as_json(path, "--as-of", "2025-03-31")
    assert [total["currency"] for total in report["totals"]] == ["XXX"]
    assert [notice["code"] for notice in report["notices"]] == ["no_currency"]
    named = as_json(path, "--as-of", "2025-03-31", "--currency", "eur")
    assert named["totals"][0]["currency"] == "EUR"


def test_a_mapping_and_parameters_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text("Who,Nr,Day,Until,How much\nAlpha,1,2025-01-10,2025-02-10,10.50\n", "utf-8")
    mapping, settings = tmp_path / "mapping.yaml", tmp_path / "settings.yaml"
    mapping.write_text(
        "customer_name: Who\nnumber: Nr\nissued_on: Day\ndue_on: Until\namount: How much\n", "utf-8"
    )
    settings.write_text("hold_days: 20\n", "utf-8")
    chosen = ("--mapping", mapping, "--parameters", settings, "--currency", "EUR")
    report = as_json(path, "--as-of", "2025-03-31", *chosen)
    assert report["totals"][0]["open_total"] == "10.50"
    reasons = [action["sentence"] for action in report["actions"]]
    assert any("orders hold from 20 days" in sentence for sentence in reasons)


def test_narrow_terminals_keep_the_amounts_whole(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = run(ledger, "--as-of", "2025-03-31").stdout
    assert "2,000.50" in text
    assert max(len(line) for line in text.splitlines()) <= 60
