"""Grade one portfolio in this process and print its seconds and its peak memory as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from xindun.engine.additive import model_of
from xindun.engine.default_risk.shipped import shipped
from xindun.engine.rescoring import rescore

THREADS = 2


def main() -> None:
    """Arguments: the folder of companies, and the file to write."""
    source, out = map(Path, sys.argv[1:])
    model = model_of(shipped("private"))
    started, cpu = time.perf_counter(), time.process_time()
    rows = rescore(source, out, model, threads=THREADS)
    seconds, busy = time.perf_counter() - started, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"rows": rows, "seconds": seconds, "cpu_seconds": busy, "peak_mb": peak}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
