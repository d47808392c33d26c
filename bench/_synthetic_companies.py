"""Invented companies with statements, for runs at full size.

What a reader would get wrong: nothing here describes a real company or a real risk. The numbers
come from a hash of the row's number and a line's name.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np

from xindun.engine.additive import AdditiveModel
from xindun.engine.default_risk.portfolio import input_columns
from xindun.engine.distress import USD_RATE
from xindun.engine.grade_policy import DEFAULT_POLICY, GradePolicy

FILES = 8


def write_companies(
    folder: Path, companies: int, fitted: AdditiveModel, policy: GradePolicy = DEFAULT_POLICY
) -> None:
    """Write that many invented companies as Parquet files with every column the run reads."""
    kinds = input_columns(fitted, policy)
    columns = ", ".join(f"{_invented(name, kind)} as {name}" for name, kind in kinds.items())
    folder.mkdir(parents=True, exist_ok=True)
    bounds = np.linspace(0, companies, FILES + 1).astype(int)
    config = {"threads": "2", "memory_limit": "2GB", "preserve_insertion_order": "false"}
    with duckdb.connect(":memory:", config=config) as connection:
        for number, (first, last) in enumerate(pairwise(bounds)):
            connection.execute(
                f"""copy (select {columns} from range({first}, {last}) r(n))
                to '{folder}/companies-{number}.parquet' (format parquet, compression zstd)"""
            )


def _invented(name: str, kind: str) -> str:
    draw = f"cast(hash(n, '{name}') % 1000000 as bigint)"
    chosen = {
        "company_id": "n",
        "months": "12",
        USD_RATE: f"case when {draw} >= 50000 then [1.0, 1.1, 0.14][1 + ({draw} % 3)] end",
        "payment_score": f"case when {draw} < 700000 then ({draw} % 1000) / 10.0 end",
        "statements": f"case when {draw} < 600000 then 'fresh' when {draw} < 900000 then 'old' end",
        "payment_confidence": f"['high', 'medium', 'low'][1 + ({draw} % 3)]",
        "country_label": f"['low', 'medium', 'sensitive', 'high'][1 + ({draw} % 4)]",
        "sector_label": f"['low', 'medium', 'sensitive', 'high'][1 + ({draw} % 4)]",
    }
    if name in chosen:
        value = chosen[name]
    elif kind == "boolean":
        value = f"{draw} < 2000"
    else:
        # Whole thousands; one line in twenty is not stated.
        value = f"case when {draw} >= 50000 then {draw} * 1000 end"
    return f"cast({value} as {'double' if kind == 'float64' else kind})"
