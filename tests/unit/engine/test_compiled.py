"""The SQL in the package is what the expressions compile to, for DuckDB and for Spark."""

from __future__ import annotations

import subprocess
import sys

import pytest

from xindun.engine import compile as compiler


@pytest.fixture(scope="module")
def duckdb_texts() -> dict[str, str]:
    return compiler.sql("duckdb")


def test_the_packaged_sql_is_up_to_date(duckdb_texts: dict[str, str]) -> None:
    folder = compiler.COMPILED / "duckdb"
    packaged = {path.stem: path.read_text("utf-8") for path in folder.glob("*.sql")}
    assert packaged == duckdb_texts, "run: python -m xindun.engine.compile"


def test_every_expression_compiles_for_spark(duckdb_texts: dict[str, str]) -> None:
    assert compiler.sql("pyspark").keys() == duckdb_texts.keys()


def test_a_review_never_imports_ibis_or_django() -> None:
    code = (
        "import sys, xindun.engine.portfolio, xindun.engine.aged, xindun.engine.phrases;"
        "print([m for m in ('ibis', 'django', 'pandas') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
