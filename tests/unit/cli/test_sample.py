"""The sample generator: reproducible, exact in its counts, and labelled as synthetic."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from xindun.cli.sample import app
from xindun.cli.sample import slices as slicing
from xindun.cli.sample.buyers import NAMES_OF_TYPES
from xindun.cli.sample.folder import write_ledger_folder
from xindun.cli.sample.slices import DEMO, SampleSpec, SampleTooSmall, population_of
from xindun.cli.sample.wide import COLUMNS
from xindun.cli.sample.writers import write_sample
from xindun.connectors.ledger_files import Options, read_ledger
from xindun.engine.schema import BUYERS, ITEMS, SETTLEMENTS
from xindun.kernel.money import minor_units

SMALL = SampleSpec(buyers=80, invoices=3000, seed=7)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("sample") / "small.csv"
    write_sample(path, SMALL)
    return rows_of(path)


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "parquet"])
def test_equal_options_give_equal_bytes(tmp_path: Path, file_format: str) -> None:
    spec = SampleSpec(buyers=10, invoices=200, seed=3)
    digests = set()
    for name in ("one", "two"):
        write_sample(tmp_path / name, spec, file_format=file_format)
        digests.add(sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_another_seed_gives_another_ledger(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_sample(tmp_path / str(seed), SampleSpec(buyers=5, invoices=50, seed=seed))
    assert (tmp_path / "1").read_bytes() != (tmp_path / "2").read_bytes()


def test_it_holds_exactly_the_invoices_and_buyers_asked_for(small: list[dict[str, str]]) -> None:
    invoices = {row["invoice_number"] for row in small if row["document_type"] == "invoice"}
    assert len(invoices) == SMALL.invoices
    assert len({row["customer_number"] for row in small}) == SMALL.buyers
    assert len({row["customer_name"] for row in small}) == SMALL.buyers


def test_every_row_says_that_it_is_synthetic(small: list[dict[str, str]]) -> None:
    assert {row["synthetic"] for row in small} == {"yes"}
    assert all(row["customer_name"].endswith(("(sample)", "(样例)")) for row in small)


def test_an_invoice_is_never_paid_beyond_its_amount(small: list[dict[str, str]]) -> None:
    amount: dict[str, Decimal] = {}
    settled: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in small:
        if row["document_type"] == "invoice":
            assert amount.setdefault(row["invoice_number"], Decimal(row["amount"])) == Decimal(
                row["amount"]
            )
            settled[row["invoice_number"]] += Decimal(row["paid_amount"] or 0)
        elif row["applies_to"]:
            settled[row["applies_to"]] += Decimal(row["amount"])
    assert all(settled[number] <= amount[number] for number in amount)
    assert any(0 < settled[number] < amount[number] for number in amount)


def test_amounts_have_the_minor_units_of_their_currency(small: list[dict[str, str]]) -> None:
    assert len({row["currency"] for row in small}) >= 4
    for row in small:
        decimals = -Decimal(row["amount"]).as_tuple().exponent
        assert decimals == minor_units(row["currency"])
        assert Decimal(row["amount"]) > 0


def test_nothing_is_known_after_the_last_day(small: list[dict[str, str]]) -> None:
    last = SMALL.as_of.isoformat()
    for row in small:
        assert row["invoice_date"] <= last
        for column in ("paid_date", "honoured_on", "dishonoured_on"):
            assert row[column] <= last
    assert any(not row["paid_date"] for row in small)


def test_documents_are_dated_on_working_days(small: list[dict[str, str]]) -> None:
    for row in small:
        for column in ("invoice_date", "paid_date"):
            assert not row[column] or date.fromisoformat(row[column]).weekday() < 5


def test_the_papers_of_a_real_ledger_all_occur(small: list[dict[str, str]]) -> None:
    assert {row["document_type"] for row in small} >= {"invoice", "credit note", "retention"}
    assert {row["payment_method"] for row in small} >= {"cash", "bank acceptance", "write-off"}
    assert {row["disputed"] for row in small} == {"yes", "no"}


def test_every_type_of_payer_occurs_and_failing_ones_stop_paying() -> None:
    people = population_of(SMALL)
    assert set(people.kind) == set(range(len(NAMES_OF_TYPES)))
    failing = people.kind == NAMES_OF_TYPES.index("failing")
    assert (people.stops_paying[failing] < SMALL.last_day).all()
    assert (people.stops_paying[~failing] > SMALL.last_day).all()


def test_chinese_headers_and_words(tmp_path: Path) -> None:
    write_sample(tmp_path / "zh.csv", SMALL, lang="zh")
    rows = rows_of(tmp_path / "zh.csv")
    assert list(rows[0]) == list(COLUMNS.values())
    assert {row["单据类型"] for row in rows} >= {"发票", "贷项通知单", "质保金"}
    assert {row["合成数据"] for row in rows} == {"是"}


def test_xlsx_and_parquet_hold_what_csv_holds(tmp_path: Path, small: list[dict[str, str]]) -> None:
    for ending in ("xlsx", "parquet"):
        write_sample(tmp_path / ending, SMALL, file_format=ending)
    parquet = pq.read_table(tmp_path / "parquet").to_pylist()
    (tmp_path / "xlsx").rename(tmp_path / "ledger.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "ledger.xlsx").active
    cells = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(parquet) == len(cells) == len(small)
    for text, typed, row in zip(small, parquet, cells, strict=True):
        assert Decimal(text["amount"]) == typed["amount"]
        assert text["invoice_date"] == typed["invoice_date"].isoformat()
        assert float(text["amount"]) == row[8]
        assert text["invoice_number"] == typed["invoice_number"] == row[4]


def test_fewer_invoices_than_buyers_are_refused() -> None:
    with pytest.raises(SampleTooSmall):
        SampleSpec(buyers=10, invoices=9, seed=1)


def test_slices_hold_a_bounded_number_of_invoices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slicing, "SLICE_ROWS", 100)
    spec = SampleSpec(buyers=50, invoices=2000, seed=1)
    pieces = list(slicing.slices(spec, population_of(spec)))
    assert max(len(piece.invoices) for piece in pieces) <= 100
    numbers = np.concatenate([piece.invoices.number for piece in pieces])
    assert (numbers == np.arange(1, 2001)).all()
    days = np.concatenate([piece.invoices.issued for piece in pieces])
    assert days.max() <= spec.last_day


def test_the_command_prints_csv_without_a_file() -> None:
    done = CliRunner().invoke(app, ["--buyers", "3", "--invoices", "20", "--seed", "1"])
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == ",".join(COLUMNS)


def test_the_command_takes_the_format_from_the_ending(tmp_path: Path) -> None:
    out = tmp_path / "ledger.parquet"
    done = CliRunner().invoke(app, ["--out", str(out), "--as-of", "2024-06-28"])
    assert done.exit_code == 0
    table = pq.read_table(out)
    assert max(table["invoice_date"].to_pylist()) == date(2024, 6, 28)
    assert len(set(table["customer_number"].to_pylist())) == DEMO.buyers


def test_the_ledger_folder_has_the_engine_schema_and_the_same_totals(
    tmp_path: Path, small: list[dict[str, str]]
) -> None:
    write_ledger_folder(tmp_path, SMALL)
    buyers, items, settlements = (
        pq.read_table(tmp_path / f"{name}.parquet") for name in ("buyers", "items", "settlements")
    )
    assert (buyers.schema, items.schema, settlements.schema) == (BUYERS, ITEMS, SETTLEMENTS)
    first_rows = {row["invoice_number"]: row for row in small}
    in_file = sum(Decimal(row["amount"]) for row in first_rows.values())
    assert sum(items["amount"].to_pylist()) == in_file
    paid = sum(Decimal(row["paid_amount"] or 0) for row in small)
    credited = sum(Decimal(row["amount"]) for row in first_rows.values() if row["applies_to"])
    assert sum(settlements["amount"].to_pylist()) == paid + credited


def open_items(folder: Path) -> list[tuple[object, ...]]:
    """(buyer's number, kind, document's number, due, still open at the end) of every item."""
    return duckdb.sql(
        f"""SELECT lower(buyer_key), kind, CAST(regexp_extract(number, '[0-9]+') AS BIGINT),
            due_on, amount - coalesce(settled, 0)
        FROM read_parquet('{folder}/items.parquet')
        JOIN read_parquet('{folder}/buyers.parquet') USING (buyer_id)
        LEFT JOIN (SELECT item_id, sum(amount) AS settled
            FROM read_parquet('{folder}/settlements.parquet')
            WHERE cleared_on <= DATE '{SMALL.as_of}' GROUP BY 1) USING (item_id)
        ORDER BY ALL"""
    ).fetchall()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_file_reads_back_without_options_as_the_same_ledger(tmp_path: Path, lang: str) -> None:
    write_ledger_folder(tmp_path / "direct", SMALL)
    write_sample(tmp_path / "sample.csv", SMALL, lang=lang)
    read = read_ledger([tmp_path / "sample.csv"], Options(apply_fifo=False), tmp_path / "from_file")
    assert (read.rejects, read.notices) == (0, ())
    assert open_items(tmp_path / "from_file") == open_items(tmp_path / "direct")
