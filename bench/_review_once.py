"""One portfolio review in a process of its own: prints its seconds and peak memory as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import date, datetime
from pathlib import Path

from xindun.engine.portfolio import review
from xindun.engine.run import open_ledger


def main() -> None:
    """Review the ledger folder of the first argument on the day of the second."""
    folder, as_of = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])
    started = time.perf_counter()
    with open_ledger(folder, threads=2) as ledger:
        result = review(ledger, as_of=as_of, known_at=datetime.fromisoformat("2100-01-01"))
    seconds = time.perf_counter() - started
    # Linux counts the peak in KiB, macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    usage = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "seconds": seconds,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / unit,
        "accounts": result.accounts.num_rows,
        "rated": sum(grade is not None for grade in result.accounts["grade"].to_pylist()),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
