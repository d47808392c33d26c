"""How long a whole portfolio review takes, from Parquet to every figure, and what memory.

``portfolio_10m_s`` and ``portfolio_10m_peak_mb``: 10,000,000 invoices and their settlements of
100,000 buyers (the synthetic sample): ageing, behaviour, grade, counterfactuals, limit, actions,
series and concentration of all buyers, in one process with two threads. ``aged_200k_s`` comes
from ``bench._aged_200k``, which asks PostgreSQL's mirror.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import _aged_200k
from bench._claims import Claim, fitted, main
from xindun.cli.sample.folder import write_ledger_folder
from xindun.cli.sample.slices import SampleSpec

FULL = 10_000_000
QUICK = (300_000, 900_000)
INVOICES_A_BUYER = 100
SECONDS = {"max": 15.0}
PEAK_MB = {"max": 4096.0}


def measure(quick: bool) -> list[Claim]:
    """All three claims; the review's at full size or fitted from two smaller ones."""
    runs = [_run(size) for size in (QUICK if quick else (FULL,))]
    last = runs[-1]
    seconds, peak, how = last["seconds"], last["peak_mb"], ""
    if quick:
        seconds = fitted(QUICK, [run["seconds"] for run in runs], FULL)
        peak = max(peak, fitted(QUICK, [run["peak_mb"] for run in runs], FULL))
        how = f"fitted to {FULL:,} invoices from {QUICK[0]:,} and {QUICK[1]:,}; "
    told = (
        f"{how}review() of a synthetic ledger folder in a child process, 2 threads; "
        f"{last['accounts']:,} accounts, {last['rated']:,} rated, "
        f"{last['seconds']:.1f} s wall, {last['cpu_seconds']:.1f} s CPU at the largest size run"
    )
    return [
        Claim("portfolio_10m_s", round(seconds, 2), "s", SECONDS, told),
        Claim("portfolio_10m_peak_mb", round(peak), "MB", PEAK_MB, told),
        *_aged_200k.measure(quick),
    ]


def _run(invoices: int) -> dict[str, Any]:
    spec = SampleSpec(buyers=invoices // INVOICES_A_BUYER, invoices=invoices, seed=2025)
    with tempfile.TemporaryDirectory(prefix="xindun-bench-") as home:
        folder = Path(home)
        write_ledger_folder(folder, spec)
        command = [sys.executable, "-m", "bench._review_once", home, spec.as_of.isoformat()]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, Any] = json.loads(output)
    return figures


if __name__ == "__main__":
    main(measure)
