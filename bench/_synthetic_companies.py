"""Invented companies with statements, and an invented model over them, for runs at full size.

What a reader would get wrong: nothing here describes a real company or a real risk. The numbers
come from a hash of the row's number; the model has the shape of one that ships (as many terms and
bins), so that the work is the same.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np

from xindun.engine.additive import AdditiveModel, model_of
from xindun.engine.expressions.rescore import input_columns
from xindun.engine.grade_policy import DEFAULT_POLICY, GradePolicy

SINGLES = (
    *("current_ratio", "quick_ratio", "working_capital_to_assets", "current_assets_to_assets"),
    *("liabilities_to_assets", "equity_to_liabilities", "current_liabilities_to_assets"),
    *("long_term_debt_to_assets", "retained_earnings_to_assets", "gross_margin"),
    *("operating_expenses_to_sales", "ebitda_margin", "ebit_margin", "net_margin"),
    *("ebitda_to_assets", "ebit_to_assets", "net_income_to_assets", "ebitda_to_liabilities"),
    *("asset_turnover", "receivable_days", "inventory_days", "sales_growth", "assets_growth"),
    *("net_income_change", "log_assets", "log_sales"),
)
PAIRS = (
    ("liabilities_to_assets", "net_income_to_assets"),
    ("current_ratio", "ebitda_to_assets"),
    ("log_assets", "retained_earnings_to_assets"),
    ("sales_growth", "net_margin"),
)
BINS, PAIR_BINS = 24, 8
FILES = 8


def model(*, small: bool = False) -> AdditiveModel:
    """An invented model: 26 ratios alone and 4 pairs, or a small one for tests."""
    draw = np.random.default_rng(7)
    singles, pairs = (SINGLES[-6:], PAIRS[-1:]) if small else (SINGLES, PAIRS)

    def edges(count: int) -> list[float]:
        return sorted({round(float(edge), 6) for edge in draw.normal(0.3, 0.6, count - 1)})

    terms = []
    for code in singles:
        bounds = edges(BINS)
        odds = [round(float(value), 6) for value in draw.normal(0, 0.3, len(bounds) + 1)]
        terms.append({"codes": [code], "edges": [bounds], "log_odds": odds, "missing": 0.05})
    for codes in pairs:
        bounds = [edges(PAIR_BINS) for _ in codes]
        table = [
            [round(float(value), 6) for value in draw.normal(0, 0.1, len(bounds[1]) + 1)]
            for _ in range(len(bounds[0]) + 1)
        ]
        terms.append({"codes": list(codes), "edges": bounds, "log_odds": table, "missing": 0.0})
    return model_of(
        {
            "id": "synthetic",
            "version": "bench",
            "kind": "additive",
            "link": "logit",
            "intercept": -4.0,
            "terms": terms,
            "calibration": {"slope": 1.0, "offset": 0.0},
            "horizon_days": 365,
            "population": "invented companies",
            "base_rate": 0.02,
        }
    )


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
