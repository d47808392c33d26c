"""The same expressions give the same figures on Spark; skipped where Spark is not installed."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench._synthetic_companies import write_companies
from tests.unit.engine.invented import invented_model
from tests.unit.engine.ledgers import KNOWN, buyer, item, ledger, paid
from xindun.engine import compile as compiler
from xindun.engine import portfolio
from xindun.engine.grade_policy import DEFAULT_POLICY
from xindun.engine.rescoring import rescore, rescore_sql
from xindun.engine.run import Ledger

pytest.importorskip("pyspark", reason="install xindun[spark] to compare with Spark")
pytestmark = pytest.mark.filterwarnings("ignore")

AS_OF = date(2025, 6, 30)
TABLES = (
    "buyers",
    "items",
    "settlements",
    "clock",
    "working_days",
    "settings",
    "segments",
    "grades",
    "ladder",
    "configured_caps",
    "weights",
    "company_grades",
)
COMPARED = (
    "aged_report",
    "settled_sums",
    "profiles",
    "scores",
    "limits",
    "counterfactuals",
    "flows",
    "concentration",
    "actions",
)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def small() -> Iterator[Ledger]:
    items, moves = [], []
    for number in range(1, 41):
        issued = AS_OF - timedelta(days=17 * number)
        due = issued + timedelta(days=30)
        items.append(item(number, 90 + 7 * number, issued, due, buyer_id=1 + number % 3))
        if number % 5:
            amount = (90 + 7 * number) / (1 + (number % 4 == 0))
            moves.append(paid(number, number, amount, due + timedelta(days=number % 30 - 3)))
    bill = {"kind": "bank_acceptance", "cleared_on": None, "matures_on": AS_OF - timedelta(2)}
    moves.append(paid(90, 5, 50, AS_OF - timedelta(40), **bill))
    items.append(item(91, 40, AS_OF - timedelta(9), kind="receipt"))
    with ledger(items, moves, [buyer(1, "CN"), buyer(2, "DE"), buyer(3)]) as opened:
        portfolio.review(opened, as_of=AS_OF, known_at=KNOWN, company_grades={1: 10, 2: 1})
        for name in ("open_debts", "open_parts", "settled_parts"):
            opened.materialise(name)
        yield opened


def comparable(value: Any) -> Any:
    """Rows of two engines as plain values: money and ratios to nine digits, times to days."""
    if hasattr(value, "asDict"):
        value = value.asDict()
    if isinstance(value, dict):
        return {key: comparable(part) for key, part in value.items() if key != "params"}
    if isinstance(value, list | tuple):
        return [comparable(part) for part in value]
    if isinstance(value, Decimal | float):
        return round(float(value), 6)
    return value.date() if isinstance(value, datetime) else value


def test_every_stage_gives_the_same_on_spark(spark: Any, small: Ledger) -> None:
    for name in TABLES:
        rows = small.rows(f'from "{name}"')
        values = [tuple(row.values()) for row in rows.to_pylist()]
        spark.createDataFrame(values, schema=_schema(rows)).createOrReplaceTempView(name)
    for name, text in compiler.sql("pyspark").items():
        frame = spark.sql(text)
        found = frame.collect()
        # Stored, as DuckDB's stages are: nested views would be planned again at every step.
        spark.createDataFrame(found, schema=frame.schema).createOrReplaceTempView(name)
        if name in COMPARED:
            left = sorted(map(repr, comparable(found)))
            right = sorted(map(repr, comparable(small.query(name).to_pylist())))
            assert left == right, name


def test_a_portfolio_is_graded_the_same_on_spark(spark: Any, tmp_path: Path) -> None:
    model = invented_model()
    write_companies(tmp_path / "companies", 400, model)
    rescore(tmp_path / "companies", tmp_path / "grades.parquet", model)
    ours = pq.read_table(tmp_path / "grades.parquet").sort_by("company_id").to_pylist()
    rows = spark.read.parquet(str(tmp_path / "companies"))
    rows.createOrReplaceTempView("companies")
    found = spark.sql(rescore_sql(model, DEFAULT_POLICY, "pyspark")).orderBy("company_id")
    theirs = [row.asDict() for row in found.collect()]
    assert len(theirs) == len(ours) == 400
    for left, right in zip(ours, theirs, strict=True):
        for name, value in left.items():
            if isinstance(value, float):
                assert right[name] == pytest.approx(value, abs=1e-9), name
            else:
                assert right[name] == value, name


def _schema(rows: Any) -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(rows.schema)
