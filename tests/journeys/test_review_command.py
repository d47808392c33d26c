"""A finance manager reviews her ledger with one command; real ledgers, checked independently."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

EDGES = ((1, 30), (31, 60), (61, 90), (91, 120), (121, 180), (181, 365))


def xindun(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    code = "from xindun.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@dataclass(frozen=True)
class Invoice:
    """A row of a real ledger, read by hand."""

    customer: str
    issued: date
    due: date
    paid: date | None
    amount: Decimal
    disputed: bool = False


def food(path: Path) -> list[Invoice]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Invoice(
                row["name_customer"],
                date.fromisoformat(row["document_create_date.1"]),
                date.fromisoformat(row["due_in_date"]),
                date.fromisoformat(row["clear_date"]) if row["clear_date"] else None,
                Decimal(row["total_open_amount"]),
            )
            for row in csv.DictReader(lines)
        ]


def demo_2012(path: Path) -> list[Invoice]:
    def day(text: str) -> date:
        return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007

    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Invoice(
                row["customerID"],
                day(row["InvoiceDate"]),
                day(row["DueDate"]),
                day(row["SettledDate"]),
                Decimal(row["InvoiceAmount"]),
                row["Disputed"] == "Yes",
            )
            for row in csv.DictReader(lines)
        ]


def name_key(name: str) -> str:
    """Names that differ in case and spaces only are one buyer."""
    return " ".join(name.casefold().split())


def bucket(invoice: Invoice, as_of: date) -> str:
    late = (as_of - invoice.due).days
    if late <= 0:
        return "not_due"
    for first, last in EDGES:
        if late <= last:
            return f"{first}-{last}"
    return ">365"


CASES: list[tuple[str, Callable[[Path], list[Invoice]], str]] = [
    ("us_food_distributor_settled.csv", food, "2019-06-30"),
    ("us_food_distributor_settled.csv", food, "2020-12-31"),
    ("us_food_distributor_open.csv", food, "2020-04-15"),
    ("us_food_distributor_open.csv", food, "2021-06-30"),
    ("receivables_2012_2013.csv", demo_2012, "2013-03-31"),
    ("receivables_2012_2013.csv", demo_2012, "2014-06-30"),
]


@pytest.mark.shared_data
@pytest.mark.parametrize(("name", "read", "day"), CASES)
def test_totals_of_a_real_ledger_agree_with_a_count_by_hand(
    ledgers: Path, name: str, read: Callable[[Path], list[Invoice]], day: str
) -> None:
    as_of = date.fromisoformat(day)
    invoices = read(ledgers / name)
    issued = [invoice for invoice in invoices if invoice.issued <= as_of]
    still_open = [i for i in issued if i.paid is None or i.paid > as_of]
    buckets: Counter[str] = Counter()
    for invoice in still_open:
        buckets[bucket(invoice, as_of)] += invoice.amount  # type: ignore[assignment]

    done = xindun("review", ledgers / name, "--as-of", day, "--json")

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["as_of"] == day
    assert [total["currency"] for total in report["totals"]] == ["XXX"]
    total = report["totals"][0]
    assert Decimal(total["open_total"]) == sum(i.amount for i in still_open)
    assert {label: Decimal(amount) for label, amount in total["buckets"].items()} == {
        label: buckets[label] for label in total["buckets"]
    }
    assert total["open_items"] == len(still_open)
    assert Decimal(total["disputed"]) == sum(i.amount for i in still_open if i.disputed)
    assert Decimal(total["net"]) == Decimal(total["open_total"])
    assert report["rejects"] == [] and report["rejects_count"] == 0
    control = report["control"][0]
    assert control["file"]["rows"] == len(invoices)
    assert Decimal(control["file"]["amount"]) == sum(i.amount for i in invoices)
    assert len(report["buyers"]) == len({name_key(i.customer) for i in issued})
    owed = Counter[str]()
    for buyer in report["buyers"]:
        for held in buyer["balances"]:
            owed[held["currency"]] += Decimal(held["open_total"])  # type: ignore[assignment]
    assert owed["XXX"] == Decimal(total["open_total"])


@pytest.mark.shared_data
def test_a_ledger_of_open_items_only_gives_no_grade_and_says_why(ledgers: Path) -> None:
    name = "us_food_distributor_open.csv"
    done = xindun("review", ledgers / name, "--as-of", "2020-05-31", "--json")
    report = json.loads(done.stdout)
    assert {buyer["grade"] for buyer in report["buyers"]} == {None}
    assert {b["not_rated_reason"] for b in report["buyers"]} == {"no_settlements_in_ledger"}
    assert report["totals"][0]["kpis"]["dso_simple"]["value"] is None
    assert report["totals"][0]["kpis"]["dso_simple"]["why_not"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The bundled sample, reviewed in Chinese into a folder: (ledger, folder, terminal text)."""
    folder = tmp_path_factory.mktemp("review")
    ledger, out = folder / "ledger.csv", folder / "out"
    assert xindun("sample", "--out", ledger).returncode == 0
    done = xindun("review", ledger, "--as-of", "2025-09-30", "--lang", "zh", "--out", out)
    assert done.returncode == 0, done.stderr
    return ledger, out, done.stdout


