"""Grading a whole country's companies: statement lines in Parquet, grades with reasons out.

``rescore_120m_min`` and ``rescore_peak_mb``: invented companies in one process with two threads;
the inputs and terms of the model for private companies that ships, payment, environment, events,
grade, probabilities and every reason of each company. The time for 120,000,000 is on the straight
line through two smaller runs and says so; no run of that size was made.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench._claims import Claim, fitted, main
from bench._synthetic_companies import write_companies
from xindun.engine.additive import model_of
from xindun.engine.default_risk.shipped import shipped

FULL = 120_000_000
SIZES = (1_000_000, 20_000_000)
QUICK = (100_000, 400_000)
MINUTES = {"max": 15.0}
PEAK_MB = {"max": 8192.0}


def measure(quick: bool) -> list[Claim]:
    """Both claims, extrapolated in either case; the peak is the larger run's own, when full."""
    sizes = QUICK if quick else SIZES
    runs = [_run(size) for size in sizes]
    last = runs[-1]
    seconds = fitted(sizes, [run["seconds"] for run in runs], FULL)
    slope = (sizes[-1] - sizes[0]) / (last["seconds"] - runs[0]["seconds"])
    told = (
        f"extrapolated to {FULL:,} companies by the slope from {sizes[0]:,} to {sizes[-1]:,} "
        f"invented ones ({slope:,.0f} companies/s), Parquet to Parquet with all reasons, "
        f"2 threads; the larger run: {last['seconds']:.1f} s wall, {last['cpu_seconds']:.1f} s CPU"
    )
    peak = f"peak of the process over {sizes[-1]:,} companies; streaming, so it hardly grows"
    return [
        Claim("rescore_120m_min", round(seconds / 60, 2), "min", MINUTES, told),
        Claim("rescore_peak_mb", round(last["peak_mb"]), "MB", PEAK_MB, peak),
    ]


def _run(companies: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="xindun-bench-") as home:
        source, out = Path(home, "companies"), Path(home, "grades.parquet")
        write_companies(source, companies, model_of(shipped("private")))
        command = [sys.executable, "-m", "bench._rescore_once", str(source), str(out)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(output)
    assert figures["rows"] == companies
    return figures


if __name__ == "__main__":
    main(measure)
