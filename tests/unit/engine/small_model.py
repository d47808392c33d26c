"""A synthetic additive model: made up by hand for tests, fitted on nothing."""

from __future__ import annotations

from typing import Any

from xindun.engine.additive import AdditiveModel, model_of

BODY: dict[str, Any] = {
    "id": "synthetic",
    "version": "1",
    "kind": "additive",
    "link": "logit",
    "intercept": -4.0,
    "terms": [
        {
            "codes": ["net_income_to_assets"],
            "edges": [[-0.1, 0.0, 0.05]],
            "log_odds": [1.5, 0.6, -0.1, -0.8],
            "missing": 0.2,
        },
        {
            "codes": ["liabilities_to_assets"],
            "edges": [[0.4, 0.7, 1.0]],
            "log_odds": [-0.9, -0.2, 0.5, 1.7],
            "missing": 0.3,
        },
        {
            "codes": ["current_ratio", "asset_turnover"],
            "edges": [[1.0], [0.5, 1.5]],
            "log_odds": [[0.7, 0.4, 0.2], [0.1, -0.1, -0.3]],
            "missing": 0.0,
        },
    ],
    "calibration": {"slope": 0.9, "offset": 0.1},
    "horizon_days": 365,
    "base_rate": 0.02,
    "population": "synthetic",
    "countries": ["US"],
    "trained_on": "nothing: numbers made up for tests",
    "licence": "none",
    "citation": "none",
    "card": {},
}
MODEL: AdditiveModel = model_of(BODY)
"""Reads net_income_to_assets, liabilities_to_assets, current_ratio and asset_turnover."""