def test_a_review_writes_four_files_and_a_readable_terminal_report(
    demo: tuple[Path, Path, str],
) -> None:
    _, out, text = demo
    assert {path.name for path in out.iterdir()} == {
        "report.html",
        "report.xlsx",
        "report.json",
        "rejects.csv",
    }
    for heading in ("应收账款评审", "今日待办", "控制总额", "应收余额"):
        assert heading in text


def test_all_outputs_tell_the_same_totals(demo: tuple[Path, Path, str]) -> None:
    _, out, text = demo
    report = json.loads((out / "report.json").read_text("utf-8"))
    page = (out / "report.html").read_text("utf-8")
    book = openpyxl.load_workbook(out / "report.xlsx")
    in_book = {row[1]: row[2] for row in book["合计"].iter_rows(min_row=2, values_only=True)}
    assert len(report["totals"]) >= 4
    for total in report["totals"]:
        shown = f"{Decimal(total['open_total']):,}"
        assert shown in text
        assert shown in page
        assert in_book[total["currency"]] == float(total["open_total"])


def test_the_page_needs_nothing_from_outside(demo: tuple[Path, Path, str]) -> None:
    page = (demo[1] / "report.html").read_text("utf-8")
    assert '<html lang="zh-Hans">' in page
    assert "http://" not in page
    assert "https://" not in page
    assert "src=" not in page
    assert "@import" not in page


def test_the_report_of_the_sample_holds_every_kind_of_answer(
    demo: tuple[Path, Path, str],
) -> None:
    report: dict[str, Any] = json.loads((demo[1] / "report.json").read_text("utf-8"))
    assert report["actions"]
    rated = [buyer for buyer in report["buyers"] if buyer["grade"] is not None]
    assert len({buyer["grade"] for buyer in rated}) >= 5
    assert any(buyer["not_rated_reason"] for buyer in report["buyers"])
    for buyer in rated:
        points = sum(Decimal(reason["points"]) for reason in buyer["reasons"])
        assert points == Decimal(buyer["health_score"])
        binding = [f for f in buyer["limit"]["formulas"] if f["binding"]]
        assert [f["code"] for f in binding] == [buyer["limit"]["binding"]]
        assert Decimal(buyer["limit"]["recommended"]) <= Decimal(binding[0]["amount"])
    for total in report["totals"]:
        parts = sum(Decimal(amount) for amount in total["buckets"].values())
        assert parts == Decimal(total["open_total"])
        net = Decimal(total["open_total"]) - Decimal(total["credits"]) - Decimal(total["unapplied"])
        assert net == Decimal(total["net"])
