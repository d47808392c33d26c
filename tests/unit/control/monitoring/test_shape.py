"""The stored form of the engine's tables: exact numbers, stable hashes, read back as values."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from xindun.cli.sample.folder import write_ledger_folder
from xindun.cli.sample.slices import SampleSpec
from xindun.control.monitoring.actions.shape import (
    FIGURES,
    grade_shares,
    json_value,
    row_hashes,
    shape_accounts,
)
from xindun.engine.portfolio import Review, review
from xindun.engine.run import open_ledger
from xindun.kit.staging import shaping
from xindun.prevention.limits.values import formulas_of
from xindun.prevention.scoring.values import counterfactuals_of, reasons_of

DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Review:
    folder: Path = tmp_path_factory.mktemp("ledger")
    write_ledger_folder(folder, SampleSpec(buyers=40, invoices=1200, seed=7, as_of=DAY))
    with open_ledger(folder) as ledger:
        return review(ledger, as_of=DAY, known_at=datetime(2025, 7, 1, tzinfo=UTC))


def shaped(reviewed: Review, accounts: pa.Table | None = None) -> list[dict[str, Any]]:
    with shaping() as shaper:
        shape_accounts(
            shaper, reviewed.accounts if accounts is None else accounts, reviewed.seasonality
        )
        rows: list[dict[str, Any]] = (
            shaper.sql("from shaped order by buyer_id, currency").to_arrow_table().to_pylist()
        )
        return rows


def test_nothing_is_lost_or_rounded_on_the_way(reviewed: Review) -> None:
    rows = shaped(reviewed)
    engine = {(r["buyer_id"], r["currency"]): r for r in reviewed.accounts.to_pylist()}
    assert len(rows) == len(engine) >= 40
    for row in rows:
        source = engine[row["buyer_id"], row["currency"]]
        for column in ("open_total", "overdue", "net", "d_gt_365", "health_score", "grade"):
            assert row[column] == source[column], column
        body = json.loads(row["body"])
        assert [
            (r.code, r.points, r.max_points, r.params) for r in reasons_of(body["reasons"])
        ] == [
            (r["code"], r["points"], r["max_points"], json.loads(r["params"]))
            for r in source["reasons"] or ()
        ]
        assert [
            (c.code, c.gain_points, c.reaches_grade)
            for c in counterfactuals_of(body["counterfactuals"])
        ] == [
            (c["code"], c["gain_points"], c["reaches_grade"])
            for c in source["counterfactuals"] or ()
        ]
        assert [
            (f.code, f.available, f.amount, f.reason) for f in formulas_of(body["formulas"])
        ] == [
            (f["code"], f["available"], f["amount"], f["reason"]) for f in source["limit_formulas"]
        ]


def test_over_limit_is_exposure_above_the_recommendation(reviewed: Review) -> None:
    for row in shaped(reviewed):
        if row["limit_recommended"] is None:
            assert row["over_limit"] is None
        else:
            above = row["open_total"] + row["unbilled"] - row["limit_recommended"]
            assert row["over_limit"] == max(above, Decimal(0))


def test_the_engine_has_no_column_that_is_dropped_silently(reviewed: Review) -> None:
    body = json.loads(shaped(reviewed)[0]["body"])
    numbers, days, others = body["behaviour"]
    kept = {*FIGURES, *numbers, *days, *others, *(name for name, _ in body["recognition"])}
    kept |= {"name", "reasons", "counterfactuals", "limit_formulas"}
    assert set(reviewed.accounts.column_names) <= kept


def hashes(reviewed: Review, accounts: pa.Table) -> dict[tuple[int, str], str]:
    with shaping() as shaper:
        shape_accounts(shaper, accounts, reviewed.seasonality)
        return {(buyer, currency): digest for buyer, currency, digest in row_hashes(shaper)}


def test_the_hash_depends_on_figures_and_not_on_order_or_names(reviewed: Review) -> None:
    accounts = reviewed.accounts
    plain = hashes(reviewed, accounts)
    backwards = accounts.take(pa.array(range(accounts.num_rows - 1, -1, -1)))
    assert hashes(reviewed, backwards) == plain
    renamed = accounts.set_column(
        accounts.column_names.index("name"), "name", pc.utf8_upper(accounts["name"])
    )
    assert hashes(reviewed, renamed) == plain
    for column in ("open_total", "days_beyond_terms", "largest_paid_on_time", "monthly_sales"):
        kind = accounts.schema.field(column).type
        changed = accounts.set_column(
            accounts.column_names.index(column),
            column,
            pc.add(accounts[column].cast(kind), pa.scalar(1).cast(pa.float64())).cast(kind)
            if pa.types.is_floating(kind)
            else pa.array(
                [None if v is None else v + 1 for v in accounts[column].to_pylist()], kind
            ),
        )
        after = hashes(reviewed, changed)
        known = {
            (row["buyer_id"], row["currency"])
            for row in accounts.to_pylist()
            if row[column] is not None
        }
        assert {key for key in plain if plain[key] != after[key]} == known, column


def test_grades_are_counted_per_currency_with_the_unrated_last(reviewed: Review) -> None:
    with shaping() as shaper:
        shape_accounts(shaper, reviewed.accounts, reviewed.seasonality)
        shares = grade_shares(shaper)
    rows = reviewed.accounts.to_pylist()
    assert set(shares) == {row["currency"] for row in rows}
    for currency, parts in shares.items():
        mine = [row for row in rows if row["currency"] == currency]
        assert sum(count for _, count, _, _ in parts) == len(mine)
        total = sum((Decimal(amount) for _, _, amount, _ in parts), Decimal(0))
        assert total == sum(row["open_total"] for row in mine)
        grades = [grade for grade, *_ in parts if grade is not None]
        assert grades == sorted(grades)
        assert all(grade is not None for grade, *_ in parts[:-1])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("1E+2"), "100"),
        (Decimal("0.10"), "0.10"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (date(2025, 1, 2), "2025-01-02"),
        ({"a": (Decimal(1), None)}, {"a": ["1", None]}),
        (True, True),
        (7, 7),
    ],
)
def test_numbers_are_stored_as_text(value: object, expected: object) -> None:
    assert json_value(value) == expected
