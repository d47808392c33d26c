"""Grade companies by the compiled expression, and look for what would lift a grade.

What a reader would get wrong: the SQL depends on the model and the policy, so it is compiled once
for each pair and kept; a request that only shows a grade never comes here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa

from xindun.engine.additive import AdditiveModel, canonical, model_of
from xindun.engine.grade_policy import GradePolicy, policy_of

DECIMALS = 6
"""Of probabilities as they are stored and shown."""
ARROW = {
    "int64": pa.int64(),
    "float64": pa.float64(),
    "boolean": pa.bool_(),
    "string": pa.string(),
}


def grade_sql(model: AdditiveModel | None, policy: GradePolicy, dialect: str = "duckdb") -> str:
    """The SQL that grades a table ``companies``."""
    return _compiled(canonical(model.body) if model else "", canonical(policy.body()), dialect)


def input_columns(model: AdditiveModel | None, policy: GradePolicy) -> dict[str, str]:
    """Name and type of every input, in order; see ``expressions.company_grade.columns``."""
    from xindun.engine.expressions.company_grade import columns

    return columns(model, policy)


def reasons_in_order(model: AdditiveModel | None, policy: GradePolicy) -> list[tuple[str, str]]:
    """Dimension and code of every reason; see ``expressions.company_grade.reason_codes``."""
    return _codes(canonical(model.body) if model else "", canonical(policy.body()))


@lru_cache(maxsize=16)
def _codes(model_body: str, policy_body: str) -> list[tuple[str, str]]:
    from xindun.engine.expressions.company_grade import reason_codes

    return reason_codes(*_read(model_body, policy_body))


def _read(model_body: str, policy_body: str) -> tuple[AdditiveModel | None, GradePolicy]:
    model = model_of(json.loads(model_body)) if model_body else None
    return model, policy_of(json.loads(policy_body))


@lru_cache(maxsize=16)
def _compiled(model_body: str, policy_body: str, dialect: str) -> str:
    import ibis

    from xindun.engine.compile import spark_ready
    from xindun.engine.expressions.company_grade import columns, company_grade

    model, policy = _read(model_body, policy_body)
    if dialect == "pyspark":
        spark_ready()
    rows = ibis.table(columns(model, policy), name="companies")
    return str(ibis.to_sql(company_grade(rows, model, policy), dialect=dialect))


def graded(
    companies: Sequence[Mapping[str, Any]],
    model: AdditiveModel | None,
    policy: GradePolicy,
) -> list[dict[str, Any]]:
    """Grade a few companies, in the order given; a column that is left out is not known.

    Probabilities are rounded to :data:`DECIMALS`; reasons are [{code, dimension, grains}], those
    that add nothing left out.
    """
    named = reasons_in_order(model, policy)
    return [_shaped(row, named) for row in _run(companies, model, policy, "*")]


def graded_briefly(
    companies: Sequence[Mapping[str, Any]],
    model: AdditiveModel | None,
    policy: GradePolicy,
) -> list[tuple[int, int]]:
    """Grade and ten-thousandths of log-odds alone, in the order given; for many candidates."""
    rows = _run(companies, model, policy, "company_id, grade, grains")
    return [(row["grade"], row["grains"]) for row in rows]


def _run(
    companies: Sequence[Mapping[str, Any]],
    model: AdditiveModel | None,
    policy: GradePolicy,
    wanted_columns: str,
) -> list[dict[str, Any]]:
    if not companies:
        return []
    wanted = input_columns(model, policy)
    table = pa.table(
        {
            name: pa.array([row.get(name) for row in companies], ARROW[kind])
            for name, kind in wanted.items()
            if name != "company_id"
        }
        | {"company_id": pa.array(range(len(companies)), pa.int64())}
    )
    with _duck() as connection:
        connection.register("companies", table.select(list(wanted)))
        statement = f"select {wanted_columns} from ({grade_sql(model, policy)})"
        found: list[dict[str, Any]] = connection.sql(statement).to_arrow_table().to_pylist()
    return sorted(found, key=lambda row: row["company_id"])


def _shaped(row: dict[str, Any], named: Sequence[tuple[str, str]]) -> dict[str, Any]:
    shaped = {
        name: round(value, DECIMALS) if isinstance(value, float) else value
        for name, value in row.items()
        if name != "company_id"
    }
    shaped["reasons"] = [
        {"code": code, "dimension": dimension, "grains": grains}
        for (dimension, code), grains in zip(named, row["reasons"], strict=True)
        if grains
    ]
    return shaped


@contextmanager
def _duck() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:", config={"threads": "1", "memory_limit": "512MB"})
    try:
        yield connection
    finally:
        connection.close()
