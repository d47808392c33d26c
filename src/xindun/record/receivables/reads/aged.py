"""The aged report of the tenant's ledger on any day, from rows committed in PostgreSQL.

Why an opened ledger is kept: opening Parquet and planning the query cost more than running it.
What a reader would get wrong: nothing is served from a cache that may be old. Every call asks
PostgreSQL for the ledger's version first, and a kept ledger answers for its version only.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from xindun.engine.run import LEDGER_TABLES, Ledger, compiled, naive_utc, open_ledger
from xindun.record.receivables.reads.mirror import open_mirror

KEPT = 4
"""Ledgers kept open in one process, the least recently used goes first."""

IN_MEMORY_BYTES = 64 << 20
"""A mirror up to this size (about three million lines) is read into memory once."""

MEMORY_LIMIT = "1GB"


@dataclass
class _Open:
    """One opened mirror; a ledger holds one clock, so users take turns."""

    folder: Path
    ledger: Ledger
    turn: threading.Lock = field(default_factory=threading.Lock)


_kept: dict[Path, _Open] = {}
_keeping = threading.Lock()


def aged_on(as_of: date, *, known_at: datetime | None = None) -> pa.Table:
    """One row an account with an open position; see ``engine.aged.aged_report``.

    Args:
        as_of: the day asked about.
        known_at: only what was learned by then; None means everything recorded by now.
    """
    with open_mirror() as mirror:
        opened = _opened(mirror.folder)
        moment = known_at or mirror.recorded_at or datetime.max.replace(tzinfo=UTC)
        with opened.turn:
            opened.ledger.connection.execute(
                "update clock set as_of = ?, known_at = ?", [as_of, naive_utc(moment)]
            )
            return opened.ledger.rows("execute aged_report")


def _opened(folder: Path) -> _Open:
    with _keeping:
        found = _kept.pop(folder, None) or _open(folder)
        _kept[folder] = found  # newest last
        while len(_kept) > KEPT:
            # Not closed here: another thread may be at it. The last user's reference frees it.
            _kept.pop(next(iter(_kept)))
        return found


def _open(folder: Path) -> _Open:
    ledger = open_ledger(folder, memory_limit=MEMORY_LIMIT)
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    if size <= IN_MEMORY_BYTES:
        for name in LEDGER_TABLES:
            ledger.connection.execute(
                f'create table "{name}_rows" as from "{name}";'
                f'drop view "{name}"; alter table "{name}_rows" rename to "{name}"'
            )
    # Planning is half of the report's time, so it is done once; the clock's row changes.
    ledger.set_clock(date.min, datetime.min.replace(tzinfo=UTC))
    ledger.connection.execute(f"prepare aged_report as {compiled('aged_report')}")
    return _Open(folder, ledger)
