"""Grade a portfolio from Parquet to Parquet, streaming, in one process.

What a reader would get wrong: memory does not grow with the portfolio. DuckDB reads row groups,
grades them and writes them as it goes, which it may do only because the order of rows is free.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from xindun.engine.additive import AdditiveModel
from xindun.engine.grade_policy import DEFAULT_POLICY, GradePolicy


def rescore_sql(model: AdditiveModel, policy: GradePolicy, dialect: str = "duckdb") -> str:
    """The SQL over a table ``companies``; compiled when asked, since it depends on the model."""
    import ibis

    from xindun.engine.compile import spark_ready
    from xindun.engine.default_risk.portfolio import portfolio, rescored

    if dialect == "pyspark":
        spark_ready()
    return str(ibis.to_sql(rescored(portfolio(model, policy), model, policy), dialect=dialect))


def rescore(
    companies: Path,
    out: Path,
    model: AdditiveModel,
    policy: GradePolicy = DEFAULT_POLICY,
    *,
    memory_limit: str = "3GB",
    threads: int | None = None,
) -> int:
    """Grade every company of a Parquet file or folder; the number of rows written to ``out``.

    Args:
        companies: columns of ``default_risk.portfolio.input_columns``, any order, more allowed.
        out: one Parquet file with a row a company, unordered.
    """
    source = companies / "*.parquet" if companies.is_dir() else companies
    config = {"memory_limit": memory_limit, "preserve_insertion_order": "false"}
    if threads is not None:
        config["threads"] = str(threads)
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(f"create view companies as from read_parquet('{_quoted(source)}')")
        written = connection.execute(
            f"copy ({rescore_sql(model, policy)}) to '{_quoted(out)}'"
            " (format parquet, compression snappy)"
        ).fetchone()
    return int(written[0]) if written else 0


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
