"""An invented model with terms over one ratio and over two; it says nothing of any real risk."""

from __future__ import annotations

import numpy as np

from xindun.engine.additive import AdditiveModel, model_of

SINGLES = (
    *("asset_turnover", "receivable_days", "sales_growth"),
    *("net_income_change", "log_assets", "log_sales"),
)
PAIR = ("sales_growth", "net_margin")
BINS, PAIR_BINS = 24, 8


def invented_model() -> AdditiveModel:
    """Always the same one."""
    draw = np.random.default_rng(7)

    def edges(count: int) -> list[float]:
        return sorted({round(float(edge), 6) for edge in draw.normal(0.3, 0.6, count - 1)})

    def odds(count: int) -> list[float]:
        return [round(float(value), 6) for value in draw.normal(0, 0.3, count)]

    terms = []
    for code in SINGLES:
        bounds = edges(BINS)
        values = odds(len(bounds) + 1)
        terms.append({"codes": [code], "edges": [bounds], "log_odds": values, "missing": 0.05})
    first, second = edges(PAIR_BINS), edges(PAIR_BINS)
    table = [odds(len(second) + 1) for _ in range(len(first) + 1)]
    terms.append({"codes": PAIR, "edges": [first, second], "log_odds": table, "missing": 0.0})
    return model_of(
        {
            "id": "invented",
            "version": "test",
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
